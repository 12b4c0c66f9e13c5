"""Webhook servers on ledgers of their own, with a bot and an app to talk to."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from server_fakes import CountingIds, FakeApp, FakeBot, TurnableClock
from server_office import Office


@pytest.fixture
def clock():
    return TurnableClock()


@pytest.fixture
def ids():
    return CountingIds()


@pytest.fixture
def office(tmp_path, clock, ids):
    """A webhook server whose courier has not been started."""
    office = Office(tmp_path / "data", clock, ids)
    yield office
    office.close()


@pytest.fixture
def bot():
    bot = FakeBot("the door's")
    yield bot
    bot.gate.set()
    bot.leave()


@pytest.fixture
def app():
    app = FakeApp()
    yield app
    app.leave()


@pytest.fixture
def busy_office(tmp_path, clock, ids, bot):
    """A webhook server at work, beside a bot."""
    office = Office(tmp_path / "data", clock, ids, bot.url).start()
    yield office
    office.close()
