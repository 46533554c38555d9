"""The way to the database: one writer that commits together, readers that see one state, failures told to their own."""

import asyncio
import contextlib
import shutil
import sqlite3
import time

import peewee
import pytest
from databases import database_url, sqlite_only

from models import database, worker, write_queue
from models.database import Database, WriteQueueFull
from models.migrate import DIRECTORY, migrate
from models.tables import Node


@contextlib.contextmanager
def opened(folder):
    db = Database(database_url(folder))
    migrate(db.engine)
    db.start()
    try:
        yield db
    finally:
        db.stop()


def add(name: str) -> str:
    Node.create(id=name, started_at=1, seen_at=1)
    return name


def without_its_log(folder) -> list[str]:
    """What the database file has by itself."""
    copy = folder / "copy.db"
    (file,) = (path for path in folder.glob("*.db") if path != copy)
    shutil.copy(file, copy)
    with contextlib.closing(sqlite3.connect(copy)) as alone:
        return [row[0] for row in alone.execute("SELECT id FROM node")]


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


def counting(sizes):
    """Does nothing with small writes but note how many come together."""

    def run(items):
        sizes.append(len(items))
        return items

    return run


class Told:
    """Gathers small writes of one kind, `run` by `run`, and keeps what it is told of them."""

    def __init__(self, db, run):
        self.outcomes = {}
        self._gathering = db.gather(run, self._settled)
        self._all = asyncio.Event()

    def put(self, *items):
        for item in items:
            self._gathering.put(item)
            self.outcomes[item] = None
        self._all.clear()

    def _settled(self, items, results):
        self.outcomes |= zip(items, results, strict=True)
        if None not in self.outcomes.values():
            self._all.set()

    async def all(self):
        await self._all.wait()
        return self.outcomes


