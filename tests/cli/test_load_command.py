"""`app.py load`: what it is told, and what it says when it cannot."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from cli.load_command import plan_of, run_load
from cli.parser import parse
from config import add_flags
from load.errors import UsageError
from load.think import Think

SIGN_IN = ("--email", "ada@school.example", "--password-stdin")


def parsed(*argv):
    """The arguments of `app.py load …`."""
    return parse(["load", *argv], add_flags)


def test_a_run_is_described():
    """A class on this machine unless it is told otherwise."""
    plan = plan_of(parsed(*SIGN_IN, "--rooms", "2", "--players", "20", "--storm", "0.3", "--seed", "7"))
    assert (plan.rooms, plan.participants, plan.storm, plan.seed, plan.rounds) == (2, 20, 0.3, 7, 4)
    assert (plan.target.authority, plan.think, plan.most_s) == ("127.0.0.1:8888", Think(0.2, 3), 300)


def test_each_run_has_its_own_chance():
    """The report names it, so that a run can be repeated."""
    assert plan_of(parsed(*SIGN_IN)).seed != plan_of(parsed(*SIGN_IN)).seed


def test_the_secret_never_stands_on_the_command_line():
    """One of the two ways to read it from stdin is asked for, and not both."""
    for argv in ((), ("--password-stdin", "--token-stdin")):
        with pytest.raises(SystemExit) as caught:
            parsed(*argv)
        assert caught.value.code == 2


def test_a_password_needs_its_account():
    """A token does not."""
    with pytest.raises(UsageError, match="--email"):
        plan_of(parsed("--password-stdin"))
    assert plan_of(parsed("--token-stdin")).rooms == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--url", "http://192.0.2.7:8888"), "--i-own-this-server"),
        (("--think", "long"), "--think"),
        (("--players", "20001"), "--players"),
        (("--storm", "nan"), "--storm"),
        (("--url", "http://127.0.0.1:9"), "No answer from 127.0.0.1:9"),
    ],
)
def test_what_cannot_be_played_is_explained(argv, said, capsys):
    """One sentence on standard error, and 2."""
    # In a thread of its own: asyncio.run would take the loop away that pytest-tornado keeps for this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(run_load, parsed(*SIGN_IN, *argv), io.StringIO("secret\n")).result(20) == 2
    out, err = capsys.readouterr()
    assert (out, said in err, err.count("\n")) == ("", True, 1)
