"""Choosing: single, multi, true_false and poll."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kinds import InvalidAnswer, kind_of
from game.question import Choice, Question
from game.quiz import decode_question

INDEX = dict(zip("ABCD", range(4), strict=True))


def question(
    kind: str = "single", right: str = "A", count: int = 4, weights: dict[str, float] | None = None
) -> Question:
    """Choices A, B, C …, of which those in `right` are right."""
    choices = [
        {"text": letter, "correct": letter in right, "weight": (weights or {}).get(letter)}
        for letter in "ABCDEFGHIJKL"[:count]
    ]
    return decode_question({"id": "q", "kind": kind, "prompt": "?", "choices": choices}, lambda: "q")


def credit(asked: Question, chosen: str, partial: bool = True) -> float:
    return kind_of(asked).credit(asked, {"choices": [INDEX[letter] for letter in chosen.split()]}, partial)


MULTI = question("multi", "AB")
WEIGHTED = question("multi", "AB", weights={"A": 0.5, "B": 0.5, "C": -0.25})


@pytest.mark.parametrize(
    ("chosen", "plain", "weighted", "whole"),
    [
        ("A B", 1, 1, 1),
        ("A", 0.5, 0.5, 0),
        ("A C", 0, 0.25, 0),
        ("A B C", 0.5, 0.75, 0),
        ("A B D", 0.5, 1, 0),
        ("C D", 0, 0, 0),
    ],
)
def test_multi_as_in_the_document(chosen: str, plain: float, weighted: float, whole: float) -> None:
    """The worked examples of docs/scoring.md."""
    assert credit(MULTI, chosen) == pytest.approx(plain)
    assert credit(WEIGHTED, chosen) == pytest.approx(weighted)
    assert credit(MULTI, chosen, partial=False) == whole


def test_three_thirds_are_one() -> None:
    """Shares that floats cannot hold still add up to everything."""
    for count in range(2, 12):
        asked = question("multi", "ABCDEFGHIJKL"[:count], count + 1)
        assert kind_of(asked).credit(asked, {"choices": list(range(count))}, True) == 1


def test_single_right_or_wrong() -> None:
    """A right choice is worth 1, each of several; a wrong one nothing."""
    asked = question("single", "AB")
    assert [credit(asked, letter) for letter in "ABC"] == [1, 1, 0]


def test_single_with_weights() -> None:
    """A weight gives part of the credit and never takes any away."""
    asked = question("single", "A", weights={"B": 0.5, "C": -0.5})
    assert [credit(asked, letter) for letter in "ABCD"] == [1, 0.5, 0, 0]
    assert [credit(asked, letter, partial=False) for letter in "ABCD"] == [1, 0, 0, 0]


def test_poll_has_no_credit_and_no_key() -> None:
    """Nothing in a poll is right."""
    asked = question("poll", "")
    assert credit(asked, "A") == 0
    assert kind_of(asked).key(asked) is None
    assert not kind_of(asked).graded


@given(
    st.lists(st.tuples(st.booleans(), st.none() | st.floats(0.01, 1)), min_size=2, max_size=6),
    st.sampled_from(["single", "multi"]),
    st.booleans(),
    st.data(),
)
def test_credit_lies_between_nothing_and_all(
    made: list[tuple[bool, float | None]], kind: str, partial: bool, data: st.DataObject
) -> None:
    """Whatever the weights and whatever is chosen."""
    choices = [Choice("x", right, weight if right or weight is None else -weight) for right, weight in made]
    choices[0] = Choice("x", True)
    asked = Question(id="q", kind=kind, prompt="?", choices=tuple(choices))
    chosen = data.draw(st.sets(st.integers(0, len(choices) - 1), min_size=1))
    assert 0 <= kind_of(asked).credit(asked, {"choices": sorted(chosen)}, partial) <= 1


@pytest.mark.parametrize("kind", ["single", "multi", "true_false", "poll"])
@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (None, "answer"),
        ([0], "answer"),
        ({}, "answer.choices"),
        ({"choice": [0]}, "answer.choice"),
        ({"choices": [0], "text": "A"}, "answer.text"),
        ({"choices": 0}, "answer.choices"),
        ({"choices": None}, "answer.choices"),
        ({"choices": "0"}, "answer.choices"),
        ({"choices": []}, "answer.choices"),
        ({"choices": [2]}, "answer.choices"),
        ({"choices": [-1]}, "answer.choices"),
        ({"choices": ["0"]}, "answer.choices"),
        ({"choices": [0.0]}, "answer.choices"),
        ({"choices": [True]}, "answer.choices"),
        ({"choices": [None]}, "answer.choices"),
        ({"choices": [[]]}, "answer.choices"),
        ({"choices": [0, 0]}, "answer.choices"),
    ],
)
def test_answer_that_does_not_fit(kind: str, raw: Any, field: str) -> None:
    """A malformed answer is refused with the field and the reason."""
    asked = question(kind, "" if kind == "poll" else "A", 2)
    with pytest.raises(InvalidAnswer) as caught:
        kind_of(asked).parse_answer(asked, raw)
    assert caught.value.field == field
    assert caught.value.reason


@pytest.mark.parametrize("kind", ["single", "true_false", "poll"])
def test_one_choice_only(kind: str) -> None:
    """Two choices are an answer to multi and to nothing else."""
    asked = question(kind, "" if kind == "poll" else "A", 2)
    with pytest.raises(InvalidAnswer, match="exactly one choice, not 2"):
        kind_of(asked).parse_answer(asked, {"choices": [0, 1]})
    multi = question("multi")
    assert kind_of(multi).parse_answer(multi, {"choices": [2, 0]}) == {"choices": [0, 2]}


def test_keys() -> None:
    """The key has the shape of an answer; where several are right and one is asked for, it lists them."""
    for kind, right, key in [
        ("single", "B", {"choices": [1]}),
        ("single", "BC", {"choices": [1], "accepted": [1, 2]}),
        ("multi", "BC", {"choices": [1, 2]}),
    ]:
        asked = question(kind, right)
        assert kind_of(asked).key(asked) == key


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_who_chose_something_is_told_what_the_author_says_of_it(kind: str) -> None:
    """With the key, once the round is over; never of a poll."""
    choices: list[dict[str, Any]] = [{"text": "a", "correct": True}, {"text": "b", "feedback": "Nearly."}]
    asked = decode_question({"kind": kind, "prompt": "?", "choices": choices}, lambda: "q")
    assert kind_of(asked).key(asked) == {"choices": [0], "feedback": {"1": "Nearly."}}
    del choices[0]["correct"]
    poll = decode_question({"kind": "poll", "prompt": "?", "choices": choices}, lambda: "q")
    assert kind_of(poll).key(poll) is None


def test_order_is_shuffled_once_and_for_all() -> None:
    """The given shuffle decides; without one the author's order stays."""
    asked = question()
    assert kind_of(asked).order(asked, None) is None
    assert kind_of(asked).order(asked, list.reverse) == (3, 2, 1, 0)


