"""Start: seconds until a bot can work, and until an Errbot could that has nothing of ours."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.support.processes import Process, free_port

CONFIG = Path(__file__).parent / "alone" / "config.py"


def seconds_to_start(process: Process) -> float:
    """Start it and wait until it is ready."""
    began = time.monotonic()
    process.start()
    return time.monotonic() - began


def bot_alone() -> float:
    """Start Errbot with its own plugins and no chat, and end it."""
    directory = Path(tempfile.mkdtemp(prefix="sk-bench-"))
    port = str(free_port())
    environment = {**os.environ, "SK_BOT_PORT": port, "SK_DATA_DIR": str(directory), "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("errbot")), "-c", str(CONFIG)]
    process = Process("errbot", command, environment, directory / "errbot.log", f"http://127.0.0.1:{port}/")
    try:
        return seconds_to_start(process)
    finally:
        process.end()
        shutil.rmtree(directory, ignore_errors=True)
