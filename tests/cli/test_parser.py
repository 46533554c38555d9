"""What may be written on the command line."""

import pytest

from cli.parser import parse
from config import add_flags


@pytest.mark.parametrize(
    ("argv", "command"),
    [([], "serve"), (["serve"], "serve"), (["migrate"], "migrate"), (["--port", "9000"], "serve")],
)
def test_without_a_command_it_serves(argv, command):
    """As `app.py` alone does."""
    assert parse(argv, add_flags).command == command


@pytest.mark.parametrize("argv", [["--port", "9000", "serve"], ["serve", "--port", "9000"], ["--port=9000"]])
def test_a_setting_may_stand_on_either_side(argv):
    """Settings that are not given are None, so that the environment counts."""
    args = parse(argv, add_flags)
    assert (args.port, args.host) == ("9000", None)


def test_an_account_is_described():
    """E-mail, name and role; the password never stands on the command line."""
    argv = ["user", "add", "a@b.example", "--name", "Ada", "--role", "admin", "--password-stdin"]
    args = parse(argv, add_flags)
    assert (args.command, args.action, args.email, args.name, args.role) == (
        "user",
        "add",
        "a@b.example",
        "Ada",
        "admin",
    )


def test_a_quiz_file_is_described():
    """The format is found when it is not named."""
    args = parse(["quiz", "import", "q.gift", "--owner", "a@b.example"], add_flags)
    assert (args.command, args.action, args.file, args.owner, args.format) == (
        "quiz",
        "import",
        "q.gift",
        "a@b.example",
        None,
    )


@pytest.mark.parametrize(
    "argv",
    [
        ["dance"],
        ["user"],
        ["user", "add", "a@b.example"],
        ["user", "add", "a@b.example", "--name", "A", "--role", "king", "--password-stdin"],
        ["quiz", "import", "q.gift"],
        ["--colour", "red"],
        ["--por", "9000"],
    ],
)
def test_what_is_not_understood_ends_with_two(argv, capsys):
    """And with a sentence on standard error."""
    with pytest.raises(SystemExit) as ended:
        parse(argv, add_flags)
    assert ended.value.code == 2
    assert "error" in capsys.readouterr().err
