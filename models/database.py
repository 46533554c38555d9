"""The one way from the event loop to the database: `read` and `write` leave the loop and come back with the result.

Reads run on a few reader threads; all writes of the node run on one writer thread, which commits together
whatever has queued up (group commit). Nothing else may touch a connection.
"""

import asyncio
import logging
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import peewee

from models.worker import Job, Outcome, Worker

logger = logging.getLogger(__name__)

T = TypeVar("T")
READERS = 3
BATCH_MOST = 1000
QUEUE_MOST = 50_000
BUSY_TIMEOUT_MS = 5000

proxy = peewee.DatabaseProxy()


def execute(sql: str, values: tuple[Any, ...]) -> Any:
    """One statement with `?` for its values; returns the cursor.

    For what runs once for every answer or seat: building a query costs many times what running it does.
    """
    return proxy.execute_sql(sql.replace("?", proxy.param), values)


class WriteQueueFull(Exception):
    """So many writes are waiting that another would not be stored in useful time."""


def connect_sqlite(url: str) -> peewee.SqliteDatabase:
    """Opens nothing yet; makes the folder of `sqlite:///path`. FULL, as a receipt must survive a power cut."""
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    pragmas = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS}
    return peewee.SqliteDatabase(path, pragmas=pragmas, timeout=BUSY_TIMEOUT_MS / 1000)


def _ignore(seconds: float, writes: int, is_committed: bool) -> None:
    pass


class Database:
    """Reader threads and the writer thread over one database.

    `on_batch(seconds, writes, is_committed)` is called on the writer's thread after each of its transactions.
    """

    def __init__(self, url: str) -> None:
        self.engine = connect_sqlite(url)
        proxy.initialize(self.engine)
        self._reads: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._writes: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._workers: list[Worker] = []
        # Monotonic time at which the last failed commit was seen; closing waits for queues after it.
        self.failed_at: float | None = None
        self.on_batch: Callable[[float, int, bool], None] = _ignore

    def start(self) -> None:
        for number in range(READERS):
            self._workers.append(Worker(f"reader-{number}", self._reads, self._handle_reads, self._close_thread, 1))
        self._workers.append(Worker("writer", self._writes, self._handle_writes, self._close_thread, BATCH_MOST))
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        """Finishes what is queued, then ends the threads. Blocks until then."""
        self._writes.put(None)
        for _ in range(READERS):
            self._reads.put(None)
        for worker in self._workers:
            worker.join()
        self._workers.clear()

    @property
    def waiting_writes(self) -> int:
        """How many the writer has not taken yet."""
        return self._writes.qsize()

    async def read(self, run: Callable[..., T], *args: Any) -> T:
        """Runs `run(*args)` in one read transaction: all its queries see the same state."""
        return await self._put(self._reads, run, args)

    async def write(self, run: Callable[..., T], *args: Any) -> T:
        """Runs `run(*args)` in the writer's transaction; returns after the commit.

        An exception of `run` undoes only what `run` did. Raises WriteQueueFull, peewee.DatabaseError.
        """
        return await self._put(self._writes, run, args)

    def write_together(self, run: Callable[[list[Any]], list[T]], item: Any) -> "asyncio.Future[T]":
        """Like write, for many small writes of one kind: neighbours in the queue are given to one `run(items)`."""
        return self._put(self._writes, run, (item,), batch=True)

    def _put(
        self, jobs: "queue.SimpleQueue[Job | None]", run: Callable[..., Any], args: tuple[Any, ...], batch: bool = False
    ) -> "asyncio.Future[Any]":
        if jobs.qsize() >= QUEUE_MOST:
            raise WriteQueueFull
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        jobs.put(Job(run, args, future, batch))
        return future

    def _close_thread(self) -> None:
        if not self.engine.is_closed():
            self.engine.close()

    def _handle_reads(self, jobs: list[Job]) -> list[Outcome]:
        (job,) = jobs
        try:
            self.engine.connect(reuse_if_open=True)
            with self.engine.atomic():
                return [(job, job.run(*job.args), None)]
        except BaseException as error:  # noqa: BLE001 - the thread must go on; the waiting caller gets the error
            return [(job, None, error)]

    def _handle_writes(self, jobs: list[Job]) -> list[Outcome]:
        began_s = time.perf_counter()
        outcomes, is_committed = self._commit(jobs)
        try:
            self.on_batch(time.perf_counter() - began_s, len(jobs), is_committed)
        except Exception:  # whoever keeps figures must not cost anybody a receipt
            logger.exception("on_batch failed")
        return outcomes

    def _commit(self, jobs: list[Job]) -> tuple[list[Outcome], bool]:
        """The outcomes of one transaction, and whether it was committed."""
        try:
            self.engine.connect(reuse_if_open=True)
            with self.engine.atomic("IMMEDIATE"):
                outcomes = [outcome for group in _neighbours(jobs) for outcome in self._run_group(group)]
        except BaseException as error:  # noqa: BLE001 - nothing was committed: nobody may be told otherwise
            logger.error("a batch of %d writes was not committed: %s", len(jobs), error)
            self.failed_at = time.monotonic()
            return [(job, None, error) for job in jobs], False
        return outcomes, True

    def _run_group(self, group: list[Job]) -> list[Outcome]:
        try:
            with self.engine.atomic():
                if group[0].batch:
                    results = group[0].run([job.args[0] for job in group])
                else:
                    results = [group[0].run(*group[0].args)]
        except Exception as error:  # noqa: BLE001 - undone to the savepoint; concerns this group alone
            return [(job, None, error) for job in group]
        return [(job, result, None) for job, result in zip(group, results, strict=True)]


def _neighbours(jobs: list[Job]) -> Iterator[list[Job]]:
    group: list[Job] = []
    for job in jobs:
        if group and not (job.batch and group[0].batch and job.run == group[0].run):
            yield group
            group = []
        group.append(job)
    if group:
        yield group
