"""A thread that owns one database connection and takes jobs from a queue, and how their results reach the event loop.

Knows nothing of what the jobs do.
"""

import asyncio
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Set
from typing import Any, Generic, Protocol, TypeVar

logger = logging.getLogger(__name__)

QUIET_S = 0.25


class Job(Protocol):
    """A piece of work; `size` is how many writes it stands for.

    `rooms` are those that must not move on meanwhile, `alone` the room with which nobody else may do anything.
    """

    loop: asyncio.AbstractEventLoop
    alone: str | None

    @property
    def size(self) -> int: ...

    @property
    def rooms(self) -> Set[str]: ...

    def settle(self, result: Any, error: BaseException | None) -> None:
        """Tells whoever waits, on the loop."""


class Call:
    """One piece of work whose caller waits for a future."""

    __slots__ = ("alone", "args", "future", "loop", "run")
    size = 1
    rooms: Set[str] = frozenset()

    def __init__(self, run: Callable[..., Any], args: tuple[Any, ...], alone: str | None = None) -> None:
        self.alone = alone
        self.run = run
        self.args = args
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()

    def settle(self, result: Any, error: BaseException | None) -> None:
        if self.future.done():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


# One call for many items, with a result for each; and who is told both, an exception for what was not stored.
RunAll = Callable[[list[Any]], list[Any]]
TellAll = Callable[[list[Any], list[Any]], None]
RoomsOf = Callable[[list[Any]], Set[str]]


class Batch:
    """Many small writes of one kind, done by one call."""

    __slots__ = ("items", "loop", "rooms_of", "run", "settled")
    alone = None

    def __init__(self, run: RunAll, items: list[Any], settled: TellAll, rooms_of: RoomsOf) -> None:
        self.rooms_of = rooms_of
        self.run = run
        self.items = items
        self.settled = settled
        self.loop = asyncio.get_running_loop()

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def rooms(self) -> Set[str]:
        return self.rooms_of(self.items)

    def settle(self, result: Any, error: BaseException | None) -> None:
        self.settled(self.items, result if error is None else [error] * len(self.items))


# (the job, its result, or the error)
Outcome = tuple[Job, Any, BaseException | None]
J = TypeVar("J", bound=Job)


class Finished:
    """Outcomes on their way from the threads to the loop, which is woken once for all of a transaction."""

    def __init__(self) -> None:
        self._outcomes: deque[list[Outcome]] = deque()

    def hand_over(self, outcomes: list[Outcome]) -> None:
        """Called on a worker's thread."""
        self._outcomes.append(outcomes)
        try:
            outcomes[0][0].loop.call_soon_threadsafe(self.settle)
        except RuntimeError:  # the loop has been closed: nobody waits for these any more
            self._outcomes.clear()

    def settle(self) -> None:
        """Called on the loop, by the thread's call or earlier by who has the time: each job is told once."""
        while self._outcomes:
            for job, result, error in self._outcomes.popleft():
                try:
                    job.settle(result, error)
                except Exception:  # who is told must not keep the others from being told
                    logger.exception("the outcome of a job was taken badly")


def _nothing() -> None:
    pass


class Worker(threading.Thread, Generic[J]):
    """Takes jobs in order; `handle` gets what has queued up, `most` writes or a little more, and gives the outcomes.

    When nothing has come for QUIET_S, `rest` has its turn, once for each such pause.
    """

    def __init__(
        self,
        name: str,
        jobs: "queue.SimpleQueue[J | None]",
        handle: Callable[[list[J]], list[Outcome]],
        finished: Finished,
        close: Callable[[], None],
        most: int,
        rest: Callable[[], None] = _nothing,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._jobs = jobs
        # Not `_handle`: the thread has one of its own since Python 3.13.
        self._do = handle
        self._finished = finished
        self._close = close
        self._most = most
        self._rest = rest

    def run(self) -> None:
        try:
            while (first := self._next()) is not None:
                taken, last = self._take(first)
                self._finished.hand_over(self._do(taken))
                if last:
                    break
        finally:
            self._close()

    def _next(self) -> J | None:
        try:
            return self._jobs.get(timeout=QUIET_S)
        except queue.Empty:
            self._rest()
            return self._jobs.get()

    def _take(self, first: J) -> tuple[list[J], bool]:
        taken, size = [first], first.size
        while size < self._most:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return taken, True
            taken.append(job)
            size += job.size
        return taken, False
