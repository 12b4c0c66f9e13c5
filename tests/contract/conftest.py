"""Offices that a module's rows share: each row has an app user of its own in it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "server"))

from contract_scene import Scene
from server_fakes import CountingIds, TurnableClock
from server_office import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A webhook server whose courier has not been started."""
    office = Office(tmp_path_factory.mktemp("office") / "data", TurnableClock(), CountingIds())
    yield office
    office.close()


@pytest.fixture
def scene(office):
    """An app user who has written, a webhook, an upload."""
    scene = Scene(office)
    yield scene
    scene.close()


@pytest.fixture(scope="module")
def quiet(office):
    """A scene for requests that are refused: nothing changes in it, so all of them can share it."""
    scene = Scene(office, "quiet")
    yield scene
    assert office.texts("quiet") == ["first words"]
    scene.close()
