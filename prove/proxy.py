"""A TCP proxy in a process of its own: carries bytes between a port here and one there, and fails when told to.

Commands come as lines on standard input, `NAME MODE [VALUE]`; `open` undoes them all. Answers nothing.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress

from prove.swallow import HINT, SHARE, swallow

CHUNK = 1 << 16
SWALLOWED = {"swallow": (HINT,), "swallow_both": (HINT, SHARE)}


class Proxy:
    """Carries one name's connections. `mode`: open, cut, black_hole, delay, swallow, swallow_both."""

    def __init__(self, target: int) -> None:
        self._target = target
        self.mode = "open"
        self.delay_s = 0.0
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._opened = asyncio.Event()
        self._opened.set()

    async def listen(self) -> int:
        """The port that it has taken."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        return int(server.sockets[0].getsockname()[1])

    def set(self, mode: str, value: float) -> None:
        """`reset` ends what is open and carries new connections; `cut` refuses those too."""
        if mode in ("cut", "reset"):
            for writer in list(self._writers):
                writer.transport.abort()
        self.mode = "open" if mode == "reset" else mode
        self.delay_s = value if mode == "delay" else 0.0
        if mode == "black_hole":
            self._opened.clear()
        else:
            self._opened.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mode == "cut":
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        both = (writer, far_writer)
        self._writers.update(both)
        try:
            # The first end of the two ends both: what we carry is requests and replies, never half a connection.
            ways = [
                asyncio.create_task(self._carry(reader, far_writer, writer)),
                asyncio.create_task(self._carry(far_reader, writer, None)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in both:
                self._writers.discard(end)
                end.close()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, back: asyncio.StreamWriter | None
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                # What a black hole has taken comes out when it is open again, as TCP would send it again.
                await self._opened.wait()
                if back is not None and self.mode in SWALLOWED:
                    data, instead = swallow(data, SWALLOWED[self.mode])
                    back.write(instead)
                writer.write(data)
                await writer.drain()


async def serve(targets: dict[str, int]) -> None:
    """Says the ports on standard output, then obeys until standard input ends."""
    proxies = {name: Proxy(target) for name, target in targets.items()}
    ports = {name: await proxy.listen() for name, proxy in proxies.items()}
    os.write(1, json.dumps(ports).encode() + b"\n")
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        name, mode, *value = line.decode().split()
        proxies[name].set(mode, float(value[0]) if value else 0.0)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
