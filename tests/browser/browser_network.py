"""A way to the service that a test can cut: what is open is torn, what is new is refused, until it is mended."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any


class Wire:
    """Carries TCP from a port of its own to the service's, on a loop in a thread of its own."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self.port = 0
        self._thread.start()
        self.mend()

    def cut(self) -> None:
        """Nothing gets through any more, in either direction."""
        self._run(self._cut())

    def mend(self) -> None:
        """New connections get through again, on the same port."""
        self._run(self._mend())

    def remove(self) -> None:
        """Cuts for good."""
        self._run(self._cut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def _cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for end in self._ends:
            end.transport.abort()
        if self._carrying:
            await asyncio.wait(self._carrying)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        self._ends.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
            self._ends.add(far_writer)
            await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
            far_writer.transport.abort()
            self._ends.discard(far_writer)
        except OSError:
            pass  # The service is not there: this end finds its connection closed.
        finally:
            writer.transport.abort()
            self._ends.discard(writer)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carries one direction until either end is gone."""
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # Torn: the other end must go too.
    writer.close()
