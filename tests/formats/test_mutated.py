"""Good files, broken as disks and downloads break them: each ends in questions that add up or in one sentence."""

import json
import random
from pathlib import Path

import pytest
from workbooks import kahoot, repacked

import formats

ROUNDS = 40
"""Of each kind of damage for each file."""

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
ROWS = [["Capital of Australia?", "Sydney", "Canberra", "Perth", None, 20, 2], ["1.3?", 1, 2.5, True, "=A1", "30", 1.3]]
CSV = 'Question;Answer 1;Answer 2;Time;Correct\r\nGröße?;ja;nein;20;1\r\n"a;\nb";c;d;5;1,2\r\n'
GIFT = "::T:: Größe {=ja ~%50%nein#so}\n\n// c\nx {#3:0.1}\n\n$CATEGORY: a/b\n\n[html]y<b>z</b> {T}\n"
JSON = json.dumps({"title": "T", "questions": [{"kind": "text", "prompt": "p", "accepted": ["é", {"text": "x"}]}]})
GOOD = {
    "a.xlsx": kahoot(*ROWS),
    "a.csv": CSV.encode("cp1252"),
    "a.gift": GIFT.encode(),
    "a.json": JSON.encode(),
}


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def splice(data: bytes, chance: random.Random) -> bytes:
    """A piece of it stands somewhere else as well."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    return data[:at] + data[start : start + chance.randrange(200)] + data[at + chance.randrange(50) :]


def within(data: bytes, chance: random.Random) -> bytes:
    """A part of a zip is broken and the zip around it is whole; else the same as `flip`."""
    if not data.startswith(b"PK"):
        return flip(data, chance)
    damage = chance.choice((cut, flip, splice))
    return repacked(data, lambda _, part: damage(part, chance) if part and chance.random() < 0.3 else part)


def read(data: bytes, name: str) -> str | list[formats.Parsed]:
    """The quizzes, or the sentence that refuses the file."""
    try:
        return formats.parse(data, name)
    except formats.FormatError as error:
        return str(error)


def check(data: bytes, name: str) -> None:
    found = read(data, name)
    if isinstance(found, str):
        assert found.endswith(".")
        assert "\n" not in found
        return
    for quiz in found:
        assert quiz.found == len(quiz.questions) + quiz.skipped
        assert all(question["_where"] for question in quiz.questions)


@pytest.mark.parametrize("damage", [cut, flip, splice, within])
@pytest.mark.parametrize("name", GOOD)
def test_a_damaged_file_ends_in_one_sentence(name, damage):
    """The same damage in every run, so that what fails can be found again."""
    chance = random.Random(f"{name} {damage.__name__}")
    for _ in range(ROUNDS):
        check(damage(GOOD[name], chance), name)


@pytest.mark.skipif(not SAMPLES.exists(), reason=f"the shared samples are not there: {SAMPLES}")
def test_damaged_real_files_end_in_one_sentence():
    """One damage of each kind to every real file."""
    for path in sorted(path for path in SAMPLES.rglob("*.*") if path.is_file() and path.stat().st_size < 60_000):
        chance = random.Random(path.name)
        for damage in (cut, flip, splice, within):
            check(damage(path.read_bytes(), chance), path.name)
