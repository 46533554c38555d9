"""Messages to very many, in slices between which the loop turns; and what keeps each connection's messages in order.

One run after another, each over the connections that there were when it began. Whoever is sent something else while
a run has not reached them yet is given what they are owed first: order holds per connection, and nobody waits.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from realtime.connection import Connection
from realtime.shard import FrameFor, Shard

# Connections between two turns of the loop, about 1 ms of work.
SLICE = 100

Chunk = tuple[Shard, Sequence[Connection]]


class Run:
    """One message under way, over chunks that may be made as they are needed.

    `concerns` tells of a connection that the run has not reached whether it will; `frame` is for all or made for each.
    """

    __slots__ = ("chunks", "concerns", "ephemeral", "frame", "number")

    def __init__(
        self,
        number: int,
        chunks: Iterator[Chunk],
        concerns: Callable[[Connection], bool],
        frame: bytes | FrameFor,
        ephemeral: bool,
    ) -> None:
        self.number = number
        self.chunks = chunks
        self.concerns = concerns
        self.frame = frame
        self.ephemeral = ephemeral


class Fanout:
    """Owned by a hub. A connection's `delivered` is the last run that it got, or that was under way before it came.

    `slice_size` connections are served in one turn of the loop, and at most one chunk more.
    """

    def __init__(self, shard_of: Callable[[Connection], Shard], slice_size: int = SLICE) -> None:
        self._shard_of = shard_of
        self._slice_size = slice_size
        self.runs: deque[Run] = deque()
        self.number = 0  # of the run that began last

    def begin(
        self,
        chunks: Iterator[Chunk],
        concerns: Callable[[Connection], bool],
        frame: bytes | FrameFor,
        *,
        ephemeral: bool,
    ) -> None:
        """Serves the first slice at once when no other run is under way, the rest in later turns."""
        self.number += 1
        self.runs.append(Run(self.number, chunks, concerns, frame, ephemeral))
        if len(self.runs) == 1:
            self._serve()

    def send_now(self, groups: list[Chunk], frame: bytes | FrameFor, *, ephemeral: bool) -> int:
        """To few, within this turn of the loop, behind what each is owed; returns to how many it went."""
        if self.runs:
            for _, members in groups:
                for conn in members:
                    self.catch_up(conn)
        self.number += 1
        return sum(shard.deliver(members, self.number, frame, ephemeral=ephemeral) for shard, members in groups)

    def _serve(self) -> None:
        left = self._slice_size
        while self.runs and left > 0:
            run = self.runs[0]
            chunk = next(run.chunks, None)
            if chunk is None:
                self.runs.popleft()
                continue
            shard, members = chunk
            shard.deliver(members, run.number, run.frame, ephemeral=run.ephemeral)
            left -= len(members)
        if self.runs:
            asyncio.get_running_loop().call_soon(self._serve)

    def catch_up(self, conn: Connection) -> None:
        """Gives the connection what it is owed; from then on only runs that begin later concern it."""
        for run in self.runs:
            if conn.delivered < run.number and run.concerns(conn):
                self._shard_of(conn).deliver([conn], run.number, run.frame, ephemeral=run.ephemeral)
        conn.delivered = self.number
