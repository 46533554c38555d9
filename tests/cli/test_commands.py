"""The commands besides serve, over a real database file."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from cli.commands import run
from cli.parser import parse
from config import Config, add_flags
from models.engine import connect
from models.migrate import migrate

GIFT = b"2 + 2 = ? { =4 ~3 }\n\nMatch { =a -> b }\n"


@pytest.fixture
def call(tmp_path, capsys):
    """Runs a command; (exit code, output, error output)."""

    def run_command(*argv, stdin=""):
        config = Config(database_url=f"sqlite:///{tmp_path}/data/quizhall.db")
        # In a thread of its own: asyncio.run would take the loop away that pytest-tornado keeps for this one.
        with ThreadPoolExecutor(1) as thread:
            code = thread.submit(run, parse(argv, add_flags), config, io.StringIO(stdin)).result()
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command


@pytest.fixture
def ada(call):
    """An account."""
    code, out, _ = add(call, "ada@school.example")
    assert code == 0
    return out


def add(call, email, password="correct horse", role="teacher"):
    return call("user", "add", email, "--name", "Ada", "--role", role, "--password-stdin", stdin=password + "\n")


def test_migrate_makes_the_database_once(call, tmp_path):
    """It says what it did; on a fresh machine the folder is made too."""
    code, out, _ = call("migrate")
    assert (code, "0001_initial" in out) == (0, True)
    assert call("migrate")[:2] == (0, "The database is up to date.\n")
    assert migrate(connect(f"sqlite:///{tmp_path}/data/quizhall.db", "full")) == []


def test_an_account_is_made_on_a_fresh_machine(ada):
    """Without anything having run before."""
    assert "ada@school.example" in ada


@pytest.mark.parametrize(
    ("email", "password", "reason"),
    [
        ("ada", "correct horse", "email"),
        ("bo@school.example", "short", "password"),
        ("ada@school.example", "correct horse", "email"),
    ],
)
def test_an_account_that_cannot_be_made_is_explained(call, ada, email, password, reason):
    """One line on standard error, and 2."""
    code, out, err = add(call, email, password)
    assert (code, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


def test_a_quiz_is_imported_with_its_warnings(call, ada, tmp_path):
    """Its id, the counts, and each thing that did not come along."""
    (tmp_path / "q.gift").write_bytes(GIFT)
    code, out, err = call("quiz", "import", str(tmp_path / "q.gift"), "--owner", "ADA@school.example")
    assert (code, err) == (0, "")
    first, counts, *warnings = out.splitlines()
    assert len(first.split()[0]) == 36
    assert counts == "2 found, 1 imported, 1 skipped"
    assert warnings[0].startswith("skipped: line 3: ")


@pytest.mark.parametrize(
    ("file", "owner", "format", "said"),
    [
        (b"Dear parents", "ada@school.example", None, "."),
        (GIFT, "nobody@school.example", None, "nobody@school.example"),
        (GIFT, "ada@school.example", "docx", "docx"),
        (None, "ada@school.example", None, "cannot be read"),
    ],
)
def test_an_import_that_fails_is_explained(call, ada, tmp_path, file, owner, format, said):
    """One sentence on standard error, and 2."""
    path = tmp_path / "upload"
    if file is not None:
        path.write_bytes(file)
    argv = ["quiz", "import", str(path), "--owner", owner, *(["--format", format] if format else [])]
    code, out, err = call(*argv)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_database_that_cannot_be_opened_is_explained(call, tmp_path):
    """Not with a traceback."""
    (tmp_path / "data").write_text("a file where the folder should be")
    code, _, err = add(call, "ada@school.example")
    assert code == 2
    assert "cannot be used" in err


def test_a_forgotten_password_is_replaced(ada, call):
    """Without the old one; the rules are the same as ever."""
    code, out, _ = call("user", "password", "ADA@school.example", "--password-stdin", stdin="a new long password\n")
    assert (code, "ada@school.example has a new password" in out) == (0, True)
    code, _, err = call("user", "password", "ada@school.example", "--password-stdin", stdin="short\n")
    assert (code, "password must have 10 to 200 characters" in err) == (2, True)
    code, _, err = call("user", "password", "bo@school.example", "--password-stdin", stdin="a new long password\n")
    assert (code, "no account bo@school.example" in err) == (2, True)
