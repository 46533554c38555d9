"""Putting in order: places count, equal texts are one, and nobody finds it solved."""

import random

import pytest
from sample_kinds import ORDER

from game.kinds import InvalidAnswer, kind_of
from game.quiz import QuizError, decode_question

KIND = kind_of(decode_question(ORDER, lambda: "q"))


def asked(*items):
    return decode_question(ORDER | {"items": list(items)}, lambda: "q")


def credit(question, *order):
    return KIND.credit(question, {"order": list(order)}, True)


def test_what_stands_at_its_place_counts():
    """A wrong one takes nothing from the others."""
    question = asked("a", "b", "c", "d")
    assert [credit(question, *order) for order in ((0, 1, 2, 3), (1, 0, 2, 3), (3, 2, 1, 0))] == [1, 0.5, 0]
    assert KIND.credit(question, {"order": [1, 0, 2, 3]}, False) == 0


def test_equal_texts_may_change_places():
    """Nobody can tell them apart."""
    question = asked("a", "b", "a")
    assert credit(question, 2, 1, 0) == 1
    assert KIND.distribution(question, [{"order": [2, 1, 0]}]) == {"counts": [1, 1, 1], "other": 0}


def test_nobody_finds_it_solved():
    """Whatever chance does, three items and more stand in another order than the right one."""
    for shuffle in (lambda items: None, list.reverse, random.Random(7).shuffle):
        mixed = KIND.mix(asked("a", "b", "c"), shuffle, False)
        view = KIND.public(mixed, None, with_choices=True, show_text=False)
        assert [item["index"] for item in view["items"]] == [0, 1, 2]
        assert [item["text"] for item in view["items"]] != ["a", "b", "c"]


def test_answers_and_counts_go_by_the_wire_and_results_by_the_author():
    """The same answer, once as it is sent and once as its author counts."""
    mixed = KIND.mix(asked("a", "b", "c"), list.reverse, False)
    key = KIND.key(mixed)
    assert key == {"order": [2, 1, 0]}
    half = {"order": [2, 0, 1]}
    assert KIND.authored(mixed, half) == {"order": [0, 2, 1]}
    spread = KIND.distribution(mixed, [key, half])
    assert spread == {"counts": [1, 1, 2], "other": 0}
    assert KIND.authored_distribution(mixed, spread) == {"counts": [2, 1, 1], "other": 0}
    assert KIND.told(mixed, half) == "1. a, 2. c, 3. b"
    assert [(line.text, line.count) for line in KIND.lines(mixed, spread, key)] == [
        ("1. a", 2),
        ("2. b", 1),
        ("3. c", 1),
    ]


@pytest.mark.parametrize("order", [None, "0", [0, 1], [0, 1, 1], [0, 1, 3], [0, 1, True], [0, 1, 2, 2], [0.0, 1, 2]])
def test_answer_that_does_not_fit(order):
    """All items, each once."""
    with pytest.raises(InvalidAnswer, match=r"answer\.order"):
        KIND.parse_answer(asked("a", "b", "c"), {"order": order})


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ([], "items"),
        (["a"], "items"),
        (["a", "a"], "items"),
        (["a", ""], "items[1]"),
        (["a", 3], "items[1]"),
        ("ab", "items"),
    ],
)
def test_question_that_does_not_fit(items, where):
    """With the place of the fault."""
    with pytest.raises(QuizError) as caught:
        decode_question(ORDER | {"items": items}, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == [where]
