"""The one way from the event loop to the database: `read` and `write` leave the loop and come back with the result.

Reads run on a few reader threads; all writes of the node run on one writer thread, which commits together
whatever has queued up (group commit). Nothing else may touch a connection.
"""

import logging
import queue
import time
from collections.abc import Callable
from typing import Any, TypeVar

import peewee

from models.engine import connect, forget_connection, hold_rooms, is_away, proxy, reading, tidy, was_in_the_way
from models.outage import Outage, Transaction
from models.worker import Batch, Call, Finished, Outcome, RoomsOf, RunAll, TellAll, Worker
from models.write_queue import Gathering, WriteQueue, WriteQueueFull

__all__ = ["Database", "WriteQueueFull", "nothing"]

logger = logging.getLogger(__name__)

T = TypeVar("T")
READERS = 3
BATCH_MOST = 1000
# How long writes wait for a database that is away before whoever sent them is told.
PATIENCE_S = 20.0
# So many writes are worth tidying up after, in the next quiet moment.
TIDY_AFTER = 500
READS_MOST = 50_000
# So often a transaction is begun again because another node's and this one waited for each other.
TIMES_IN_THE_WAY = 5


def nothing() -> None:
    """What is read or written to find out that it can be, or that all before it is through."""


def _no_rooms(items: list[Any]) -> frozenset[str]:
    return frozenset()


def _ignore(seconds: float, writes: int, is_committed: bool) -> None:
    pass


def _rooms_of(jobs: list[Call | Batch]) -> set[str]:
    return {room_id for job in jobs for room_id in job.rooms}


