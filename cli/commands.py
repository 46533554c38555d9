"""What the commands besides serve do: each opens the database, calls a service and says what came of it."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TextIO

import peewee

from cli.backup import BackupError, back_up, restore, restored
from cli.load_command import run_load
from clock import SystemClock
from models.database import Database
from models.engine import first_line, shown
from models.migrate import migrate
from services.accounts import Accounts
from services.brought_media import BroughtMedia
from services.errors import Invalid, ServiceError
from services.file_reader import FileReader
from services.imports import Imports
from services.media import Media
from services.passwords import Passwords
from services.quiz_file import FILE_MOST, TOO_LARGE
from services.quizzes import Quizzes
from services.sign_ins import SignIns
from services.tokens import Tokens

FAILED = 2


class Settings(Protocol):
    """What the commands need of the configuration."""

    @property
    def database_url(self) -> str: ...


class CommandError(Exception):
    """Ends a command with its sentence."""


def run(args: argparse.Namespace, config: Settings, stdin: TextIO | None = None) -> int:
    """The exit code: 0, or 2 after one sentence on stderr; `load` also has 1.

    `stdin` is the process's own unless given.
    """
    if args.command == "load":
        return run_load(args, stdin or sys.stdin)
    try:
        if args.command == "migrate":
            return _migrate(config)
        if args.command in ("backup", "restore", "restored"):
            return _back_up(args, config)
        if args.command == "user":
            password = (stdin or sys.stdin).readline().rstrip("\r\n")
            return asyncio.run(_with_accounts(config, lambda a, _: _change_user(a, args, password)))
        data = _read_file(Path(args.file))
        return asyncio.run(_with_accounts(config, lambda a, imports: _import_quiz(a, imports, args, data)))
    except ServiceError as error:
        print(_sentence(error), file=sys.stderr)
    except (CommandError, BackupError) as error:
        print(error, file=sys.stderr)
    except (OSError, peewee.DatabaseError) as error:
        print(f"The database {shown(config.database_url)} cannot be used: {first_line(error)}.", file=sys.stderr)
    return FAILED


def _migrate(config: Settings) -> int:
    database = Database(config.database_url)
    names = migrate(database.engine)
    print("Applied " + ", ".join(names) + "." if names else "The database is up to date.")
    return 0


def _back_up(args: argparse.Namespace, config: Settings) -> int:
    url = config.database_url
    if args.command == "restored":
        print(restored(url))
    else:
        print((back_up if args.command == "backup" else restore)(url, Path(args.file)))
    return 0


async def _with_accounts(config: Settings, use: Callable[[Accounts, Imports], Awaitable[int]]) -> int:
    """Runs `use` with services over a database that is up to date."""
    database = Database(config.database_url)
    migrate(database.engine)
    database.start()
    clock = SystemClock()
    try:
        with ThreadPoolExecutor(1) as executor:
            # No token made here ever leaves this process, so its secret need not be the service's.
            tokens = Tokens(b"only within this one process" + b"." * 8, now=clock.now_ms)
            accounts = Accounts(database, tokens, clock, Passwords(executor), SignIns(database, tokens, clock))
            media = BroughtMedia(Media(database, clock))
            return await use(accounts, Imports(Quizzes(database, clock), FileReader(), media))
    finally:
        database.stop()


async def _change_user(accounts: Accounts, args: argparse.Namespace, password: str) -> int:
    if args.action == "password":
        user = await accounts.set_password(args.email, password)
        print(f"{user['email']} has a new password, and is signed out everywhere within half a minute.")
        return 0
    user = await accounts.create(args.email, args.name, args.role, password)
    print(f"{user['email']} is now {'an admin' if user['role'] == 'admin' else 'a teacher'} ({user['id']}).")
    return 0


async def _import_quiz(accounts: Accounts, imports: Imports, args: argparse.Namespace, data: bytes) -> int:
    owner = await accounts.identity_of(args.owner)
    result = await imports.import_file(owner, data, Path(args.file).name, args.format)
    for quiz in result["quizzes"]:
        print(f"{quiz['id']}  {quiz['title']}")
    counts = result["counts"]
    print(f"{counts['found']} found, {counts['imported']} imported, {counts['skipped']} skipped")
    for warning in result["warnings"]:
        print(f"{warning['severity']}: {warning['where']}: {warning['message']}")
    return 0


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_MOST + 1)
    except OSError as error:
        raise CommandError(f"The file {path} cannot be read: {error.strerror}.") from error
    if len(data) > FILE_MOST:
        raise CommandError(TOO_LARGE)
    return data


def _sentence(error: ServiceError) -> str:
    if not isinstance(error, Invalid):
        return error.message
    problems = [problem for problem in error.details["problems"] if problem["reason"] not in error.message]
    named = "; ".join(f"{problem['field']} {problem['reason']}" for problem in problems)
    return f"{error.message} {named}".strip()
