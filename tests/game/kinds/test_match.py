"""Finding pairs: each left one counts by itself, equal rights are one, and distractors fit none."""

import pytest
from sample_kinds import MATCH

from game.kinds import InvalidAnswer, kind_of
from game.quiz import QuizError, decode_question

QUESTION = decode_question(MATCH, lambda: "q")
KIND = kind_of(QUESTION)
CONTINENTS = MATCH | {
    "pairs": [
        {"left": "France", "right": "Europe"},
        {"left": "Spain", "right": "Europe"},
        {"left": "Chad", "right": "Africa"},
    ],
    "distractors": ["Asia", "Europe"],
}


@pytest.mark.parametrize(
    ("pairs", "worth"),
    [
        ({"0": 0, "1": 1, "2": 2}, 1),
        ({"0": 0}, 1 / 3),
        ({"0": 0, "1": 2}, 1 / 3),
        ({"2": 3}, 0),
        ({"0": 1, "1": 1}, 1 / 3),
    ],
)
def test_each_pair_counts(pairs, worth):
    """Of all of them; what is wrong or left out takes nothing."""
    answer = KIND.parse_answer(QUESTION, {"pairs": pairs})
    assert KIND.credit(QUESTION, answer, True) == pytest.approx(worth)
    assert KIND.credit(QUESTION, answer, False) == (1 if worth == 1 else 0)


def test_equal_rights_are_one():
    """They are offered once and fit all that have them."""
    question = decode_question(CONTINENTS, lambda: "q")
    view = KIND.public(question, None, with_choices=True, show_text=False)
    assert [right["text"] for right in view["rights"]] == ["Europe", "Africa", "Asia"]
    assert KIND.key(question) == {"pairs": {"0": 0, "1": 0, "2": 1}}
    assert KIND.authored(question, {"pairs": {"2": 1, "1": 2}}) == {"pairs": {"1": 3, "2": 2}}


def test_mixed():
    """Lefts stand as they were written unless lists are mixed; all their indexes are new."""
    mixed = KIND.mix(QUESTION, list.reverse, False)
    view = KIND.public(mixed, None, with_choices=True, show_text=True)
    assert [(left["index"], left["text"]) for left in view["lefts"]] == [(2, "cat"), (1, "dog"), (0, "hen")]
    assert [right["text"] for right in view["rights"]] == ["cheval", "poule", "chien", "chat"]
    assert KIND.key(mixed) == {"pairs": {"0": 1, "1": 2, "2": 3}}
    assert KIND.told(mixed, {"pairs": {"0": 1, "2": 0}}) == "cat → cheval · hen → poule"
    spread = KIND.distribution(mixed, [{"pairs": {"0": 1, "2": 0}}])
    assert spread == {"counts": [1, 0, 0], "other": 0}
    assert KIND.authored_distribution(mixed, spread)["counts"] == [0, 0, 1]
    listed = KIND.public(KIND.mix(QUESTION, list.reverse, True), None, with_choices=True, show_text=True)["lefts"]
    assert [left["text"] for left in listed] == ["hen", "dog", "cat"]


@pytest.mark.parametrize(
    "pairs", [{}, [], None, {"3": 0}, {"0": 4}, {"0": "0"}, {"0": True}, {"00": 0}, {"-1": 0}, {"٠": 0}, {0: 0}]
)
def test_answer_that_does_not_fit(pairs):
    """Indexes that are there, as JSON has them."""
    with pytest.raises(InvalidAnswer, match=r"answer\.pairs"):
        KIND.parse_answer(QUESTION, {"pairs": pairs})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"pairs": [{"left": "a", "right": "b"}]}, "pairs"),
        ({"pairs": [{"left": "a", "right": "b"}, {"left": "a", "right": "c"}]}, "pairs[1].left"),
        ({"pairs": [{"left": "a", "right": "b"}, {"left": "c", "right": "b"}], "distractors": []}, "pairs"),
        ({"pairs": [{"left": "a"}, {"left": "c", "right": "b"}]}, "pairs[0].right"),
        ({"pairs": [{"left": "a", "right": "b", "x": 1}, {"left": "c", "right": "d"}]}, "pairs[0].x"),
        ({"distractors": [""]}, "distractors[0]"),
        ({"distractors": ["x"] * 13}, "distractors"),
    ],
)
def test_question_that_does_not_fit(change, where):
    """With the place of the fault."""
    with pytest.raises(QuizError) as caught:
        decode_question(MATCH | change, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == [where]