class Database:
    """Reader threads and the writer thread over one database, for one event loop.

    `synchronous` is SQLite's: only `full` makes a receipt outlive a power cut.
    `on_batch(seconds, writes, is_committed)` is called on the writer's thread after each of its transactions, and
    `on_undone()` when something that a write did there was undone, or nobody knows whether it was.
    """

    def __init__(self, url: str, synchronous: str = "full", patience_s: float = PATIENCE_S) -> None:
        self.engine = connect(url, synchronous)
        proxy.initialize(self.engine)
        self._finished = Finished()
        self._reads: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._writes = WriteQueue(self._finished)
        self._readers: list[Worker[Call]] = []
        self._writer: Worker[Call | Batch] | None = None
        self._outage = Outage(patience_s)
        self._untidy = 0  # writes since SQLite's log was worked into the file; the writer's own
        # Monotonic time at which the last failed commit was seen; closing waits for queues after it.
        self.failed_at: float | None = None
        self.on_batch: Callable[[float, int, bool], None] = _ignore
        self.on_undone: Callable[[], None] = nothing

    def start(self) -> None:
        self._readers = [
            Worker(f"reader-{number}", self._reads, self._handle_reads, self._finished, self._close_thread, 1)
            for number in range(READERS)
        ]
        self._writer = Worker(
            "writer", self._writes.jobs, self._handle_writes, self._finished, self._close_thread, BATCH_MOST, self._tidy
        )
        for worker in (*self._readers, self._writer):
            worker.start()

    def stop(self) -> None:
        """Finishes what is queued, then ends the threads. Blocks until then."""
        self._outage.give_up()
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
        return await self._write(Call(run, args))

    async def write_alone(self, room_id: str, run: Callable[..., T], *args: Any) -> T:
        """Like write; until the commit nobody else moves this room or stores answers in it."""
        return await self._write(Call(run, args, room_id))

    async def _write(self, call: Call) -> Any:
        self._writes.put(call)
        return await call.future

    def gather(self, run: RunAll, settled: TellAll, rooms_of: RoomsOf = _no_rooms) -> Gathering:
        """Like write, for many small writes of one kind, without a task or a future for each.

        What is put into it together is given to one `run(items)`, which returns a result for each. After the commit
        `settled(items, results)` is called once on the loop; a result that is an exception was not stored. An item
        that the database refuses costs no other its place. The rooms of `rooms_of(items)` do not move on meanwhile.
        """
        return self._writes.gather(run, settled, rooms_of)

    def _close_thread(self) -> None:
        if not self.engine.is_closed():
            self.engine.close()

    def _handle_reads(self, calls: list[Call]) -> list[Outcome]:
        (call,) = calls
        try:
            try:
                return [(call, self._read(call), None)]
            except Exception as error:
                if not is_away(self.engine, error):
                    raise
                # The server may have been started anew since this thread spoke to it last.
                forget_connection(self.engine)
                return [(call, self._read(call), None)]
        except BaseException as error:  # noqa: BLE001 - the thread must go on; the waiting caller gets the error
            if is_away(self.engine, error):
                forget_connection(self.engine)
            return [(call, None, error)]

    def _read(self, call: Call) -> Any:
        self.engine.connect(reuse_if_open=True)
        with reading(self.engine):
            return call.run(*call.args)

    def _handle_writes(self, jobs: list[Call | Batch]) -> list[Outcome]:
        size = sum(job.size for job in jobs)
        self._writes.taken(size)
        self._untidy += size
        began_s = time.perf_counter()
        outcomes, is_committed = self._store(jobs, size)
        try:
            self.on_batch(time.perf_counter() - began_s, size, is_committed)
        except Exception:  # whoever keeps figures must not cost anybody a receipt
            logger.exception("on_batch failed")
        return outcomes

    def _tidy(self) -> None:
        """On the writer's thread, when nobody waits for it: else a commit would have to, while many do."""
        if self._untidy < TIDY_AFTER:
            return
        self._untidy = 0
        try:
            tidy(self.engine)
        except peewee.DatabaseError as error:  # the next commit that must will say so
            logger.warning("the log could not be worked into the database: %s", error)

    def _store(self, jobs: list[Call | Batch], size: int) -> tuple[list[Outcome], bool]:
        """The outcomes of one transaction, and whether it was committed; waits for a database that is away.

        When it goes away while it commits, nobody knows whether it did. Batches may be stored twice without harm
        and are tried again; a call might do a second time what it did, so whoever made it gets the error.
        """
        unsure: list[Outcome] = []
        patience = TIMES_IN_THE_WAY
        while True:
            transaction = Transaction(self.engine)
            try:
                with transaction:
                    hold_rooms(_rooms_of(jobs), {job.alone for job in jobs if job.alone is not None})
                    outcomes = [self._run(job) for job in jobs]
            except BaseException as error:  # noqa: BLE001 - nothing was committed: nobody may be told otherwise
                self.on_undone()
                if was_in_the_way(error) and patience:
                    patience -= 1
                    logger.warning("a batch of %d writes stood in another node's way and is done again", size)
                    continue
                logger.error("a batch of %d writes was not committed: %s", size, error)
                self.failed_at = time.monotonic()
                if not is_away(self.engine, error):
                    return unsure + [(job, None, error) for job in jobs], False
                forget_connection(self.engine)
                if transaction.is_committing:
                    unsure += [(job, None, error) for job in jobs if isinstance(job, Call)]
                    jobs = [job for job in jobs if isinstance(job, Batch)]
                if not self._outage.wait():
                    return unsure + [(job, None, error) for job in jobs], False
                continue
            self._outage.end()
            return unsure + outcomes, True

    def _run(self, job: Call | Batch) -> Outcome:
        try:
            with self.engine.atomic():
                return job, job.run(job.items) if isinstance(job, Batch) else job.run(*job.args), None
        except (peewee.IntegrityError, peewee.DataError) as error:
            self.on_undone()
            if isinstance(job, Batch) and job.size > 1:
                return job, [self._run_alone(job, item) for item in job.items], None
            return job, None, error
        except Exception as error:
            if is_away(self.engine, error) or was_in_the_way(error):
                raise
            self.on_undone()
            return job, None, error  # undone to the savepoint; concerns this job alone

    def _run_alone(self, batch: Batch, item: Any) -> Any:
        """One of many that the database would not take together: the culprit gets the error, the others their place."""
        try:
            with self.engine.atomic():
                return batch.run([item])[0]
        except Exception as error:
            if is_away(self.engine, error) or was_in_the_way(error):
                raise
            self.on_undone()
            return error  # as above
