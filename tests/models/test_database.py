"""The way to the database: one writer that commits together, readers that see one state, failures told to their own."""

import asyncio
import contextlib

import peewee
import pytest

from models import database as module
from models.database import Database, WriteQueueFull
from models.migrate import DIRECTORY, migrate
from models.tables import Node


@contextlib.contextmanager
def opened(folder):
    db = Database(f"sqlite:///{folder}/test.db")
    migrate(db.engine)
    db.start()
    try:
        yield db
    finally:
        db.stop()


def add(name: str) -> str:
    Node.create(id=name, started_at=1, seen_at=1)
    return name


def names() -> list[str]:
    return sorted(node.id for node in Node.select())


@pytest.mark.gen_test
async def test_what_was_written_is_there_for_the_next_reader(tmp_path):
    """A write returns after its commit."""
    with opened(tmp_path) as db:
        assert await db.write(add, "a") == "a"
        assert await db.read(names) == ["a"]


@pytest.mark.gen_test
async def test_a_failure_concerns_its_own_write_and_not_the_batch(tmp_path):
    """Of writes committed together one fails: it is undone whole, the others are stored."""
    with opened(tmp_path) as db:
        await db.write(add, "a")

        def half() -> None:
            add("half")
            add("a")

        outcomes = await asyncio.gather(db.write(add, "b"), db.write(half), db.write(add, "c"), return_exceptions=True)
        assert isinstance(outcomes[1], peewee.IntegrityError)
        assert await db.read(names) == ["a", "b", "c"]


@pytest.mark.gen_test
async def test_small_writes_of_one_kind_are_run_by_one_call(tmp_path):
    """Neighbours in the queue come in order, each with its own result; another write between them parts them."""
    calls = []

    def run(items: list[str]) -> list[str]:
        calls.append(items)
        return [item.upper() for item in items]

    with opened(tmp_path) as db:
        first = asyncio.ensure_future(db.write(add, "first"))
        await asyncio.sleep(0)
        together = [db.write_together(run, letter) for letter in "abc"]
        alone = asyncio.ensure_future(db.write(add, "z"))
        await asyncio.sleep(0)
        after = db.write_together(run, "d")
        assert await asyncio.gather(*together, after) == ["A", "B", "C", "D"]
        await asyncio.gather(first, alone)
    assert [item for items in calls for item in items] == list("abcd")
    assert calls[-1] == ["d"]


@pytest.mark.gen_test
async def test_nobody_is_told_of_a_commit_that_failed(tmp_path):
    """When the transaction cannot begin, each of its writes gets the error, and the time is noted."""
    with opened(tmp_path) as db:
        other = peewee.SqliteDatabase(tmp_path / "test.db", timeout=0)
        await db.write(lambda: db.engine.execute_sql("PRAGMA busy_timeout = 0"))
        other.connect()
        other.execute_sql("BEGIN IMMEDIATE")
        try:
            outcomes = await asyncio.gather(db.write(add, "a"), db.write(add, "b"), return_exceptions=True)
        finally:
            other.execute_sql("ROLLBACK")
            other.close()
        assert all(isinstance(outcome, peewee.OperationalError) for outcome in outcomes)
        assert db.failed_at is not None
        assert await db.read(names) == []
        assert await db.write(add, "a") == "a"


@pytest.mark.gen_test
async def test_the_queue_has_an_end(tmp_path, monkeypatch):
    """A write that could not be stored in useful time is refused at once."""
    monkeypatch.setattr(module, "QUEUE_MOST", 0)
    with opened(tmp_path) as db:
        with pytest.raises(WriteQueueFull):
            await db.write(add, "a")
        with pytest.raises(WriteQueueFull):
            db.write_together(lambda items: items, "a")


@pytest.mark.gen_test
async def test_a_read_sees_one_state(tmp_path):
    """Whatever is committed meanwhile, all queries of one read agree."""
    with opened(tmp_path) as db:
        loop = asyncio.get_running_loop()

        def twice() -> tuple[list[str], list[str]]:
            before = names()
            asyncio.run_coroutine_threadsafe(write(), loop).result()
            return before, names()

        async def write() -> None:
            await db.write(add, "a")

        assert await db.read(twice) == ([], [])
        assert await db.read(names) == ["a"]


@pytest.mark.gen_test
async def test_stopping_stores_what_is_queued(tmp_path):
    """Whoever waits for a write when the node ends still gets its result."""
    with opened(tmp_path) as db:
        writes = [asyncio.ensure_future(db.write(add, f"n{number}")) for number in range(50)]
        await asyncio.sleep(0)
    assert await asyncio.gather(*writes) == [f"n{number}" for number in range(50)]
    with opened(tmp_path) as db:
        assert len(await db.read(names)) == 50


def test_a_receipt_survives_a_power_cut(tmp_path):
    """SQLite is told to wait for the disk at every commit."""
    with opened(tmp_path) as db, db.engine.connection_context():
        assert db.engine.execute_sql("PRAGMA synchronous").fetchone() == (2,)
        assert db.engine.execute_sql("PRAGMA journal_mode").fetchone() == ("wal",)


def test_migrating_twice_changes_nothing(tmp_path):
    """The second start finds the database as it should be."""
    db = Database(f"sqlite:///{tmp_path}/test.db")
    names = sorted(file.stem for file in DIRECTORY.glob("[0-9]*.py"))
    assert names[0] == "0001_initial"
    assert migrate(db.engine) == names
    assert migrate(db.engine) == []


@pytest.fixture
def unstarted(tmp_path):
    """A database whose threads the test starts itself."""
    db = Database(f"sqlite:///{tmp_path}/quizhall.db")
    yield db
    db.stop()


@pytest.mark.gen_test
async def test_each_batch_is_told_with_its_size(unstarted):
    """What had queued up is one transaction."""
    batches = []
    unstarted.on_batch = lambda seconds, writes, is_committed: batches.append((seconds > 0, writes, is_committed))
    waiting = [unstarted.write_together(list, number) for number in range(5)]
    assert unstarted.waiting_writes == 5
    unstarted.start()
    assert [await future for future in waiting] == [0, 1, 2, 3, 4]
    assert batches == [(True, 5, True)]
    assert unstarted.waiting_writes == 0


@pytest.mark.gen_test
async def test_a_listener_that_fails_costs_nobody_the_receipt(unstarted, caplog):
    """The write is committed, and the thread goes on."""

    def fail(seconds, writes, is_committed):
        raise ZeroDivisionError

    unstarted.on_batch = fail
    unstarted.start()
    assert await unstarted.write(len, "abc") == 3
    assert await unstarted.write(len, "ab") == 2
    assert [record.getMessage() for record in caplog.records] == ["on_batch failed"] * 2
