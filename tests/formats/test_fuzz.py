"""Ten thousand broken files: each ends in questions that add up or in one sentence, soon and in little memory.

The same ones in every run; more with `FUZZ_CASES=1000000 FUZZ_SEED=7 pytest tests/formats/test_fuzz.py`.
"""

import os
import random
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from small_files import SMALL_FILES
from workbooks import repacked

import formats

CASES = int(os.environ.get("FUZZ_CASES", "10000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
BATCHES = 20
# One that takes longer hangs, whatever else the machine does.
PATIENCE_S = 20
MEMORY = 400 * 1024 * 1024
PACKED_SHARE = 0.12
SENTENCE_MOST = 500
SHARED = Path(__file__).resolve().parents[3] / "shared" / "samples"
LARGEST = 6_000
LARGEST_AT_ALL = 60_000
SIGNS = "{ } = ~ # -> :: %50% < > & ; , \t \" ' [ ] ( ) - [x] ANSWER: ``` --- * _ \\ $ 9999999999"
TOKENS = [token.encode() for token in SIGNS.split(" ")]
TOKENS += [b"\n", b"\n\n", b"\x00", b"\xff\xfe", "é".encode(), "\u202e".encode(), b"[" * 200, b"{" * 200, b"<a>" * 100]


def all_files() -> tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]:
    """(texts, packages) with their names."""
    files = list(SMALL_FILES.items())
    if SHARED.exists():
        paths = sorted(path for path in SHARED.rglob("*.*") if path.is_file() and path.stat().st_size <= LARGEST)
        files += [(path.name, path.read_bytes()) for path in paths if path.name != "README.md"]
    packed = [(name, data) for name, data in files if data.startswith(b"PK")]
    return [(name, data) for name, data in files if not data.startswith(b"PK")], packed


TEXTS, PACKAGES = all_files()


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def splice(data: bytes, chance: random.Random) -> bytes:
    """A piece of another file stands in it."""
    _, other = chance.choice(TEXTS)
    start, at = chance.randrange(len(other)), chance.randrange(len(data))
    return data[:at] + other[start : start + chance.randrange(300)] + data[at + chance.randrange(60) :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A piece of it comes again and again."""
    start = chance.randrange(len(data))
    piece = data[start : start + 1 + chance.randrange(40)]
    return data[:start] + piece * chance.choice((2, 10, 100)) + data[start:]


def insert(data: bytes, chance: random.Random) -> bytes:
    """Signs that mean something somewhere."""
    for _ in range(chance.choice((1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(TOKENS) + data[at:]
    return data


DAMAGES = (cut, flip, splice, repeat, insert)


def damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2))):
        data = chance.choice(DAMAGES)(data, chance) or b"x"
    return data


def damaged_within(data: bytes, chance: random.Random) -> bytes:
    """A part is broken and the zip around it is whole, else the parts would hardly be looked at."""
    if chance.random() < 0.3:
        return damaged(data, chance)
    return repacked(data, lambda _, part: damaged(part, chance) if part and chance.random() < 0.4 else part)


def case(number: int) -> tuple[str, bytes]:
    """The file of this number, always the same."""
    chance = random.Random(f"{SEED} {number}")
    if chance.random() < PACKED_SHARE:
        name, data = chance.choice(PACKAGES)
        return name, damaged_within(data, chance)
    name, data = chance.choice(TEXTS)
    return name, damaged(data, chance)


@contextmanager
def patience(number: object) -> Iterator[None]:
    def give_up(signum: int, frame: FrameType | None) -> None:
        raise AssertionError(f"case {number} of seed {SEED} hangs")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(number: int) -> None:
    format = random.Random(number).choice((None, None, None, *formats.FORMATS))
    read(*case(number), format, number)


def read(name: str, data: bytes, format: str | None, number: object) -> None:
    with patience(number):
        try:
            found = formats.parse(data, name, format)
        except formats.FormatError as error:
            sentence = str(error)
        else:
            sentence = "."
            assert all(quiz.found == len(quiz.questions) + quiz.skipped for quiz in found), number
            assert all(question["_where"] for quiz in found for question in quiz.questions), number
    assert sentence.endswith("."), (number, sentence)
    assert "\n" not in sentence, (number, sentence)
    assert len(sentence) < SENTENCE_MOST, (number, sentence)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_broken_file_ends_in_one_sentence(batch):
    """Cut, flipped, spliced with others, repeated, with signs of every format in it; also read as what it is not."""
    for number in range(batch, CASES, BATCHES):
        try:
            check(number)
        except AssertionError:
            raise
        except Exception as error:
            raise AssertionError(f"case {number} of seed {SEED}: {case(number)}") from error
    # ru_maxrss is in KiB here.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < MEMORY + BASE


@pytest.mark.skipif(not SHARED.exists(), reason=f"the shared samples are not there: {SHARED}")
def test_larger_real_files_that_are_damaged_end_in_one_sentence():
    """One damage of each kind to each of them."""
    paths = sorted(path for path in SHARED.rglob("*.*") if path.is_file())
    for path in (path for path in paths if LARGEST < path.stat().st_size < LARGEST_AT_ALL):
        data, chance = path.read_bytes(), random.Random(path.name)
        for damage in (*DAMAGES, damaged_within if data.startswith(b"PK") else damaged):
            read(path.name, damage(data, chance), None, f"{path.name} {damage.__name__}")


BASE = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
WATCHED = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.mkdir", "os.remove", "os.rename", "shutil.")
_seen: list[str] = []
_is_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """There is no way to take an audit hook away again, so it asks whether it is wanted."""
    if not _is_watching:
        return
    opens_to_write = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if opens_to_write or event.startswith(WATCHED):
        _seen.append(f"{event} {arguments}")


def test_no_importer_opens_a_socket_or_writes_a_file():
    """Nor starts a program, whatever the file asks for."""
    global _is_watching
    sys.addaudithook(_watch)
    for number in range(100):
        check(number)
    _is_watching = True
    try:
        for number in range(400):
            check(number)
        for name, data in TEXTS + PACKAGES:
            try:
                formats.parse(data, name)
            except formats.FormatError:
                continue
    finally:
        _is_watching = False
    assert _seen == []
