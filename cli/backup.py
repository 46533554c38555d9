"""Backing up and restoring: a copy of the SQLite file while the service runs, and what a restored database needs.

PostgreSQL has its own tools for the copying; docs/operations.md tells of both.
"""

import contextlib
import os
import shutil
import sqlite3
import time
from pathlib import Path

import peewee

from models.database import Database
from models.engine import file_of, is_postgres
from models.migrate import migrate
from models.nodes import ALIVE_WITHIN_MS, last_beats
from models.rooms import renew_epochs


class BackupError(Exception):
    """Ends the command with its sentence."""


def back_up(database_url: str, target: Path) -> str:
    """Copies the database into `target`, which must not exist, in one consistent state; the service may run."""
    source = _file(database_url)
    if not source.exists():
        raise BackupError(f"There is no database at {source}.")
    if target.exists():
        raise BackupError(f"{target} is there already; name a file that is not.")
    part = target.with_name(target.name + ".part")
    try:
        with contextlib.closing(sqlite3.connect(source)) as read, contextlib.closing(sqlite3.connect(part)) as write:
            read.backup(write)
        _check(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return f"{target} holds the database as of now, {target.stat().st_size // 1024} KiB."


def restore(database_url: str, backup: Path) -> str:
    """Puts a backup in the database's place; what was there is kept beside it. No node may run."""
    database = _file(database_url)
    if not backup.exists():
        raise BackupError(f"There is no file {backup}.")
    _check(backup)
    kept = ""
    if database.exists():
        _refuse_when_alive(database_url)
        old = database.with_name(f"{database.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
        _checkpoint(database)
        database.rename(old)
        kept = f" What was there is {old} now."
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(backup, database)
    return f"{database} is {backup} now. {restored(database_url)}{kept}"


def restored(database_url: str) -> str:
    """To be run after any restore: browsers that know more than the backup must not resume where it has not been."""
    database = Database(database_url)
    migrate(database.engine)
    with database.engine.connection_context(), database.engine.atomic():
        rooms = renew_epochs()
    return f"Rooms that are not over have a new epoch: {rooms}."


def _file(database_url: str) -> Path:
    if is_postgres(database_url):
        raise BackupError("This command is for SQLite; PostgreSQL has pg_dump and pg_restore: see docs/operations.md.")
    return file_of(database_url)


def _check(file: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            database.execute("SELECT count(*) FROM room").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{file} is no database of ours: {error}.") from error
    if verdict != "ok":
        raise BackupError(f"{file} is damaged: {verdict}.")


def _checkpoint(file: Path) -> None:
    """Brings what lies in the log beside it into the file itself."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_when_alive(database_url: str) -> None:
    database = Database(database_url)
    try:
        with database.engine.connection_context():
            _, seen_at = last_beats("")
    except peewee.DatabaseError:
        return  # so old or so broken that no node of this program runs on it
    if seen_at is not None and time.time() * 1000 - seen_at < ALIVE_WITHIN_MS:
        raise BackupError("A node is running on this database. Stop it first.")
