"""Files are read in children: whatever a file does to its reader, there is one sentence, and the service lives."""

import asyncio
import sys
from pathlib import Path

import pytest

from services import file_child
from services.errors import Invalid
from services.file_child import CPU_WITH_MEDIA_S, MEMORY
from services.file_reader import AT_A_TIME, FileReader

BOUND = "from services.file_child import bound; bound(); "


def reader(code: str, patience_s: float = 60) -> FileReader:
    """One whose child runs this instead."""
    return FileReader((sys.executable, "-c", code), patience_s)


@pytest.mark.gen_test
async def test_a_file_is_read_in_a_child():
    """With the same result as here."""
    (quiz,) = await FileReader().read(b"2 + 2? {=4 ~5}\n", "sums.gift")
    assert quiz.title == "sums"
    assert [question["prompt"] for question in quiz.questions] == ["2 + 2?"]


@pytest.mark.gen_test
async def test_a_refusal_comes_over_with_its_field():
    """Like from a call."""
    with pytest.raises(Invalid) as refused:
        await FileReader().read(b"2 + 2? {=4 ~5}", "a.gift", "docx")
    assert "docx" in refused.value.message


@pytest.mark.parametrize(
    ("code", "patience_s"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 60),
        ("raise SystemExit(3)", 60),
        ("print('no JSON')", 60),
        ("import time; time.sleep(60)", 0.5),
        (BOUND + "import tempfile; tempfile.TemporaryFile(buffering=0).write(b'x')", 60),
        (BOUND + f"bytearray({MEMORY})", 60),
        (BOUND + "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass", 60),
    ],
    ids=["killed", "gone", "talks", "hangs", "writes", "swells", "spins"],
)
@pytest.mark.gen_test
async def test_a_child_that_goes_wrong_ends_in_one_sentence(code, patience_s, tmp_path):
    """It may not even write a file, and it takes neither more memory nor more time than it has."""
    with pytest.raises(Invalid, match="could not be read in a reasonable time"):
        await reader(code, patience_s).read(b"x", "a.gift")
    # It could make the file, but not put anything into it.
    mark = Path(file_child.__file__).parent.parent / "quizhall-was-here.txt"
    assert not mark.exists() or mark.stat().st_size == 0
    mark.unlink(missing_ok=True)


def test_a_child_may_compute_for_less_than_it_is_waited_for():
    """So that what spins ends by itself."""
    assert 0 < CPU_WITH_MEDIA_S < FileReader()._patience_s


@pytest.mark.gen_test
async def test_a_few_children_run_at_a_time(tmp_path):
    """Each leaves a mark while it runs, and says how many it saw."""
    code = (
        "import os, sys, time, pathlib, json; sys.stdin.buffer.read();"
        f"here = pathlib.Path({str(tmp_path)!r}); mine = here / str(os.getpid()); mine.touch(); time.sleep(0.2);"
        "seen = len(list(here.iterdir())); mine.unlink(); print(json.dumps({'refused': str(seen)}))"
    )
    busy = reader(code)
    said = await asyncio.gather(*(busy.read(b"x", "a") for _ in range(6)), return_exceptions=True)
    assert max(int(refusal.message) for refusal in said) <= AT_A_TIME
