"""Public clients of Smooch's API, installed once from pinned versions, outside of the project's own environment."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HERE = ROOT / "tests" / "clients"
CACHE = ROOT / ".clients"
"""Not under version control: `make clean` removes it, the next run makes it again."""

PYTHON_VERSIONS = ("1.12.0", "3.12.0", "5.34.0")
"""PyPI's `smooch`: /v1, /v1/apps/{appId} and /v1.1/apps/{appId}."""
JAVASCRIPT_VERSIONS = ("1", "3", "8")
"""npm's `smooch-core`, as package.json names them: /v1 with /appUsers/, /v1 with /appusers/, and /v1.1."""

INSTALL_SECONDS = 100
TRIES = 2


def smooch_python(version: str) -> Path:
    """The interpreter of a fresh virtual environment that holds `smooch` in this version; skips where there is none."""
    constraints = HERE / "constraints.txt"
    directory = CACHE / f"python-{version}-{_digest(constraints.read_bytes(), sys.version.encode())}"

    def install(fresh: Path) -> None:
        _run([sys.executable, "-m", "venv", str(fresh)])
        pip = [str(fresh / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        _run([*pip, "--constraint", str(constraints), f"smooch=={version}"])

    return _once(directory, install) / "bin" / "python"


def node() -> str:
    """The `node` to run; skips where there is none."""
    found = shutil.which("node")
    if found is None:
        _skip("node is not installed")
    return str(found)


def node_modules() -> Path:
    """The directory that holds what package-lock.json names; skips where it cannot be had."""
    node()
    npm = shutil.which("npm")
    if npm is None:
        _skip("npm is not installed")
    manifests = [HERE / "package.json", HERE / "package-lock.json"]
    directory = CACHE / f"node-{_digest(*(path.read_bytes() for path in manifests))}"

    def install(fresh: Path) -> None:
        fresh.mkdir(parents=True)
        for path in manifests:
            shutil.copy(path, fresh)
        _run([str(npm), "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], directory=fresh)

    return _once(directory, install) / "node_modules"


def _once(directory: Path, install) -> Path:
    """`directory`, made by `install` unless it is whole already; one process at a time. Registries get a second try."""
    with _locked(directory.with_suffix(directory.suffix + ".lock")):
        whole = directory / "whole"
        for tries in range(1, TRIES + 1):
            if whole.exists():
                break
            shutil.rmtree(directory, ignore_errors=True)
            try:
                install(directory)
                whole.touch()
            except (subprocess.SubprocessError, OSError) as error:
                if tries == TRIES:
                    _skip(f"the public clients cannot be installed: {_why(error)}")
    return directory


@contextmanager
def _locked(path: Path):
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _run(command: list[str], directory: Path | None = None) -> None:
    subprocess.run(command, cwd=directory, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)


def _why(error: BaseException) -> str:
    said = getattr(error, "stderr", None)
    return said.strip().splitlines()[-1] if said and said.strip() else str(error)


def _digest(*contents: bytes) -> str:
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:12]


def _skip(reason: str) -> None:
    """Skip, but fail where the clients must be there."""
    if os.environ.get("SK_REQUIRE_CLIENTS") == "1":
        pytest.fail(reason)
    pytest.skip(f"NOT PROVEN: existing clients and the guide's examples: {reason}")
