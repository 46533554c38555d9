"""A PostgreSQL that goes away and comes back, and many that write at once: what is promised, and what is told."""

import asyncio
import contextlib
import threading

import peewee
import psycopg
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
    """hold_rooms shares, but for those alone; all of it ends with the transaction."""
    db = Database(server.database())
    other = connect(server.database())
    locks = "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() ORDER BY mode"
    with db.engine.connection_context():
        with begin_writing(db.engine):
            hold_rooms({"b", "a"}, {"c"})
            modes = [row[0] for row in execute(locks, ()).fetchall()]
        assert modes == ["ExclusiveLock", "ShareLock", "ShareLock"]
        assert execute(locks, ()).fetchall() == []
    other.close()


LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@contextlib.contextmanager
def another_node(db):
    """A transaction of its own, which PostgreSQL never ends for having waited too long."""
    with psycopg.connect(db.engine.database) as rival:
        rival.execute("SET LOCAL deadlock_timeout = '1min'")
        yield rival
        rival.rollback()


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_a_node_that_moves_and_stores_at_once_holds_no_room_while_it_waits_for_another(server):
    """Of rooms a and b another node has a. The move of b comes first, but a is asked for first, as by everybody."""
    with opened(server) as db, another_node(db) as rival:
        rival.execute(LOCK, ("a",))
        is_busy, both_are_there = threading.Event(), threading.Event()

        def keep_busy():
            is_busy.set()
            both_are_there.wait(WITHIN_S)

        first = asyncio.ensure_future(db.write(keep_busy))
        while not is_busy.is_set():
            await asyncio.sleep(0)
        move = asyncio.ensure_future(db.write_alone("b", add, "b moved"))
        stored = asyncio.get_running_loop().create_future()
        answers = db.gather(lambda items: [add(item) for item in items], lambda items, _: stored.set_result(items), set)
        while db.waiting_writes < 1:
            await asyncio.sleep(0)
        answers.put("a")
        answers.hand_over()
        both_are_there.set()
        await first
        while rival.execute(WAITING).fetchone() != (1,):
            await asyncio.sleep(0)
        assert rival.execute(TRY, ("b",)).fetchone() == (True,)
        rival.commit()
        assert await move == "b moved"
        assert await stored == ["a"]


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_a_transaction_that_stood_in_the_way_of_another_is_done_again(server):
    """PostgreSQL ends one of two that wait for each other: nobody is told that the service is busy."""
    with opened(server) as db, another_node(db) as rival:
        rival.execute(LOCK, ("z",))
        loop, tries = asyncio.get_running_loop(), []

        def cross():
            """What the other node wants is ours by now; then we want what is its."""
            tries.append(1)
            if len(tries) == 1:
                crossing.append(loop.run_in_executor(None, rival.execute, LOCK, ("a",)))
                while execute(WAITING, ()).fetchone() != (1,):
                    pass
            hold_alone("z")
            return add("crossed")

        def let_go(_):
            rival.commit()

        crossing = []
        waiting = asyncio.ensure_future(db.write_alone("a", cross))
        while not crossing:
            await asyncio.sleep(0)
        crossing[0].add_done_callback(let_go)
        assert await waiting == "crossed"
        assert len(tries) == 2
        assert await db.read(names) == ["crossed"]


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


@pytest.mark.gen_test(timeout=WITHIN_S)
async def test_who_stands_still_in_a_transaction_does_not_hold_its_rooms_for_ever(server, monkeypatch):
    """PostgreSQL ends it after a while; the others go on, and what it had begun is done once it goes on itself."""
    monkeypatch.setattr("models.engine.IDLE_IN_TRANSACTION_MS", 300)
    holds, goes_on = threading.Event(), threading.Event()

    def stand_still():
        hold_alone("room")
        add("slow")
        holds.set()
        goes_on.wait(WITHIN_S)
        return names()

    def take_turn(address):
        with psycopg.connect(address) as other:
            other.execute("SELECT pg_advisory_xact_lock(hashtextextended('room', 0))")
            return [name for (name,) in other.execute("SELECT name FROM name")]

    loop = asyncio.get_running_loop()
    with opened(server) as db:
        slow = asyncio.ensure_future(db.write(stand_still))
        await loop.run_in_executor(None, holds.wait, WITHIN_S)
        assert await loop.run_in_executor(None, take_turn, db.engine.database) == []
        goes_on.set()
        assert await slow == ["slow"]
        assert await db.read(names) == ["slow"]
