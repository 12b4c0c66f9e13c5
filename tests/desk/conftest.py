"""Desks of every make: on fakes, and on the local workspace, which runs as a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desk_fakes import FakeAppSide, FakeBook, FakeWorkspace, TurnableClock
from desk_office import Office
from sandbox_people import Sandbox


@pytest.fixture
def clock():
    return TurnableClock()


@pytest.fixture
def workspace(clock):
    return FakeWorkspace(clock)


@pytest.fixture
def book():
    return FakeBook()


@pytest.fixture
def app_side():
    return FakeAppSide()


@pytest.fixture
def office(clock, workspace, book, app_side):
    """A desk on fakes, and what its tests do over and over."""
    return Office(clock, workspace, book, app_side)


@pytest.fixture(scope="session")
def sandbox_process():
    """The local workspace, on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", "0", "--no-limits"],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline()
        assert "listening on" in line
        yield Sandbox(line.split()[-1].rstrip("/"))
    finally:
        process.terminate()
        process.wait(5)
        process.stdout.close()


@pytest.fixture
def sandbox(sandbox_process):
    """The local workspace, as new."""
    sandbox_process.post("reset")
    sandbox_process.post("limits", enabled=False)
    return sandbox_process
