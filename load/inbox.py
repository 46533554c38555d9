"""What comes over all sockets of a run: stamped when it comes, read a little at a time.

Beside hundreds of sockets the reading takes longer than the way; it must not count as the service's time.
"""

import asyncio
from collections import deque
from typing import Protocol

from clock import Clock

# Read in one turn of the loop, before what has come meanwhile gets its stamps: less than a millisecond's work.
CHUNKS_EACH_TURN = 8


class Reader(Protocol):
    """Who reads what came for it."""

    def read(self, data: bytes) -> None: ...

    def end(self) -> None: ...


class Inbox:
    """`arrived_s` is when that which is being read came, by the run's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # None stands for the end of the socket, which is told after all that came before it.
        self._unread: deque[tuple[float, Reader, bytes | None]] = deque()
        self.arrived_s = 0.0

    def put(self, reader: Reader, data: bytes | None) -> None:
        """Something came for `reader`, or its socket has ended."""
        self._unread.append((self._clock.monotonic_s(), reader, data))
        if len(self._unread) == 1:
            asyncio.get_running_loop().call_soon(self._work)

    def _work(self) -> None:
        try:
            for _ in range(min(CHUNKS_EACH_TURN, len(self._unread))):
                self._read_next()
        finally:
            if self._unread:
                asyncio.get_running_loop().call_soon(self._work)

    def _read_next(self) -> None:
        self.arrived_s, reader, data = self._unread[0]
        try:
            if data is None:
                reader.end()
            else:
                reader.read(data)
        finally:
            # Only now: while it is there, `put` schedules nothing.
            self._unread.popleft()
