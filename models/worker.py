"""A thread that owns one database connection and takes work from a queue.

Owns the queue and the hand-over of results to the event loop; knows nothing of what the work does.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Outcome = tuple["Job", Any, BaseException | None]


@dataclass(slots=True)
class Job:
    """One piece of work; `batch` jobs that lie next to each other in the queue are run by one call."""

    run: Callable[..., Any]
    args: tuple[Any, ...]
    future: "asyncio.Future[Any]"
    batch: bool = False


class Worker(threading.Thread):
    """Takes jobs in order; `handle` gets all that has queued up and returns an outcome for each."""

    def __init__(
        self,
        name: str,
        jobs: "queue.SimpleQueue[Job | None]",
        handle: Callable[[list[Job]], Iterable[Outcome]],
        close: Callable[[], None],
        most: int,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._jobs = jobs
        self._handle = handle
        self._close = close
        self._most = most

    def run(self) -> None:
        try:
            while (first := self._jobs.get()) is not None:
                taken, last = self._take(first)
                settle(self._handle(taken))
                if last:
                    break
        finally:
            self._close()

    def _take(self, first: Job) -> tuple[list[Job], bool]:
        taken = [first]
        while len(taken) < self._most:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return taken, True
            taken.append(job)
        return taken, False


def settle(outcomes: Iterable[Outcome]) -> None:
    """Hands results to their loops, one call into each loop whatever the number of results."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Outcome]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome[0].future.get_loop(), []).append(outcome)
    for loop, items in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, items)
        except RuntimeError:  # the loop has been closed: nobody waits for these any more
            continue


def _resolve(outcomes: list[Outcome]) -> None:
    for job, result, error in outcomes:
        if job.future.done():
            continue
        if error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(result)
