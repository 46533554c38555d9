"""Which database a test runs on: SQLite, or PostgreSQL where QUIZHALL_TEST_DATABASE says so. Both pass the same."""

import atexit
import os
from pathlib import Path

import pytest

from models.engine import connect
from models.migrate import migrate
from prove.postgres_process import PostgresProcess

IS_POSTGRES = os.environ.get("QUIZHALL_TEST_DATABASE") == "postgresql"
sqlite_only = pytest.mark.skipif(IS_POSTGRES, reason="about SQLite's own file; PostgreSQL has tests of its own")

_servers: list[PostgresProcess] = []
_urls: dict[Path, str] = {}


def database_url(folder: Path) -> str:
    """The address of this folder's database: the same one however often it is asked for."""
    if not IS_POSTGRES:
        return f"sqlite:///{folder}/quizhall.db"
    if folder not in _urls:
        _urls[folder] = server().database()
    return _urls[folder]


def server() -> PostgresProcess:
    """One for all tests of this run, started by the first that asks and stopped at the end.

    Its databases are copies of one that is up to date: to migrate each would take longer than most tests.
    """
    if not _servers:
        started = PostgresProcess().start()
        atexit.register(started.stop)
        _servers.append(started)
        engine = connect(started.template())
        migrate(engine)
        engine.close()
    return _servers[0]
