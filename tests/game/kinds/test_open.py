"""Open: whatever somebody has to say."""

import pytest
from sample_kinds import OPEN

from game.kinds import InvalidAnswer, kind_of
from game.quiz import decode_question

QUESTION = decode_question(OPEN, lambda: "q")
KIND = kind_of(QUESTION)


def test_texts_alike_are_one():
    """Nothing of it is right."""
    answers = [{"text": text} for text in ("A lot.", "a  lot.", "Nothing")]
    values = KIND.distribution(QUESTION, answers)["values"]
    assert [(entry["value"], entry["count"], entry["correct"]) for entry in values] == [
        ("A lot.", 2, False),
        ("Nothing", 1, False),
    ]
    assert KIND.credits(QUESTION, answers, True) == [0, 0, 0]


@pytest.mark.parametrize("text", ["", "  ", "x" * 501, None, 3, "a\x07"])
def test_answer_that_does_not_fit(text):
    """1 to 500 characters; lines are fine."""
    assert KIND.parse_answer(QUESTION, {"text": " a\nb "}) == {"text": "a\nb"}
    with pytest.raises(InvalidAnswer, match=r"answer\.text"):
        KIND.parse_answer(QUESTION, {"text": text})
