"""The hottest modules as machine code: used only when they are of the very text that lies here, and then the same."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from compiled import IN_C, MODULES, TAG, is_usable, tag

ROOT = Path(__file__).parent.parent
# Those of the modules themselves. The clock's put another clock under it, which a compiled one does not let them.
NAMES = (
    "connection", "direct", "dispatch", "fanout", "frames", "intake", "readers", "shard", "transport",
    "transport_socket", "wire",
)  # fmt: skip
SAME_TESTS = (*(f"tests/realtime/test_{name}.py" for name in NAMES), "tests/services/test_answering.py")
NOT_COPIED = {".venv", ".venv-bench", ".git", ".compiled", ".hypothesis", "benchmarks", "data", "docs"}
has_compiler = shutil.which("cc") is not None and (Path(sysconfig.get_path("include")) / "Python.h").is_file()


@pytest.fixture
def source(tmp_path):
    """A folder with one text of each package."""
    for name in ("clock.py", "game/a.py", "models/a.py", "realtime/a.py", "realtime/a.c", "services/a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A = 1\n")
    return tmp_path


@pytest.fixture
def made(source):
    """What was compiled of it."""
    folder = source / ".compiled"
    folder.mkdir()
    (folder / TAG).write_text(tag(source))
    return folder


def test_what_was_compiled_of_this_text_is_used(source, made):
    """By itself, and when it must be; not when it is not wanted."""
    assert [is_usable(wanted, made, source) for wanted in ("auto", "on", "off")] == [True, True, False]


@pytest.mark.parametrize("name", ["clock.py", "models/a.py", "realtime/b.py", "realtime/a.c"])
def test_what_was_compiled_of_another_text_is_not(source, made, name):
    """A changed file, a new one: the text counts. Whoever insists is told what to do."""
    (source / name).write_text("A = 2\n")
    assert not is_usable("auto", made, source)
    with pytest.raises(ValueError, match="is older than the source, or made for another Python: make compile"):
        is_usable("on", made, source)


def test_where_nothing_was_compiled_nothing_is_missing(source):
    """Unless one insists."""
    assert not is_usable("auto", source / ".compiled", source)
    with pytest.raises(ValueError, match="is not there: make compile"):
        is_usable("on", source / ".compiled", source)


def test_a_wrong_word_ends_the_start_with_a_sentence():
    """It names the variable, what it holds and what it may hold."""
    env = os.environ | {"QUIZHALL_COMPILED": "yes"}
    done = subprocess.run([sys.executable, "app.py", "--help"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "quizhall: QUIZHALL_COMPILED is 'yes' and may be auto, on or off\n"


def test_all_that_is_named_is_there():
    """A file that moves takes its place in the list along."""
    assert [name for name in MODULES + IN_C if not (ROOT / name).is_file()] == []


@pytest.mark.process
@pytest.mark.skipif(not has_compiler, reason="there is no C compiler, or Python's headers are not here")
def test_compiled_it_passes_the_same_tests(tmp_path):
    """In a copy of the source, so that whoever runs the tests goes on with what they had."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=lambda folder, names: NOT_COPIED if Path(folder) == ROOT else set())
    run(copy, "scripts/compile_hot.py")
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *SAME_TESTS)


def run(folder, *command):
    env = os.environ | {"QUIZHALL_COMPILED": "on" if "pytest" in command else "off", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *command], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
