"""Filling gaps: each is a text of its own."""

import pytest
from sample_kinds import BLANKS

from game.kinds import InvalidAnswer, kind_of
from game.quiz import QuizError, decode_question

QUESTION = decode_question(BLANKS, lambda: "q")
KIND = kind_of(QUESTION)


def credit(question, *blanks, partial=True):
    return KIND.credit(question, KIND.parse_answer(question, {"blanks": list(blanks)}), partial)


def test_each_gap_counts():
    """Of all of them; one left empty is wrong."""
    assert [credit(QUESTION, *blanks) for blanks in (("lutetia", "Seine"), ("paris", ""), ("Seine", "Paris"))] == [
        1,
        0.5,
        0,
    ]
    assert credit(QUESTION, "Paris", "Rhine", partial=False) == 0
    answers = [{"blanks": ["Paris", "Rhine"]}, {"blanks": ["paris", "seine"]}]
    assert KIND.distribution(QUESTION, answers) == {"counts": [2, 1], "other": 0}


def test_weights_count_in_their_gap():
    """Half of a gap is half of its share."""
    question = decode_question(
        BLANKS | {"blanks": [{"accepted": ["a", {"text": "b", "weight": 0.5}]}, {"accepted": ["c"]}]}, lambda: "q"
    )
    assert credit(question, "b", "c") == 0.75
    assert KIND.distribution(question, [{"blanks": ["b", "c"]}])["counts"] == [0, 1]


def test_no_typing_error_leads_into_another_gap():
    """effect is one letter from affect, and yet the other answer."""
    question = decode_question(
        BLANKS | {"match": "fuzzy", "blanks": [{"accepted": ["affect"]}, {"accepted": ["effect"]}]}, lambda: "q"
    )
    assert [credit(question, *blanks) for blanks in (("effect", "affect"), ("afect", "efect"))] == [0, 1]


def test_the_sentence_is_there_whatever_the_room_shows():
    """A gap says nothing without it."""
    view = KIND.public(QUESTION, None, with_choices=True, show_text=False)
    assert view["prompt"] == BLANKS["prompt"]
    assert view["blanks"] == [{"index": 0}, {"index": 1}]


def test_key_and_words():
    """All that is accepted, by gap."""
    assert KIND.key(QUESTION) == {"blanks": ["Paris", "Seine"], "accepted": [["Paris", "Lutetia"], ["Seine"]]}
    assert KIND.told(QUESTION, {"blanks": ["Rome", ""]}) == "1. Rome · 2. –"


@pytest.mark.parametrize("blanks", [None, [], ["a"], ["a", "b", "c"], ["", " "], ["a", None], ["a", "x" * 201], "ab"])
def test_answer_that_does_not_fit(blanks):
    """One text for each gap, not all of them empty."""
    with pytest.raises(InvalidAnswer, match=r"answer\.blanks"):
        KIND.parse_answer(QUESTION, {"blanks": blanks})


def test_pages_for_reading_show_gaps_and_no_braces():
    """With their numbers, by which answers are listed."""
    assert KIND.asked("{{1}} und {{2}} {x}") == "__1__ und __2__ {x}"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"blanks": []}, ["blanks"]),
        ({"blanks": [{"accepted": []}, {"accepted": ["a"]}]}, ["blanks[0].accepted"]),
        ({"blanks": [{"accepted": [""]}, {"accepted": ["a"]}]}, ["blanks[0].accepted[0]"]),
        ({"prompt": "{{1}} only"}, ["prompt"]),
        ({"prompt": "{{1}} {{1}} {{2}}"}, ["prompt"]),
        ({"prompt": "{{1}} {{2}} {{3}}"}, ["prompt"]),
        ({"match": "nearly"}, ["match"]),
    ],
)
def test_question_that_does_not_fit(change, where):
    """With the places of all faults."""
    with pytest.raises(QuizError) as caught:
        decode_question(BLANKS | change, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == where
