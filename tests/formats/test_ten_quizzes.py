"""Ten quizzes of all sorts through every format that is written: each question is there again or told."""

import pytest
from round_trips import OTHERS, plain
from ten_quizzes import TEN

import formats
from formats.markdown_html import unformatted
from game.quiz import decode_quiz, encode_quiz

WRITTEN = [name for name, format in formats.FORMATS.items() if format.is_written]
LOSSLESS = ("json", "zip", "markdown")


def test_there_are_ten_or_more_with_every_kind():
    """Of different subjects and languages."""
    assert len(TEN) >= 10
    assert len({quiz["language"] for quiz in TEN}) > 3
    kinds = {question["kind"] for quiz in TEN for question in quiz["questions"]}
    assert kinds >= {"order", "match", "categorize", "blanks", "scale", "wordcloud", "open", "number", "poll", "info"}


@pytest.mark.parametrize("quiz", TEN, ids=[quiz["title"] for quiz in TEN])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_quiz_goes_out_and_comes_in(name, quiz):
    """The same title, the same questions in the same order, the same right answers."""
    format = formats.FORMATS[name]
    exported = format.export(quiz)
    left_out = {issue.where for issue in exported.issues if issue.severity == "skipped"}
    told = {(issue.where, issue.code) for issue in exported.issues}
    places = [f"question {number}" for number in range(1, len(quiz["questions"]) + 1)]
    kept = [(place, q) for place, q in zip(places, quiz["questions"], strict=True) if place not in left_out]
    if not kept:
        with pytest.raises(formats.FormatError):
            formats.parse(exported.data, "x" + exported.extension)
        return
    (parsed,) = formats.parse(exported.data, "x" + exported.extension)
    assert not parsed.skipped, parsed.issues
    questions = [{n: v for n, v in question.items() if n != "_where"} for question in parsed.questions]
    names = iter([question["id"] for _, question in kept])
    whole = {"title": parsed.title, "language": parsed.language, "description": parsed.description}
    found = encode_quiz(decode_quiz(whole | {"tags": parsed.tags, "questions": questions}, lambda: next(names)))
    if name in LOSSLESS:
        assert found == quiz
        return
    for (place, before), after in zip(kept, found["questions"], strict=True):
        lost = {code for where, code in told if where == place}
        if lost & {"poll", "words_lost", "kind_changed"}:
            continue
        read_plain = {field: value for field, value in unformatted(before).items() if field != "markup"}
        expected, read = plain(read_plain, OTHERS[name][1], lost), plain(after, OTHERS[name][1], lost)
        assert read == {field: expected[field] for field in read}, place
