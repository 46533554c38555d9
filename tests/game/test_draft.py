"""Drafts: what an author may leave for later, and what is no quiz at all."""

from typing import Any

import pytest

from game.quiz import QuizError, decode_draft, decode_quiz

CHOICES = [{"text": "3"}, {"text": "4", "correct": True}]
SINGLE = {"id": "q1", "kind": "single", "prompt": "2 + 2 = ?", "choices": CHOICES}


def draft(*questions: Any, **fields: Any) -> tuple[dict[str, Any], list[str]]:
    """(the draft as it is kept, the places of what is left to do)."""
    read = decode_draft({"title": "Sums", "questions": list(questions)} | fields, lambda: "new")
    return read.content, [problem.where for problem in read.problems]


def refused(data: dict[str, Any]) -> list[str]:
    with pytest.raises(QuizError) as caught:
        decode_draft(data, lambda: "new")
    return [problem.where for problem in caught.value.problems]


def test_a_finished_quiz_has_nothing_left_to_do() -> None:
    """And is kept exactly as one that is stored whole."""
    kept, left = draft(SINGLE)
    assert left == []
    assert decode_quiz(kept, lambda: "new") == decode_quiz({"title": "Sums", "questions": [SINGLE]}, lambda: "new")


def test_an_empty_quiz_is_a_draft() -> None:
    """It has every field, and says that title and questions are to come."""
    empty = decode_draft({}, lambda: "new")
    assert empty.content == {"title": "", "description": "", "language": "en", "tags": [], "questions": []}
    assert [problem.where for problem in empty.problems] == ["title", "questions"]


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ({"kind": "single"}, ["prompt", "choices", "choices"]),
        (SINGLE | {"choices": [{"text": ""}, {"text": "4", "correct": True}]}, ["choices[0].text"]),
        (SINGLE | {"choices": [{"text": "3"}, {"text": "4"}]}, ["choices"]),
        (SINGLE | {"points": 99999}, ["points"]),
        (SINGLE | {"time_limit_s": 0}, ["time_limit_s"]),
        ({"kind": "text", "prompt": "Capital?", "accepted": [""]}, ["accepted[0]"]),
        ({"kind": "number", "prompt": "Pi?", "accepted": [{"tolerance": 1}]}, ["accepted[0].value"]),
        ({"kind": "number", "prompt": "Pi?", "accepted": [{"min": 3}]}, ["accepted[0].max"]),
        ({"kind": "info"}, ["prompt"]),
    ],
)
def test_what_may_wait(question: dict[str, Any], where: list[str]) -> None:
    """It is named, and kept as it was written: what was empty stays empty."""
    kept, left = draft(question)
    assert left == [f"questions[0].{place}" for place in where]
    named = {place.partition("[")[0] for place in where} & set(question)
    assert {name: kept["questions"][0][name] for name in named} == {name: question[name] for name in named}
    # Kept, it reads the same again.
    assert decode_draft(kept, lambda: "new").content == kept


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ({}, "kind"),
        ({"kind": "riddle"}, "kind"),
        (SINGLE | {"prompt": 7}, "prompt"),
        (SINGLE | {"prompt": "x" * 2001}, "prompt"),
        (SINGLE | {"colour": "red"}, "colour"),
        (SINGLE | {"choices": "ab"}, "choices"),
        (SINGLE | {"accepted": ["4"]}, "accepted"),
    ],
)
def test_what_no_author_could_finish(question: dict[str, Any], where: str) -> None:
    """Wrong shapes, unknown fields and texts beyond every limit are refused, and nothing else is named."""
    assert refused({"title": "", "questions": [question]}) == [f"questions[0].{where}"]


def test_two_questions_of_one_id_are_no_draft() -> None:
    """Nothing could say which of them is meant."""
    assert refused({"title": "Sums", "questions": [SINGLE, SINGLE]}) == ["questions[1].id"]


def test_what_is_no_quiz_is_no_draft() -> None:
    """Questions that are no list, a question that is no object."""
    assert refused({"questions": "many"}) == ["questions"]
    assert refused({"questions": ["2 + 2 = ?"]}) == ["questions[0]"]