def test_true_before_false() -> None:
    """A true_false question is never shuffled."""
    asked = question("true_false", "A", 2)
    assert kind_of(asked).order(asked, list.reverse) is None


def test_public_shows_no_key() -> None:
    """What participants get names each field, and neither right nor weight nor feedback is among them."""
    asked = question(weights={"B": 0.5})
    view = kind_of(asked).public(asked, (1, 0, 3, 2), with_choices=True, show_text=True)
    assert view == {
        "id": "q",
        "kind": "single",
        "prompt": "?",
        "time_limit_s": 20,
        "points": 1000,
        "choices": [
            {"index": 1, "text": "B"},
            {"index": 0, "text": "A"},
            {"index": 3, "text": "D"},
            {"index": 2, "text": "C"},
        ],
    }


def test_public_while_reading() -> None:
    """Before the round opens there are no choices."""
    asked = question()
    assert "choices" not in kind_of(asked).public(asked, None, with_choices=False, show_text=True)


def test_public_without_text() -> None:
    """Where the question stands on the screen only, a phone gets the indexes."""
    asked = question("poll", "", 2)
    view = kind_of(asked).public(asked, None, with_choices=True, show_text=False)
    assert view["prompt"] is None
    assert view["choices"] == [{"index": 0, "text": None}, {"index": 1, "text": None}]
    assert view["points"] == 0


def test_distribution_counts_by_the_authors_index() -> None:
    """One count a choice, also for those that nobody took."""
    answers = [{"choices": [0, 2]}, {"choices": [2]}]
    assert kind_of(MULTI).distribution(MULTI, answers) == {"counts": [1, 0, 2, 0], "other": 0}