@pytest.mark.gen_test
async def test_whoever_remembers_writes_is_told_when_some_are_undone(tmp_path):
    """When one of a batch fails, a batch of small writes, and a whole transaction; not when all goes well."""
    with opened(tmp_path) as db:
        undone = []
        db.on_undone = lambda: undone.append(1)
        await db.write(add, "a")
        assert undone == []
        with pytest.raises(peewee.IntegrityError):
            await db.write(add, "a")
        assert undone.pop()
        assert not undone
        small = Told(db, lambda items: [add(item) for item in items])
        small.put("b", "a")
        await small.all()
        assert undone
        undone.clear()
        with pytest.raises(ZeroDivisionError):
            await db.write(lambda: 1 // 0)
        assert undone.pop()
        assert not undone


@pytest.mark.gen_test
async def test_small_writes_of_one_kind_are_run_by_one_call(tmp_path):
    """They are stored in the order in which they came, each with its own result."""
    calls = []

    def run(items: list[str]) -> list[str]:
        calls.append(items)
        return [item.upper() for item in items]

    with opened(tmp_path) as db:
        told = Told(db, run)
        told.put(*"abc")
        assert await told.all() == {"a": "A", "b": "B", "c": "C"}
        assert calls == [["a", "b", "c"]]
        # The writer has just stored something: what comes now waits for a moment for company, and no longer.
        told.put(*"de")
        assert (await told.all())["e"] == "E"
    assert [item for items in calls for item in items] == list("abcde")


@pytest.mark.gen_test
async def test_what_was_gathered_is_stored_before_what_is_asked_for_after_it(tmp_path):
    """A round does not close on answers that were here before."""
    with opened(tmp_path) as db:
        told = Told(db, lambda items: [add(item) for item in items])
        told.put("a", "b")
        assert await db.write(names) == ["a", "b"]
        assert await told.all() == {"a": "a", "b": "b"}


@pytest.mark.gen_test
async def test_many_at_once_go_to_the_writer_before_the_turn_ends(tmp_path, monkeypatch):
    """A burst is stored in several batches while it is still coming in, and told as soon as the loop has time."""
    monkeypatch.setattr(write_queue, "GATHER_MOST", 3)
    sizes = []
    run = counting(sizes)

    with opened(tmp_path) as db:
        told = Told(db, run)
        told.put(*range(1, 9))
        assert db.waiting_writes <= 8
        assert await told.all() == {number: number for number in range(1, 9)}
    assert sizes == [3, 3, 2]


@pytest.mark.gen_test
async def test_a_burst_is_stored_together_however_many_turns_bring_it(tmp_path, monkeypatch):
    """While turns of the loop bring many the batch grows, but not for ever; what comes alone goes by itself."""
    monkeypatch.setattr(write_queue, "BURST", 2)
    monkeypatch.setattr(write_queue, "BURST_MOST_S", 60)
    monkeypatch.setattr(write_queue, "PACE_S", 0)
    monkeypatch.setattr(write_queue, "REST_MOST_S", 0)
    sizes = []
    run = counting(sizes)

    async def bring(told, *turns):
        for items in turns:
            told.put(*items)
            await asyncio.sleep(0)
        await told.all()

    with opened(tmp_path) as db:
        await bring(Told(db, run), (1, 2), (3, 4, 5), (6, 7))
        assert sizes == [7]
        await bring(Told(db, run), (1,))
        await bring(Told(db, run), (2,))
        assert sizes == [7, 1, 1]
        monkeypatch.setattr(write_queue, "BURST_MOST_S", 0)
        await bring(Told(db, run), (1, 2), (3, 4))
        assert sizes == [7, 1, 1, 2, 2]


@pytest.mark.gen_test
async def test_an_item_that_the_database_refuses_costs_no_other_its_place(tmp_path):
    """Together they are refused, so each is tried alone: the culprit alone is told."""
    with opened(tmp_path) as db:
        await db.write(add, "b")
        told = Told(db, lambda items: [add(item) for item in items])
        told.put("a", "b", "c")
        outcomes = await told.all()
        assert isinstance(outcomes.pop("b"), peewee.IntegrityError)
        assert outcomes == {"a": "a", "c": "c"}
        assert await db.read(names) == ["a", "b", "c"]


@pytest.mark.gen_test
async def test_a_fault_of_ours_concerns_its_batch_alone(tmp_path):
    """Each of its items is told, nothing of it is stored, and what stands beside it is."""

    def run(items: list[str]) -> list[str]:
        add("half")
        raise ZeroDivisionError

    with opened(tmp_path) as db:
        told = Told(db, run)
        told.put("a", "b")
        assert await db.write(add, "c") == "c"
        assert [type(error) for error in (await told.all()).values()] == [ZeroDivisionError] * 2
        assert await db.read(names) == ["c"]


@sqlite_only
@pytest.mark.gen_test
async def test_nobody_is_told_of_a_commit_that_failed(tmp_path):
    """When the transaction cannot begin, each of its writes gets the error, and the time is noted."""
    with opened(tmp_path) as db:
        other = peewee.SqliteDatabase(tmp_path / "quizhall.db", timeout=0)
        await db.write(lambda: db.engine.execute_sql("PRAGMA busy_timeout = 0"))
        other.connect()
        other.execute_sql("BEGIN IMMEDIATE")
        undone = []
        db.on_undone = lambda: undone.append(1)
        try:
            told = Told(db, lambda items: [add(item) for item in items])
            told.put("c", "d")
            outcomes = await asyncio.gather(db.write(add, "a"), db.write(add, "b"), return_exceptions=True)
            outcomes += (await told.all()).values()
        finally:
            other.execute_sql("ROLLBACK")
            other.close()
        assert len(outcomes) == 4
        assert all(isinstance(outcome, peewee.OperationalError) for outcome in outcomes)
        assert db.failed_at is not None
        assert undone
        assert await db.read(names) == []
        assert await db.write(add, "a") == "a"


@pytest.mark.gen_test
async def test_the_queue_has_an_end(tmp_path, monkeypatch):
    """A write that could not be stored in useful time is refused at once."""
    monkeypatch.setattr(write_queue, "QUEUE_MOST", 2)
    with opened(tmp_path) as db:
        told = Told(db, lambda items: items)
        told.put("a", "b")
        with pytest.raises(WriteQueueFull):
            told.put("c")
        with pytest.raises(WriteQueueFull):
            await db.write(add, "a")
        await told.all()
        told.put("c")
        assert (await told.all())["c"] == "c"
        assert await db.write(add, "a") == "a"


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
        told = Told(db, lambda items: [add(item) for item in items])
        told.put("gathered")
    assert await told.all() == {"gathered": "gathered"}
    assert await asyncio.gather(*writes) == [f"n{number}" for number in range(50)]
    with opened(tmp_path) as db:
        assert len(await db.read(names)) == 51


@sqlite_only
def test_a_receipt_survives_a_power_cut(tmp_path):
    """SQLite is told to wait for the disk at every commit, unless the operator says otherwise."""
    with opened(tmp_path) as db, db.engine.connection_context():
        assert db.engine.execute_sql("PRAGMA synchronous").fetchone() == (2,)
        assert db.engine.execute_sql("PRAGMA journal_mode").fetchone() == ("wal",)
    normal = Database(f"sqlite:///{tmp_path}/quizhall.db", "normal")
    with normal.engine.connection_context():
        assert normal.engine.execute_sql("PRAGMA synchronous").fetchone() == (1,)


def test_migrating_twice_changes_nothing(tmp_path):
    """The second start finds the database as it should be."""
    db = Database(f"sqlite:///{tmp_path}/quizhall.db")
    names = sorted(file.stem for file in DIRECTORY.glob("[0-9]*.py"))
    assert names[0] == "0001_initial"
    assert migrate(db.engine) == names
    assert migrate(db.engine) == []


@pytest.fixture
def unstarted(tmp_path):
    """A database whose threads the test starts itself."""
    db = Database(database_url(tmp_path))
    yield db
    db.stop()


@pytest.mark.gen_test
async def test_each_batch_is_told_with_its_size(unstarted):
    """What had queued up is one transaction."""
    batches = []
    unstarted.on_batch = lambda seconds, writes, is_committed: batches.append((seconds > 0, writes, is_committed))
    told = Told(unstarted, list)
    told.put(*range(5))
    assert unstarted.waiting_writes == 5
    unstarted.start()
    await told.all()
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


@sqlite_only
@pytest.mark.gen_test
async def test_the_log_is_worked_into_the_file_when_nothing_is_written(tmp_path, monkeypatch):
    """Else a commit would have to do it, while many wait for theirs. What is little stays in the log."""
    monkeypatch.setattr(database, "TIDY_AFTER", 3)
    with opened(tmp_path) as db:
        await db.write(add, "a")
        await db.write(add, "b")
        await db.write(add, "c")
        deadline = time.monotonic() + 10
        while without_its_log(tmp_path) != ["a", "b", "c"]:
            assert time.monotonic() < deadline, "the log was left as it was"
            await asyncio.sleep(0.02)
        await db.write(add, "d")
        assert without_its_log(tmp_path) == ["a", "b", "c"]
        assert await db.read(names) == ["a", "b", "c", "d"]


@pytest.mark.gen_test
async def test_a_writer_at_rest_still_stores_what_comes(tmp_path, monkeypatch):
    """However long nothing came, and whatever became of tidying up."""
    monkeypatch.setattr(worker, "QUIET_S", 0.001)
    monkeypatch.setattr(database, "TIDY_AFTER", 0)
    tidied = []

    def fail(engine):
        tidied.append(engine)
        raise peewee.OperationalError("the disk has a bad day")

    monkeypatch.setattr(database, "tidy", fail)
    with opened(tmp_path) as db:
        for name in ("a", "b"):
            seen = len(tidied)
            while len(tidied) == seen:
                await asyncio.sleep(0.002)
            assert await db.write(add, name) == name
        assert await db.read(names) == ["a", "b"]
