"""`python -m sandbox`: serve the local workspace until told to stop. The only place that reads the environment."""

import argparse
import asyncio
import gc
import os
import signal
import sys
from pathlib import Path

gc.disable()  # what is imported stays: looked through again and again, it takes a tenth longer

import structlog

from sandbox import wording
from sandbox.server import Server
from sandbox.snapshot import Keeper
from sandbox.world import AppAccess, World

gc.freeze()
gc.enable()

DEFAULT_PORT = 8090
DEFAULT_SERVER_PORT = "8080"
DEFAULT_APP_ID = "app"


def main() -> None:
    """Read the command line, serve, stop at SIGTERM or SIGINT."""
    os.umask(0o077)  # what is kept is for this user alone
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    options = _options()
    asyncio.run(_serve(options.port, options.state, limits_enabled=not options.no_limits))


async def _serve(port: int, state: Path | None, *, limits_enabled: bool) -> None:
    world = World(limits_enabled=limits_enabled, app_access=_app_access())
    keeper = Keeper(world, state) if state else None
    if keeper:
        keeper.load()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = Server(world)
    try:
        address = await server.start(port)
    except OSError as problem:
        sys.exit(wording.cannot_listen(port, problem.strerror or str(problem)))
    sys.stdout.write(f"sandbox listening on {address}/\n")
    sys.stdout.flush()
    if keeper:
        keeper.keep()
    await stop.wait()
    await server.stop()
    if keeper:
        keeper.save()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Slack workspace with a web page.")
    default_port = os.environ.get("SK_SANDBOX_PORT") or str(DEFAULT_PORT)
    parser.add_argument("--port", type=int, default=default_port, help="0 picks a free one (default: %(default)s)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="load the workspace from FILE, and keep it there")
    parser.add_argument("--no-limits", action="store_true", help="answer as fast as asked, without rate limits")
    return parser.parse_args()


def _app_access() -> AppAccess:
    server_port = os.environ.get("SK_PORT") or DEFAULT_SERVER_PORT
    return AppAccess(
        server_url=os.environ.get("SK_SERVER_URL") or f"http://127.0.0.1:{server_port}",
        app_id=os.environ.get("SK_APP_ID") or DEFAULT_APP_ID,
        app_token=os.environ.get("SK_APP_TOKEN") or None,
    )


if __name__ == "__main__":
    main()
