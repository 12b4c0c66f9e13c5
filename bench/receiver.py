"""The app's backend, as a webhook's target: answers at once and notes when which text came. A process of its own."""

import asyncio
import json
import signal
import sys
import time

END_OF_HEAD = b"\r\n\r\n"


class Receiver:
    """`POST /hook` takes a webhook; `GET /seen` tells what came and forgets it."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, str]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it closes."""
        try:
            while True:
                head = (await reader.readuntil(END_OF_HEAD)).decode("latin-1")
                length = next((line for line in head.split("\r\n") if line.lower().startswith("content-length:")), ":0")
                body = await reader.readexactly(int(length.partition(":")[2]))
                answer = self._take(body) if head.startswith("POST") else self._tell()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d" % len(answer) + END_OF_HEAD + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _take(self, body: bytes) -> bytes:
        now = time.time()
        self._seen += [(now, message["text"]) for message in json.loads(body)["messages"]]
        return b"{}"

    def _tell(self) -> bytes:
        seen, self._seen = self._seen, []
        return json.dumps(seen).encode()


async def _main(port: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = await asyncio.start_server(Receiver().serve, "127.0.0.1", port)
    async with server:
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
