"""What is exported and imported again is the same quiz, for every kind that a format holds, whatever its texts are."""

import pytest
from any_quiz import KEYS, quizzes
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from round_trips import OTHERS, is_plain, plain

import formats
from formats.text import normalise
from game.quiz import decode_quiz, encode_quiz

ALL = tuple(KEYS)
# As far as each goes without a loss.
HELD = {"json": ALL, "zip": ALL, "markdown": ALL}


def again(name: str, quiz: dict) -> dict:
    """The quiz after a way out and in."""
    format = formats.FORMATS[name]
    exported = format.export(quiz)
    assert not [issue for issue in exported.issues if issue.severity == "skipped"], exported.issues
    (parsed,) = formats.parse(exported.data, "x" + exported.extension)
    questions = [{n: v for n, v in entry.items() if n != "_where"} for entry in parsed.questions]
    assert not parsed.skipped, (parsed.issues, exported.data.decode())
    about = {"title": parsed.title, "description": parsed.description, "language": parsed.language}
    names = iter(question["id"] for question in quiz["questions"])
    found = decode_quiz(about | {"tags": parsed.tags, "questions": questions}, lambda: next(names))
    return encode_quiz(found)


def as_text(value):
    """As a text file has it: one kind of line end, composed letters."""
    if isinstance(value, str):
        return normalise(value).strip()
    if isinstance(value, dict):
        return {name: as_text(entry) for name, entry in value.items()}
    return [as_text(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["json", "zip"])
@given(data=st.data())
def test_our_own_files_lose_nothing(name, data):
    """Not even the shape of a letter."""
    quiz = data.draw(quizzes(*ALL))
    assert again(name, quiz) == quiz


@pytest.mark.parametrize("kind", HELD["markdown"])
@settings(max_examples=25)
@given(data=st.data())
def test_markdown_comes_back_kind_by_kind(kind, data):
    """With time, points, notes, feedback and the name of its picture."""
    quiz = as_text(data.draw(quizzes(kind)))
    expected = quiz | {"title": " ".join(quiz["title"].split())}
    assert again("markdown", quiz) == expected


CASES = [(name, kind) for name, (kinds, _) in OTHERS.items() for kind in kinds]


@pytest.mark.parametrize(("name", "kind"), CASES, ids=[f"{name} {kind}" for name, kind in CASES])
@settings(max_examples=15, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_the_formats_of_others_come_back_kind_by_kind(name, kind, data):
    """Whatever the texts are; blanks may be joined, and what the file says it left out is not expected."""
    quiz = data.draw(quizzes(kind).filter(is_plain))
    for question in quiz["questions"]:
        question.pop("markup", None)
    format = formats.FORMATS[name]
    exported = format.export(quiz)
    left_out = {issue.where for issue in exported.issues if issue.severity == "skipped"}
    told = {(issue.where, issue.code) for issue in exported.issues}
    kept = [
        (f"question {at}", q) for at, q in enumerate(quiz["questions"], start=1) if f"question {at}" not in left_out
    ]
    if not kept:
        return
    (parsed,) = formats.parse(exported.data, "x" + exported.extension)
    assert not parsed.skipped, (parsed.issues, exported.data.decode(errors="replace"))
    codes = [{code for place, code in told if place == where} for where, _ in kept]
    assert len(parsed.questions) == len(kept)
    found = [plain(question, OTHERS[name][1], lost) for question, lost in zip(parsed.questions, codes, strict=True)]
    expected = [plain(question, OTHERS[name][1], lost) for (_, question), lost in zip(kept, codes, strict=True)]
    for read, wanted in zip(found, expected, strict=True):
        assert read == {name: wanted[name] for name in read}
