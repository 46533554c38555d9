"""Typing: what counts as the same text and what it is worth."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kinds import InvalidAnswer, kind_of
from game.question import AcceptedText, Question
from game.quiz import decode_question


def question(*accepted: Any, match: str = "ignore_case") -> Question:
    data = {"id": "q", "kind": "text", "prompt": "?", "accepted": list(accepted), "match": match}
    return decode_question(data, lambda: "q")


def credit(asked: Question, text: str, partial: bool = True) -> float:
    return kind_of(asked).credit(asked, {"text": text}, partial)


@pytest.mark.parametrize(
    ("match", "accepted", "typed", "fits"),
    [
        ("exact", "Paris", "Paris", True),
        ("exact", "Paris", "  Paris ", True),
        ("exact", "New York", "New  York", True),
        ("exact", "Paris", "paris", False),
        ("exact", "é", "e\u0301", True),
        ("ignore_case", "Paris", "pARIS", True),
        ("ignore_case", "Straße", "STRASSE", True),
        ("ignore_case", "ＡＢＣ", "abc", True),
        ("ignore_case", "don't", "don’t", True),
        ("ignore_case", "Austria-Hungary", "austria–hungary", True),
        ("ignore_case", "Paris", "Pa\u00adris\u200b", True),
        ("ignore_case", "résumé", "resume", False),
        ("ignore_case", "a*", "ab", False),
        ("wildcard", "col*r", "COLOUR", True),
        ("wildcard", "col*r", "color", True),
        ("wildcard", "col*r", "colours", False),
        ("wildcard", "*nile*", "the Nile river", True),
        ("wildcard", "* nile", "the  Nile", True),
        ("wildcard", "*", "anything", True),
        ("wildcard", "ab*ba", "aba", False),
        ("wildcard", "a*b*c", "a b b c", True),
        ("wildcard", "a*bc*c", "abc", False),
        ("wildcard", r"5\*5", "5*5", True),
        ("wildcard", r"5\*5", "5x5", False),
        ("wildcard", "plain", "Plain", True),
        ("fuzzy", "Paris", "pariss", True),
        ("fuzzy", "Paris", "Prais", True),
        ("fuzzy", "Paris", "Bari", False),
        ("fuzzy", "Rome", "Roma", False),
        ("fuzzy", "Konstanz am See", "Constanz am Sea", True),
        ("fuzzy", "Constantinople", "Constnatinopel", True),
        ("fuzzy", "Constantinople", "Konstantinopel", True),
        ("fuzzy", "Constantinople", "Constance", False),
        ("fuzzy", "10000", "10001", False),
        ("fuzzy", "World War 1", "World War 2", False),
        ("fuzzy", "World War 1", "Wrld War 1", True),
    ],
)
def test_matching(match: str, accepted: str, typed: str, fits: bool) -> None:
    """Each way of matching takes what its document says and no more."""
    assert credit(question(accepted, match=match), typed) == float(fits)


def test_best_weight_wins() -> None:
    """A text that fits several accepted ones earns the most of them."""
    asked = question({"text": "*", "weight": 0.2}, {"text": "the *", "weight": 0.5}, "the nile", match="wildcard")
    assert [credit(asked, text) for text in ("nile", "the rhine", "the Nile")] == [0.2, 0.5, 1]


def test_weight_without_partial_credit() -> None:
    """Half right is wrong when partial credit is off."""
    asked = question("Paris", {"text": "Lutetia", "weight": 0.5})
    assert [credit(asked, text, partial=False) for text in ("paris", "lutetia")] == [1, 0]


def test_a_typo_is_not_better_than_what_was_typed() -> None:
    """The nearest accepted text counts: a half-right answer is not a mistyped right one."""
    asked = question("affect", {"text": "effect", "weight": 0.5}, match="fuzzy")
    assert [credit(asked, text) for text in ("affect", "effect", "effecct", "afect")] == [1, 0.5, 0.5, 1]


def test_stars_take_no_time() -> None:
    """A pattern made to explode in a regular expression is answered at once."""
    asked = question("*a" * 99 + "*b", match="wildcard")
    assert credit(asked, "a" * 200) == 0


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_every_match_accepts_the_text_itself(accepted: str, typed: str) -> None:
    """Whatever the script, an accepted text fits itself, and credit stays in bounds."""
    for match in ("exact", "ignore_case", "fuzzy"):
        asked = Question(id="q", kind="text", prompt="?", accepted=(AcceptedText(accepted),), match=match)
        assert credit(asked, accepted) == 1
        assert 0 <= credit(asked, typed) <= 1


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("Paris", "answer"),
        ({}, "answer.text"),
        ({"text": ""}, "answer.text"),
        ({"text": "  \n"}, "answer.text"),
        ({"text": "x" * 201}, "answer.text"),
        ({"text": 7}, "answer.text"),
        ({"text": None}, "answer.text"),
        ({"text": "a\x00b"}, "answer.text"),
        ({"text": "\ud800"}, "answer.text"),
        ({"text": "x", "choices": [0]}, "answer.choices"),
    ],
)
def test_answer_that_does_not_fit(raw: Any, field: str) -> None:
    """A malformed answer is refused with the field and the reason."""
    asked = question("x")
    with pytest.raises(InvalidAnswer) as caught:
        kind_of(asked).parse_answer(asked, raw)
    assert caught.value.field == field


def test_answer_is_stored_trimmed() -> None:
    """The blanks that a phone's keyboard adds are not part of the answer."""
    asked = question("x")
    assert kind_of(asked).parse_answer(asked, {"text": " São  Paulo "}) == {"text": "São  Paulo"}


def test_keys() -> None:
    """The key is the first text of the best weight, and all where there are several."""
    asked = question("Paris")
    assert kind_of(asked).key(asked) == {"text": "Paris"}
    asked = question({"text": "Lutetia", "weight": 0.5}, "Paris", "City of Light")
    assert kind_of(asked).key(asked) == {"text": "Paris", "accepted": ["Lutetia", "Paris", "City of Light"]}


def test_public_shows_no_key() -> None:
    """Neither the accepted texts nor how they match are told before the reveal."""
    asked = question("Paris", match="fuzzy")
    view = kind_of(asked).public(asked, None, with_choices=True, show_text=True)
    assert view.keys() == {"id", "kind", "prompt", "time_limit_s", "points"}
    assert kind_of(asked).order(asked, list.reverse) is None


def test_distribution_groups_what_matches_alike() -> None:
    """Spellings that are graded alike are one value, shown as most typed it."""
    asked = question("Paris")
    answers = [{"text": text} for text in ("paris", "Paris", "Paris", "Rome", "PARIS")]
    assert kind_of(asked).distribution(asked, answers) == {
        "values": [
            {"value": "Paris", "count": 4, "correct": True},
            {"value": "Rome", "count": 1, "correct": False},
        ],
        "other": 0,
    }


def test_distribution_sums_up_the_rare_ones() -> None:
    """Twenty values are listed, the rest is a number."""
    asked = question("x")
    answers = [{"text": f"word{n}"} for n in range(25)]
    spread = kind_of(asked).distribution(asked, answers)
    assert (len(spread["values"]), spread["other"]) == (20, 5)
