"""The one way from the event loop to the database: `read` and `write` leave the loop and come back with the result.

Reads run on a few reader threads; all writes of the node run on one writer thread, which commits together
whatever has queued up (group commit). Nothing else may touch a connection.
"""

import logging
import queue
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import peewee

from models.worker import Batch, Call, Finished, Outcome, RunAll, TellAll, Worker
from models.write_queue import Gathering, WriteQueue, WriteQueueFull

__all__ = ["Database", "WriteQueueFull", "connect_sqlite", "execute", "proxy"]

logger = logging.getLogger(__name__)

T = TypeVar("T")
READERS = 3
BATCH_MOST = 1000
READS_MOST = 50_000
BUSY_TIMEOUT_MS = 5000
# Of each thread. The answers of a large room lie all over their indexes, and are to be found without the file.
CACHE_KIB = 16 * 1024
# 16 MiB of log before it is worked into the file: in a burst the same pages are written again and again.
CHECKPOINT_PAGES = 4096

proxy = peewee.DatabaseProxy()


def execute(sql: str, values: tuple[Any, ...]) -> Any:
    """One statement with `?` for its values; returns the cursor.

    For what runs once for every answer or seat: building a query costs many times what running it does.
    """
    return proxy.execute_sql(sql.replace("?", proxy.param), values)


def connect_sqlite(url: str, synchronous: str = "full") -> peewee.SqliteDatabase:
    """Opens nothing yet; makes the folder of `sqlite:///path`."""
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    pragmas = {
        "journal_mode": "wal",
        "synchronous": synchronous,
        "foreign_keys": 1,
        "busy_timeout": BUSY_TIMEOUT_MS,
        "cache_size": -CACHE_KIB,
        # Else every savepoint and every statement of many rows copies its pages to a file of its own.
        "temp_store": "memory",
        "wal_autocheckpoint": CHECKPOINT_PAGES,
    }
    return peewee.SqliteDatabase(path, pragmas=pragmas, timeout=BUSY_TIMEOUT_MS / 1000)


def _ignore(seconds: float, writes: int, is_committed: bool) -> None:
    pass


class Database:
    """Reader threads and the writer thread over one database, for one event loop.

    `synchronous` is SQLite's: only `full` makes a receipt outlive a power cut.
    `on_batch(seconds, writes, is_committed)` is called on the writer's thread after each of its transactions.
    """

    def __init__(self, url: str, synchronous: str = "full") -> None:
        self.engine = connect_sqlite(url, synchronous)
        proxy.initialize(self.engine)
        self._finished = Finished()
        self._reads: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._writes = WriteQueue(self._finished)
        self._readers: list[Worker[Call]] = []
        self._writer: Worker[Call | Batch] | None = None
        # Monotonic time at which the last failed commit was seen; closing waits for queues after it.
        self.failed_at: float | None = None
        self.on_batch: Callable[[float, int, bool], None] = _ignore

    def start(self) -> None:
        self._readers = [
            Worker(f"reader-{number}", self._reads, self._handle_reads, self._finished, self._close_thread, 1)
            for number in range(READERS)
        ]
        self._writer = Worker(
            "writer", self._writes.jobs, self._handle_writes, self._finished, self._close_thread, BATCH_MOST
        )
        for worker in (*self._readers, self._writer):
            worker.start()

    def stop(self) -> None:
        """Finishes what is queued, then ends the threads. Blocks until then."""
        self._writes.flush()
        self._writes.jobs.put(None)
        for _ in range(READERS):
            self._reads.put(None)
        for worker in (*self._readers, self._writer):
            if worker is not None:
                worker.join()
        self._readers, self._writer = [], None

    @property
    def waiting_writes(self) -> int:
        """How many the writer has not taken yet."""
        return self._writes.waiting

    async def read(self, run: Callable[..., T], *args: Any) -> T:
        """Runs `run(*args)` in one read transaction: all its queries see the same state."""
        if self._reads.qsize() >= READS_MOST:
            raise WriteQueueFull
        call = Call(run, args)
        self._reads.put(call)
        result: T = await call.future
        return result

    async def write(self, run: Callable[..., T], *args: Any) -> T:
        """Runs `run(*args)` in the writer's transaction, after what was asked for before; returns after the commit.

        An exception of `run` undoes only what `run` did. Raises WriteQueueFull, peewee.DatabaseError.
        """
        call = Call(run, args)
        self._writes.put(call)
        result: T = await call.future
        return result

    def gather(self, run: RunAll, settled: TellAll) -> Gathering:
        """Like write, for many small writes of one kind, without a task or a future for each.

        What is put into it together is given to one `run(items)`, which returns a result for each. After the commit
        `settled(items, results)` is called once on the loop; a result that is an exception was not stored. An item
        that the database refuses costs no other its place.
        """
        return self._writes.gather(run, settled)

    def _close_thread(self) -> None:
        if not self.engine.is_closed():
            self.engine.close()

    def _handle_reads(self, calls: list[Call]) -> list[Outcome]:
        (call,) = calls
        try:
            self.engine.connect(reuse_if_open=True)
            with self.engine.atomic():
                return [(call, call.run(*call.args), None)]
        except BaseException as error:  # noqa: BLE001 - the thread must go on; the waiting caller gets the error
            return [(call, None, error)]

    def _handle_writes(self, jobs: list[Call | Batch]) -> list[Outcome]:
        size = sum(job.size for job in jobs)
        self._writes.taken(size)
        began_s = time.perf_counter()
        outcomes, is_committed = self._commit(jobs, size)
        try:
            self.on_batch(time.perf_counter() - began_s, size, is_committed)
        except Exception:  # whoever keeps figures must not cost anybody a receipt
            logger.exception("on_batch failed")
        return outcomes

    def _commit(self, jobs: list[Call | Batch], size: int) -> tuple[list[Outcome], bool]:
        """The outcomes of one transaction, and whether it was committed."""
        try:
            self.engine.connect(reuse_if_open=True)
            with self.engine.atomic("IMMEDIATE"):
                outcomes = [self._run(job) for job in jobs]
        except BaseException as error:  # noqa: BLE001 - nothing was committed: nobody may be told otherwise
            logger.error("a batch of %d writes was not committed: %s", size, error)
            self.failed_at = time.monotonic()
            return [(job, None, error) for job in jobs], False
        return outcomes, True

    def _run(self, job: Call | Batch) -> Outcome:
        try:
            with self.engine.atomic():
                return job, job.run(job.items) if isinstance(job, Batch) else job.run(*job.args), None
        except (peewee.IntegrityError, peewee.DataError) as error:
            if isinstance(job, Batch) and job.size > 1:
                return job, [self._run_alone(job, item) for item in job.items], None
            return job, None, error
        except Exception as error:  # noqa: BLE001 - undone to the savepoint; concerns this job alone
            return job, None, error

    def _run_alone(self, batch: Batch, item: Any) -> Any:
        """One of many that the database would not take together: the culprit gets the error, the others their place."""
        try:
            with self.engine.atomic():
                return batch.run([item])[0]
        except Exception as error:  # noqa: BLE001 - as above
            return error
