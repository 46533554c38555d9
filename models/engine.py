"""SQLite or PostgreSQL: connecting, and the few things that the two do differently. Opens nothing by itself."""

import contextlib
import fcntl
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import peewee

BUSY_TIMEOUT_MS = 5000
# Of each thread. The answers of a large room lie all over their indexes, and are to be found without the file.
CACHE_KIB = 16 * 1024
# 64 MiB of log before a commit has to work it into the file, which takes as long as some fifty commits. As a rule it
# does not come to that: `tidy` does it when nobody waits, and in a burst the same pages are written again and again.
CHECKPOINT_PAGES = 16_384
CONNECT_WITHIN_S = 3
# A server that is gone without a word is noticed within a few seconds, not within the hours of the system's default.
KEEPALIVES = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3, "tcp_user_timeout": 5000}
# A node that stands still inside a transaction, as a suspended machine does, holds its rooms: other nodes wait so long.
# What it had begun is undone then, and done again when it goes on.
IDLE_IN_TRANSACTION_MS = 5000
# "quizhall" in the numbers of PostgreSQL's locks: while it is held, somebody brings the schema up to date.
MIGRATION_LOCK = 0x7175697A68616C6C

# In PostgreSQL's list of errors.
DEADLOCK = "40P01"

proxy = peewee.DatabaseProxy()


def connect(url: str, synchronous: str = "full") -> peewee.Database:
    """An engine for `sqlite:///path`, whose folder is made, or `postgresql://…`; `synchronous` is SQLite's."""
    if is_postgres(url):
        options = {
            "connect_timeout": CONNECT_WITHIN_S,
            "application_name": "quizhall",
            "options": f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}",
            **KEEPALIVES,
        }
        return peewee.PostgresqlDatabase(url, prefer_psycopg3=True, **options)
    path = file_of(url)
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


def is_postgres(url: str) -> bool:
    return url.startswith(("postgresql://", "postgres://"))


def shown(url: str) -> str:
    """The address for people: without the name and the password in it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def first_line(error: Exception) -> str:
    """Why, for people: PostgreSQL's client says the same at length for every address that a name stands for."""
    return str(error).strip().partition("\n")[0].rstrip(".")


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def execute(sql: str, values: tuple[Any, ...]) -> Any:
    """One statement with `?` for its values; returns the cursor.

    For what runs once for every answer or seat: building a query costs many times what running it does.
    """
    return proxy.execute_sql(sql.replace("?", proxy.param), values)


def has_server() -> bool:
    return isinstance(proxy.obj, peewee.PostgresqlDatabase)


def holds(column: peewee.Node, text: str) -> peewee.Expression:
    """Whether the text stands in the column as it is: an eighth of what PostgreSQL takes for its LIKE."""
    find = peewee.fn.STRPOS if has_server() else peewee.fn.INSTR
    return find(column, text) > 0


def reading(engine: peewee.Database) -> Any:
    """A transaction whose queries all see the same state."""
    return engine.atomic("REPEATABLE READ" if isinstance(engine, peewee.PostgresqlDatabase) else "DEFERRED")


def begin_writing(engine: peewee.Database) -> Any:
    """A transaction that may write. SQLite's takes the lock at once: one that read first could not get it later.

    PostgreSQL's is READ COMMITTED: under REPEATABLE READ whoever closes a round would miss answers committed
    after its first query.
    """
    return engine.transaction("READ COMMITTED" if isinstance(engine, peewee.PostgresqlDatabase) else "IMMEDIATE")


def hold_rooms(shared: Set[str], alone: Set[str] = frozenset()) -> None:
    """Until the end of this transaction no room of these moves on, and with those `alone` nobody else does anything.

    All that a transaction will need at once, and in one order everywhere: else two nodes, each with a room that the
    other wants too, would wait for each other. SQLite's writers take turns anyway.
    """
    if has_server():
        for room_id in sorted(shared | alone):
            if room_id in alone:
                hold_alone(room_id)
            else:
                execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 0))", (room_id,))


def hold_alone(name: str) -> None:
    """Until the end of this transaction nobody else holds what has this name. For a room, its id: whoever moves it on
    holds it, and nobody stores an answer in it.

    What is read must be read by statements of its own after this one.
    """
    if has_server():
        execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", (name,))


def tidy(engine: peewee.Database) -> None:
    """Works SQLite's log into the file as far as no reader needs it; the log then begins again at its start."""
    if not isinstance(engine, peewee.PostgresqlDatabase):
        engine.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


@contextlib.contextmanager
def migrating(engine: peewee.Database) -> Iterator[None]:
    """Connects, one at a time, whatever number of nodes start together."""
    if isinstance(engine, peewee.PostgresqlDatabase):
        with engine.connection_context():
            engine.execute_sql("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
            try:
                yield
            finally:
                engine.execute_sql("SELECT pg_advisory_unlock(%s)", (MIGRATION_LOCK,))
        return
    path = Path(engine.database)
    with path.with_name(path.name + ".migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Not before: of two who give a new file its log at once SQLite refuses one without letting it wait.
        with engine.connection_context():
            yield


def is_away(engine: peewee.Database, error: BaseException) -> bool:
    """The server could not be reached or is gone, which may pass; not a statement that failed."""
    if not isinstance(engine, peewee.PostgresqlDatabase):
        return False
    # Which of them it is depends on what the server was doing: an ended session comes as an internal error.
    if not isinstance(error, peewee.DatabaseError | peewee.InterfaceError):
        return False
    if engine.is_closed() or engine.connection().closed:
        return True
    # What the server refuses has a code. What has none is our own side's, which may not have seen yet that it is alone.
    return isinstance(error, peewee.OperationalError) and getattr(_cause(error), "sqlstate", "") is None


def _cause(error: BaseException) -> BaseException | None:
    """The driver's own error."""
    return getattr(error, "orig", None)


def was_in_the_way(error: BaseException) -> bool:
    """PostgreSQL has ended one of two transactions that waited for each other: done again, it goes through."""
    return getattr(_cause(error), "sqlstate", None) == DEADLOCK


def forget_connection(engine: peewee.Database) -> None:
    """This thread's, which is broken: the next statement makes a new one."""
    with contextlib.suppress(peewee.DatabaseError, peewee.InterfaceError):
        engine.close()
