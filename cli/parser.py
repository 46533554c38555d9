"""What may be written on the command line. Settings stand before or after the command, wherever they fit."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from cli.load_command import add_arguments

ABOUT = "Quizhall: live quizzes for classrooms. Without a command it serves."


def parse(argv: Sequence[str], add_flags: Callable[[argparse.ArgumentParser], None]) -> argparse.Namespace:
    """`command` is one of those below; every setting is an attribute, None when not given.

    `add_flags` adds a flag for each setting. Exits with 2 and a sentence when something is wrong.
    """
    # The settings are taken out first: argparse would let a sub-command's default undo what stood before it.
    flags = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_flags(flags)
    given, rest = flags.parse_known_args(argv)
    return build_parser(flags).parse_args(rest, given)


def build_parser(flags: argparse.ArgumentParser | None = None) -> argparse.ArgumentParser:
    """The commands, with `flags` in their help."""
    parents = [flags] if flags else []
    parser = argparse.ArgumentParser(prog="app.py", description=ABOUT, parents=parents, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("serve", help="start the service (what happens without a command)")
    _add_user(commands.add_parser("user", help="accounts"))
    _add_quiz(commands.add_parser("quiz", help="quizzes"))
    commands.add_parser("migrate", help="bring the database up to date")
    backup = commands.add_parser("backup", help="copy the SQLite database into a file while the service runs")
    backup.add_argument("file", metavar="FILE", help="must not exist yet")
    restore = commands.add_parser("restore", help="put a backup in the SQLite database's place")
    restore.add_argument("file", metavar="FILE")
    commands.add_parser("restored", help="make a database that was restored by other means fit for service")
    load = "play whole rooms against a running service, and say how it did"
    add_arguments(commands.add_parser("load", help=load, description=load, allow_abbrev=False))
    parser.set_defaults(command="serve")
    return parser


def _add_user(user: argparse.ArgumentParser) -> None:
    actions = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make an account", allow_abbrev=False)
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, choices=["teacher", "admin"])
    add.add_argument(
        "--password-stdin", required=True, action="store_true", help="read the password from the first line of stdin"
    )
    _add_password(actions)


def _add_password(user: Any) -> None:
    password = user.add_parser("password", help="give an account a new password", allow_abbrev=False)
    password.add_argument("email", metavar="EMAIL")
    password.add_argument(
        "--password-stdin", required=True, action="store_true", help="read it from the first line of stdin"
    )


def _add_quiz(quiz: argparse.ArgumentParser) -> None:
    actions = quiz.add_subparsers(dest="action", required=True, metavar="ACTION")
    bring = actions.add_parser("import", help="bring a quiz file in", allow_abbrev=False)
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--owner", required=True, metavar="EMAIL", help="whose quiz it will be")
    bring.add_argument("--format", default=None, help="the file's format; found by its content when absent")
