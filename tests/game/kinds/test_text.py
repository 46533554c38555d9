"""Typing: what counts as the same text and what it is worth."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kinds import InvalidAnswer, kind_of
from game.question import AcceptedText, Question
from game.quiz import QuizError, decode_question


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


@pytest.mark.parametrize(
    ("match", "accepted", "typed", "fits"),
    [
        ("ignore_case", "résumé", "Resume", True),
        ("ignore_case", "Ñandú", "nandu", True),
        ("ignore_case", "smørrebrød", "smorrebrod", True),
        ("ignore_case", "œuvre", "oeuvre", True),
        ("ignore_case", "Łódź", "lodz", True),
        ("ignore_case", "resume", "résumé", True),
        ("ignore_case", "ё", "е", True),
        ("ignore_case", "한글", "한글", True),
        ("ignore_case", "が", "か", False),
        ("ignore_case", "किताब", "कतब", False),
        ("exact", "Été", "Ete", True),
        ("exact", "Été", "ete", False),
        ("wildcard", "caf*", "CAFÉ", True),
        ("wildcard", "*é", "cafe", True),
        ("fuzzy", "Düsseldorf", "dusseldrof", True),
    ],
)
def test_accents_may_be_ignored(match: str, accepted: str, typed: str, fits: bool) -> None:
    """Where the author says so; signs that are letters of their own stay."""
    data = {"kind": "text", "prompt": "?", "accepted": [accepted], "match": match, "ignore_accents": True}
    asked = decode_question(data, lambda: "q")
    assert credit(asked, typed) == float(fits)
    assert credit(question(accepted, match=match), typed) <= float(fits)


def test_capitals_are_not_accents() -> None:
    """Without ignore_accents an accent matters, whatever the case."""
    assert [credit(question("é"), text) for text in ("É", "e")] == [1, 0]


letters = st.text("abcdeé", min_size=1, max_size=12)


@given(letters, st.lists(letters, max_size=3), st.lists(st.sampled_from([0.0, 0.5]), min_size=3, max_size=3))
def test_no_typing_error_turns_an_accepted_answer_into_another(
    right: str, others: list[str], parts: list[float]
) -> None:
    """Whoever types an accepted answer gets what that one is worth, however near a better one is."""
    entries = {other: part for other, part in zip(others, parts, strict=False) if part and other != right}
    asked = question(right, *({"text": text, "weight": part} for text, part in entries.items()), match="fuzzy")
    for text, part in entries.items():
        assert credit(asked, text) == part
    assert credit(asked, right) == 1


@given(st.text("abcdefgh", min_size=1, max_size=4), st.text("abcdefgh", min_size=1, max_size=6))
def test_short_words_are_typed_as_they_are(wanted: str, typed: str) -> None:
    """One letter makes another word of them."""
    assert credit(question(wanted, match="fuzzy"), typed) == float(wanted == typed)


def units_question(*accepted: Any) -> Question:
    data = {
        "kind": "text",
        "prompt": "?",
        "accepted": list(accepted),
        "units": ["m", "metre", "metres"],
    }
    return decode_question(data, lambda: "q")


@pytest.mark.parametrize("typed", ["5 m", "5m", "5,0 Metres", "5.00metre", "+5 m", " 5  M "])
def test_a_unit_has_several_spellings(typed: str) -> None:
    """And a number several forms."""
    assert credit(units_question("5 m"), typed) == 1


@pytest.mark.parametrize("typed", ["5", "5 cm", "500 cm", "50 m", "-5 m", "m", "5 m m", "m 5", "5.0.0 m", "9" * 200])
def test_another_unit_is_another_answer(typed: str) -> None:
    """Nothing is converted, and a unit that is asked for must be there."""
    assert credit(units_question("5 m"), typed) == 0


def test_a_unit_may_be_left_out_where_it_is_not_accepted() -> None:
    """And a forgotten one may cost a part."""
    assert [credit(units_question("5"), text) for text in ("5", "5,0 m", "5 cm")] == [1, 1, 0]
    asked = units_question("5 m", {"text": "5", "weight": 0.5})
    assert [credit(asked, text) for text in ("5 metre", "5.0")] == [1, 0.5]


def test_the_case_of_a_unit_counts_where_case_counts() -> None:
    """mW is not MW."""
    data = {"kind": "text", "prompt": "?", "accepted": ["5 mW"], "match": "exact", "units": ["mW"]}
    asked = decode_question(data, lambda: "q")
    assert [credit(asked, text) for text in ("5mW", "5 MW")] == [1, 0]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"units": [""]}, "units[0]"),
        ({"units": ["2m"]}, "units[0]"),
        ({"units": ["m"], "match": "fuzzy"}, "units"),
        ({"units": ["m"] * 21}, "units"),
        ({"ignore_accents": "yes"}, "ignore_accents"),
    ],
)
def test_options_that_do_not_fit(change: dict[str, Any], where: str) -> None:
    """With the place of the fault."""
    with pytest.raises(QuizError) as caught:
        decode_question({"kind": "text", "prompt": "?", "accepted": ["5 m"]} | change, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == [where]
