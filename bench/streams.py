"""Streams: a thousand clients that listen. Asks `bench/stream_listeners.py`, which stands for itself."""

import subprocess
import sys
from pathlib import Path

from bench.figures import Findings, read_table
from bench.scale import Scale
from bench.stand import Stands

SCRIPT = Path(__file__).parent / "stream_listeners.py"


def measure(_: Stands, scale: Scale) -> Findings:
    """Run it and read its table."""
    command = [sys.executable, str(SCRIPT), "--listeners", str(scale.listeners), "--rounds", str(scale.stream_rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{SCRIPT.name} failed:\n{done.stderr[-2000:]}")
    return Findings(tuple(read_table(done.stdout, f"{scale.listeners:,} listeners")))
