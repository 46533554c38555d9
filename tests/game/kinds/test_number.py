"""Numbers: within a tolerance, within a range, closest of all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kinds import InvalidAnswer, kind_of
from game.question import Question
from game.quiz import decode_question


def question(*accepted: dict[str, float], score: str = "in_range") -> Question:
    data = {"id": "q", "kind": "number", "prompt": "?", "accepted": list(accepted), "score": score}
    return decode_question(data, lambda: "q")


def credits(asked: Question, *numbers: float, partial: bool = True) -> list[float]:
    return kind_of(asked).credits(asked, [{"number": number} for number in numbers], partial)


@pytest.mark.parametrize(
    ("accepted", "number", "fits"),
    [
        ({"value": 4}, 4, True),
        ({"value": 4}, 4.0, True),
        ({"value": 4}, 4.0001, False),
        ({"value": 0.3}, 0.1 + 0.2, True),
        ({"value": 0}, 0, True),
        ({"value": 0}, 1e-6, False),
        ({"value": 1_000_000_000}, 1_000_000_001, False),
        ({"value": 3.14, "tolerance": 0.01}, 3.15, True),
        ({"value": 3.14, "tolerance": 0.01}, 3.13, True),
        ({"value": 3.14, "tolerance": 0.01}, 3.16, False),
        ({"value": -5, "tolerance": 1}, -6, True),
        ({"min": 3, "max": 4}, 3, True),
        ({"min": 3, "max": 4}, 4, True),
        ({"min": 3, "max": 4}, 4.01, False),
        ({"min": 0.1, "max": 0.3}, 0.1 + 0.2, True),
        ({"value": 1e300, "tolerance": 1e300}, -1e300, False),
    ],
)
def test_in_range(accepted: dict[str, float], number: float, fits: bool) -> None:
    """Ends belong to the range; the noise of floats is forgiven, a difference between whole numbers is not."""
    assert credits(question(accepted), number) == [float(fits)]


def test_best_weight_wins() -> None:
    """A rough answer earns part of what the exact one does."""
    asked = question({"min": 0, "max": 10, "weight": 0.5}, {"value": 7})
    assert credits(asked, 7, 8, 11) == [1, 0.5, 0]
    assert credits(asked, 7, 8, 11, partial=False) == [1, 0, 0]


def test_closest_takes_all() -> None:
    """Everyone at the smallest distance, above or below, wins; everyone else gets nothing."""
    asked = question({"value": 100}, score="closest")
    assert credits(asked, 90, 104, 96, 96, 200) == [0, 1, 1, 1, 0]
    assert credits(asked, 100, 99.999) == [1, 0]
    assert credits(asked, 5000) == [1]
    assert credits(asked) == []


def test_closest_knows_equal_distances() -> None:
    """A tenth above and a tenth below are the same, though floats differ."""
    assert credits(question({"value": 0.3}, score="closest"), 0.4, 0.2, 0.5) == [1, 1, 0]


@given(st.lists(st.floats(-1e12, 1e12), min_size=1), st.floats(-1e12, 1e12), st.sampled_from(["in_range", "closest"]))
def test_credit_lies_between_nothing_and_all(numbers: list[float], value: float, score: str) -> None:
    """Every number has a credit; closest always has a winner."""
    given_credits = credits(question({"value": value}, score=score), *numbers)
    assert all(0 <= credit <= 1 for credit in given_credits)
    assert score == "in_range" or 1 in given_credits


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (4, "answer"),
        ({}, "answer.number"),
        ({"number": "4"}, "answer.number"),
        ({"number": True}, "answer.number"),
        ({"number": None}, "answer.number"),
        ({"number": float("nan")}, "answer.number"),
        ({"number": float("inf")}, "answer.number"),
        ({"number": 1e301}, "answer.number"),
        ({"number": 10**400}, "answer.number"),
        ({"number": 4, "unit": "m"}, "answer.unit"),
    ],
)
def test_answer_that_does_not_fit(raw: Any, field: str) -> None:
    """A malformed answer is refused with the field and the reason."""
    asked = question({"value": 4})
    with pytest.raises(InvalidAnswer) as caught:
        kind_of(asked).parse_answer(asked, raw)
    assert caught.value.field == field


@pytest.mark.parametrize(("raw", "stored"), [(4, "4"), (4.0, "4"), (-0.0, "0"), (2.5, "2.5"), (10**30, "1e+30")])
def test_one_number_has_one_form(raw: float, stored: str) -> None:
    """4 and 4.0 are stored alike."""
    asked = question({"value": 4})
    assert str(kind_of(asked).parse_answer(asked, {"number": raw})["number"]) == stored


def test_keys() -> None:
    """A number in the shape of an answer, and what is accepted where that is more than one number."""
    for accepted, key in [
        ([{"value": 4.0}], {"number": 4}),
        ([{"value": 4, "tolerance": 1}], {"number": 4, "accepted": [{"value": 4, "tolerance": 1}]}),
        ([{"min": 1, "max": 2}], {"number": 1.5, "accepted": [{"min": 1, "max": 2}]}),
        (
            [{"value": 3, "weight": 0.5}, {"value": 4}],
            {"number": 4, "accepted": [{"value": 3, "weight": 0.5}, {"value": 4}]},
        ),
    ]:
        asked = question(*accepted)
        assert kind_of(asked).key(asked) == key
    asked = question({"value": 4, "tolerance": 1}, score="closest")
    assert kind_of(asked).key(asked) == {"number": 4}


def test_distribution() -> None:
    """Equal numbers are one value, the most frequent first."""
    asked = question({"value": 4, "tolerance": 1})
    answers = [{"number": number} for number in (9, 4, 5, 4)]
    assert kind_of(asked).distribution(asked, answers)["values"] == [
        {"value": 4, "count": 2, "correct": True},
        {"value": 9, "count": 1, "correct": False},
        {"value": 5, "count": 1, "correct": True},
    ]


def test_distribution_of_closest() -> None:
    """The winners are the right ones."""
    asked = question({"value": 100}, score="closest")
    spread = kind_of(asked).distribution(asked, [{"number": 90}, {"number": 99}])
    assert [value["correct"] for value in spread["values"]] == [False, True]
    assert kind_of(asked).distribution(asked, []) == {"values": [], "other": 0}
