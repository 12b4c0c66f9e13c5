"""Opens a Socket Mode line to Slack: a ticket, a WebSocket, a greeting."""

import asyncio
import http
import json

import aiohttp

CONNECT_SECONDS = 10.0
HEARTBEAT_SECONDS = 10.0
"""How often a silent line is tried; without an answer it counts as broken."""
USUAL_WAIT = "30"
"""Seconds to wait when Slack asks for patience without saying how much."""


class NoLineError(Exception):
    """Slack did not open a line; `seconds` is how long it asks to wait, if it does."""

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


async def open_line(session: aiohttp.ClientSession, api_url: str, app_token: str) -> aiohttp.ClientWebSocketResponse:
    """A line over which Slack has said hello.

    Raises:
        NoLineError: Slack refuses.
        TimeoutError, OSError, aiohttp.ClientError, ValueError: it cannot be reached, or makes no sense.
    """
    async with asyncio.timeout(CONNECT_SECONDS):
        url = await _ticket(session, api_url, app_token)
        line = await session.ws_connect(url, heartbeat=HEARTBEAT_SECONDS, max_msg_size=0)
        try:
            await _be_greeted(line)
        except BaseException:
            await line.close()
            raise
    return line


async def _ticket(session: aiohttp.ClientSession, api_url: str, app_token: str) -> str:
    headers = {"Authorization": f"Bearer {app_token}"}
    async with session.post(api_url + "apps.connections.open", headers=headers) as response:
        if response.status == http.HTTPStatus.TOO_MANY_REQUESTS:
            raise NoLineError("ratelimited", float(response.headers.get("Retry-After", USUAL_WAIT)))
        answer = await response.json(content_type=None)
    if not answer.get("ok"):
        raise NoLineError(str(answer.get("error")))
    return str(answer["url"])


async def _be_greeted(line: aiohttp.ClientWebSocketResponse) -> None:
    """Wait for the `hello`: before it, Slack sends nothing over this line."""
    message = await line.receive()
    greeting = json.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else {}
    if greeting.get("type") != "hello":
        raise NoLineError(f"Slack does not greet: {greeting.get('reason') or message.type.name}")
