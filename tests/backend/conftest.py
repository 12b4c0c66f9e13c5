"""The rooms' own helpers can be imported by the tests beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from backend_process import Bot, Workspace


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    """The local workspace that most tests share: each has channels of its own, and leaves everything working."""
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    try:
        yield workspace.start()
    finally:
        workspace.end()


@pytest.fixture(scope="session")
def bot(tmp_path_factory, workspace):
    """The bot, with the fake desk."""
    bot = Bot(tmp_path_factory.mktemp("bot"), workspace)
    try:
        yield bot.start()
    finally:
        bot.end()
