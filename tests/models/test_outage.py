"""A PostgreSQL that goes away and comes back, and many that write at once: what is promised, and what is told."""

import asyncio
import contextlib
import threading

import peewee
import pytest

from models.database import Database
from models.engine import begin_writing, connect, execute, hold_alone, hold_rooms
from models.migrate import migrate
from prove.postgres_process import PostgresProcess

WITHIN_S = 30


@pytest.fixture(scope="module")
def server():
    process = PostgresProcess().start()
    yield process
    process.stop()


@contextlib.contextmanager
def opened(server, **options):
    db = Database(server.database(), **options)
    with db.engine.connection_context():
        db.engine.execute_sql("CREATE TABLE name (name TEXT PRIMARY KEY)")
    db.start()
    try:
        yield db
    finally:
        db.stop()


def add(name):
    execute("INSERT INTO name (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return name


def names():
    return [row[0] for row in execute("SELECT name FROM name ORDER BY name", ()).fetchall()]


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_writes_wait_for_a_database_that_is_away(server):
    """Nobody is told that it failed, nothing is stored twice, and the time is noted for those who close rounds."""
    with opened(server) as db:
        assert await db.write(add, "before") == "before"
        server.kill()
        waiting = [asyncio.ensure_future(db.write(add, f"n{number}")) for number in range(20)]
        loop = asyncio.get_running_loop()
        while db.failed_at is None:
            await asyncio.sleep(0)
        await loop.run_in_executor(None, server.start)
        assert await asyncio.gather(*waiting) == [f"n{number}" for number in range(20)]
        assert len(await db.read(names)) == 21


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_who_has_waited_too_long_is_told(server):
    """The bound is patience_s; what comes later in the same outage is told after one attempt."""
    with opened(server, patience_s=0.5) as db:
        server.kill()
        with pytest.raises(peewee.OperationalError):
            await db.write(add, "a")
        with pytest.raises(peewee.OperationalError):
            await db.write(add, "b")
        await asyncio.get_running_loop().run_in_executor(None, server.start)
        assert await db.write(add, "c") == "c"
        assert await db.read(names) == ["c"]


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_a_read_after_a_restart_uses_a_new_connection(server):
    """The threads' connections are all dead then, and nobody should notice."""
    with opened(server) as db:
        await asyncio.gather(*(db.read(names) for _ in range(10)))
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, server.kill)
        await loop.run_in_executor(None, server.start)
        assert await asyncio.gather(*(db.read(names) for _ in range(10))) == [[]] * 10


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_a_statement_that_fails_is_not_an_outage(server):
    """It concerns its own write, at once; its neighbours are stored."""
    with opened(server) as db:

        def wrong():
            execute("SELECT 1 / 0", ())

        outcomes = await asyncio.gather(db.write(add, "a"), db.write(wrong), db.write(add, "b"), return_exceptions=True)
        assert isinstance(outcomes[1], peewee.DatabaseError)
        assert await db.read(names) == ["a", "b"]
        assert db.failed_at is None


def test_stopping_does_not_wait_for_a_database_that_is_away(server):
    """A node must end in time even then."""

    async def play():
        with opened(server) as db:
            server.kill()
            waiting = asyncio.ensure_future(db.write(add, "a"))
            while db.failed_at is None:
                await asyncio.sleep(0)
        with pytest.raises(peewee.OperationalError):
            await waiting

    try:
        asyncio.run(asyncio.wait_for(play(), WITHIN_S))
    finally:
        server.start()


def test_who_moves_a_room_waits_for_the_answers_on_their_way_and_sees_them(server):
    """The fence: an answer is in before the round closes, or it comes too late; never acknowledged and uncounted."""
    url = server.database()
    writer, closer = connect(url), connect(url)
    with writer.connection_context():
        writer.execute_sql("CREATE TABLE answer_here (who TEXT)")
    seen = []

    def run_sql(engine, sql, *values):
        return engine.execute_sql(sql.replace("?", "%s"), values)

    def close():
        with closer.connection_context(), begin_writing(closer):
            run_sql(closer, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "r1")
            seen.extend(run_sql(closer, "SELECT who FROM answer_here").fetchall())

    with writer.connection_context():
        with begin_writing(writer):
            run_sql(writer, "SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 0))", "r1")
            thread = threading.Thread(target=close)
            thread.start()
            run_sql(writer, "INSERT INTO answer_here VALUES (?)", "ada")
            waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while run_sql(writer, waits).fetchone() != (1,):
                pass
            assert seen == []
        thread.join(WITHIN_S)
    assert seen == [("ada",)]


def test_answers_of_many_nodes_do_not_wait_for_each_other(server):
    """They share the fence; only who moves the room is alone."""
    url = server.database()
    engines = [connect(url) for _ in range(2)]
    for engine in engines:
        engine.connect()
        engine.begin()
        engine.execute_sql("SELECT pg_advisory_xact_lock_shared(hashtextextended('r1', 0))")
    for engine in engines:
        engine.rollback()
        engine.close()


def test_the_fence_is_held_by_what_the_services_call(server):
    """hold_rooms shares, hold_alone does not; both end with the transaction."""
    db = Database(server.database())
    other = connect(server.database())
    locks = "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() ORDER BY mode"
    with db.engine.connection_context():
        with begin_writing(db.engine):
            hold_rooms({"b", "a"})
            hold_alone("c")
            modes = [row[0] for row in execute(locks, ()).fetchall()]
        assert modes == ["ExclusiveLock", "ShareLock", "ShareLock"]
        assert execute(locks, ()).fetchall() == []
    other.close()


def test_nodes_that_start_together_migrate_once(server):
    """One does it, the others wait and find it done."""
    url = server.database()
    applied = []

    def run():
        engine = connect(url)
        applied.append(migrate(engine))
        engine.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WITHIN_S)
    assert sorted(map(bool, applied)) == [False, False, False, True]
