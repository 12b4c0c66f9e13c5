"""Coverage-guided fuzzing (atheris), bounded in time, in a process of its own.

A target is a file beside the test with a function `one(data: bytes)`, which raises when what it tries breaks. The test
calls `fuzz(target, …)`; where atheris has no wheel the seeds alone are tried.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
INPUT_BYTES = 4096
ONE_INPUT_SECONDS = 20
"""A single input that takes longer is a finding, on a busy machine too."""
STARTING_SECONDS = 60
"""Instrumenting what the target imports takes a while on a busy machine."""


def fuzz(target: Path, seeds: Iterable[bytes], tmp_path: Path, *, packages: Sequence[str], seconds: int = 4) -> int:
    """Try `target` on `seeds` and on what grows out of them, for `seconds`. Returns how many inputs were tried.

    `packages` are the top-level packages whose branches guide the search. An input that breaks the target fails the
    test, and is told.
    """
    seeds = list(seeds)
    if importlib.util.find_spec("atheris") is None:
        module = _load(target)
        for seed in seeds:
            module.one(seed)
        return len(seeds)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    limits = (f"-max_total_time={seconds}", f"-max_len={INPUT_BYTES}", f"-timeout={ONE_INPUT_SECONDS}")
    command = (sys.executable, __file__, str(target), ",".join(packages), *limits, "-print_final_stats=1")
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests/support")))}
    done = subprocess.run(
        [*command, f"-artifact_prefix={tmp_path}/", str(corpus)],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        timeout=seconds + STARTING_SECONDS,
    )
    told = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    broken = [path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))]
    if broken or done.returncode:
        pytest.fail(f"{target.name} breaks on {broken!r}:\n{told[-4000:]}", pytrace=False)
    return _tried(told)


def _tried(told: str) -> int:
    name = "stat::number_of_executed_units:"
    return next((int(line.removeprefix(name)) for line in told.splitlines() if line.startswith(name)), 0)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(target: Path, packages: str, arguments: list[str]) -> None:
    """The process that `fuzz` starts: ends when the time is up, or on the first input that breaks the target."""
    import atheris  # noqa: PLC0415 - only this process needs it

    with atheris.instrument_imports(include=packages.split(",")):
        module = _load(target)
    atheris.Setup([str(target), *arguments], atheris.instrument_func(module.one))
    atheris.Fuzz()


if __name__ == "__main__":
    _run(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
