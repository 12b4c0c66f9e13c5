"""Serving a world on a port, and stopping it again."""

from aiohttp import web

from sandbox.app import create_app
from sandbox.world import World

HOST = "127.0.0.1"
SHUTDOWN_SECONDS = 1.0


class Server:
    """One world on one port; port 0 picks a free one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._runner = web.AppRunner(
            create_app(world), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS, handle_signals=False
        )

    async def start(self, port: int = 0) -> str:
        """Begin to listen; returns the address, which the world knows from now on."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        bound_port = self._runner.addresses[0][1]
        self.world.base_url = f"http://{HOST}:{bound_port}"
        return self.world.base_url

    async def stop(self) -> None:
        """Stop listening and end what goes on."""
        await self._runner.cleanup()
