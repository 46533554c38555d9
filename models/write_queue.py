"""What waits for the writer: bounded, and in the order in which it was asked for.

Small writes of one kind are gathered on the loop first and go to the writer together, with one job for all of them.
"""

import asyncio
import queue
import time
from typing import Any

from models.worker import Batch, Call, Finished, RoomsOf, RunAll, TellAll

QUEUE_MOST = 50_000
# So many gathered writes go to the writer at once, however busy it is: a burst is stored while it is still being read.
GATHER_MOST = 1000
# What comes within this time of the last batch is stored together: a thousand commits a second are enough for anybody.
PACE_S = 0.001
# Where storing takes longer, the writer rests for as long as it worked and then stores more at once: a commit costs the
# same however little is in it, and the loop needs the processor too.
REST = 2
REST_MOST_S = 0.002
# So many in one turn of the loop are a burst. While turns bring that many the batch grows, for so long at most: in a
# burst nobody's receipt comes sooner for a commit of its own.
BURST = 50
BURST_MOST_S = 0.02


class WriteQueueFull(Exception):
    """So many writes are waiting that another would not be stored in useful time."""


class WriteQueue:
    """`put` and `gather` belong to the loop, `taken` to the writer's thread."""

    def __init__(self, finished: Finished) -> None:
        self.jobs: queue.SimpleQueue[Call | Batch | None] = queue.SimpleQueue()
        self.finished = finished
        self._gatherings: list[Gathering] = []
        # Each is written by one thread only, so neither needs a lock.
        self.given = 0
        self.fetched = 0

    @property
    def queued(self) -> int:
        """Writes that the writer has not taken yet, without what is still being gathered."""
        return self.given - self.fetched

    @property
    def waiting(self) -> int:
        """All that the writer has not taken yet."""
        return self.queued + sum(len(gathering) for gathering in self._gatherings)

    def put(self, call: Call) -> None:
        """Raises WriteQueueFull."""
        if self.waiting >= QUEUE_MOST:
            raise WriteQueueFull
        # What was gathered before comes before: a round must not close on answers that were already here.
        self.flush()
        self.enqueue(call)

    def enqueue(self, job: Call | Batch) -> None:
        self.given += job.size
        self.jobs.put(job)

    def taken(self, size: int) -> None:
        self.fetched += size

    def flush(self) -> None:
        for gathering in self._gatherings:
            gathering.hand_over()

    def gather(self, run: RunAll, settled: TellAll, rooms_of: RoomsOf) -> "Gathering":
        gathering = Gathering(self, run, settled, rooms_of)
        self._gatherings.append(gathering)
        return gathering


class Gathering:
    """Keeps small writes until the writer is free for them.

    The first goes at the end of the loop's turn, or of the last turn that brings a burst; while one batch is being
    stored the next one gathers, so that batches grow with the load by themselves. A quiet node waits for PACE_S at
    most.
    """

    def __init__(self, writes: WriteQueue, run: RunAll, settled: TellAll, rooms_of: RoomsOf) -> None:
        self._rooms_of = rooms_of
        self._queue = writes
        self._run = run
        self._tell = settled
        self._items: list[Any] = []
        self._in_writer = 0  # batches
        self._is_planned = False
        self._handed_over_s = 0.0
        self._pace_s = PACE_S

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: Any) -> None:
        """Raises WriteQueueFull."""
        items = self._items
        queue = self._queue
        if len(items) + queue.given - queue.fetched >= QUEUE_MOST:
            raise WriteQueueFull
        items.append(item)
        if len(items) >= GATHER_MOST:
            self.hand_over()
            # In a burst the loop reads for long before its turn ends: what was stored meanwhile is told now.
            queue.finished.settle()
        elif not self._is_planned and not self._in_writer:
            self._plan()

    def _plan(self) -> None:
        self._is_planned = True
        now_s = time.monotonic()
        until_s = now_s + BURST_MOST_S
        loop = asyncio.get_running_loop()
        wait_s = self._handed_over_s + self._pace_s - now_s
        if wait_s > 0:
            loop.call_later(wait_s, self._on_time, 0, until_s)
        else:
            loop.call_soon(self._on_time, 0, until_s)

    def _on_time(self, seen: int, until_s: float) -> None:
        """`seen` were here at the end of the turn before; until `until_s` a burst may go on."""
        size = len(self._items)
        if size - seen >= BURST and time.monotonic() < until_s:
            asyncio.get_running_loop().call_soon(self._on_time, size, until_s)
            return
        self._is_planned = False
        if not self._in_writer:
            self.hand_over()

    def hand_over(self) -> None:
        """Gives the writer what there is."""
        if not self._items:
            return
        items, self._items = self._items, []
        self._in_writer += 1
        self._handed_over_s = time.monotonic()
        self._queue.enqueue(Batch(self._run, items, self._settled, self._rooms_of))

    def _settled(self, items: list[Any], results: list[Any]) -> None:
        self._in_writer -= 1
        took_s = time.monotonic() - self._handed_over_s
        self._pace_s = max(PACE_S, min(REST * took_s, REST_MOST_S))
        try:
            self._tell(items, results)
        finally:
            if self._items and not self._is_planned and not self._in_writer:
                self._plan()
