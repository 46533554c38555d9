"""A scale: whole steps, counted and averaged, never graded."""

import pytest
from sample_kinds import SCALE

from game.kinds import InvalidAnswer, kind_of
from game.quiz import QuizError, decode_draft, decode_question

QUESTION = decode_question(SCALE, lambda: "q")
KIND = kind_of(QUESTION)


def test_steps_are_counted_and_averaged():
    """From min on; a mean of nobody is none."""
    answers = [{"number": number} for number in (1, 5, 5)]
    assert KIND.distribution(QUESTION, answers) == {"counts": [1, 0, 0, 0, 2], "other": 0, "mean": 3.667}
    assert KIND.distribution(QUESTION, []) == {"counts": [0] * 5, "other": 0, "mean": None}
    assert KIND.credits(QUESTION, answers, True) == [0, 0, 0]


def test_ends_are_told_with_their_labels():
    """A number says little by itself."""
    assert [KIND.told(QUESTION, {"number": number}) for number in (1, 3, 5)] == ["1 – not at all", "3", "5 – very"]


def test_a_long_scale_is_told_by_what_was_chosen():
    """And by its ends; a short one step by step."""
    for top, told in ((10, list(range(11))), (11, [0, 4, 11])):
        question = decode_question(SCALE | {"min": 0, "max": top, "labels": {}}, lambda: "q")
        lines = KIND.lines(question, KIND.distribution(question, [{"number": 4}]), None)
        assert [(line.text, line.count) for line in lines] == [(str(number), int(number == 4)) for number in told]


def test_labels_are_hidden_with_the_question():
    """The phone still knows the steps."""
    view = KIND.public(QUESTION, None, with_choices=True, show_text=False)
    assert (view["min"], view["max"], view["labels"], view["points"]) == (1, 5, {"min": None, "max": None}, 0)


def test_whole_numbers_only():
    """3.0 is one, as some clients write it."""
    assert KIND.parse_answer(QUESTION, {"number": 3.0}) == {"number": 3}
    for number in (0, 6, 2.5, "3", True, None, float("nan"), float("inf")):
        with pytest.raises(InvalidAnswer, match=r"answer\.number"):
            KIND.parse_answer(QUESTION, {"number": number})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"min": None}, "min"),
        ({"min": 5}, "max"),
        ({"max": 22}, "max"),
        ({"min": -101}, "min"),
        ({"min": 1.5}, "min"),
        ({"labels": {"middle": "x"}}, "labels.middle"),
        ({"labels": ["x"]}, "labels"),
        ({"labels": {"min": "x" * 61}}, "labels.min"),
    ],
)
def test_question_that_does_not_fit(change, where):
    """With the place of the fault."""
    with pytest.raises(QuizError) as caught:
        decode_question(SCALE | change, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == [where]


def test_an_end_that_is_not_chosen_stays_open():
    """A draft is not finished by saving it twice."""
    content = {"title": "t", "questions": [{"kind": "scale", "prompt": "?", "max": 5}]}
    for _ in range(2):
        draft = decode_draft(content, lambda: "q")
        assert [(problem.where, problem.is_unfinished) for problem in draft.problems] == [("questions[0].min", True)]
        content = draft.content
