"""Sorting: each item counts by itself."""

import pytest
from sample_kinds import CATEGORIZE

from game.kinds import InvalidAnswer, kind_of
from game.quiz import QuizError, decode_draft, decode_question

QUESTION = decode_question(CATEGORIZE, lambda: "q")
KIND = kind_of(QUESTION)


@pytest.mark.parametrize(
    ("categories", "worth"), [({"0": 0, "1": 1, "2": 0, "3": 1}, 1), ({"0": 0, "1": 0, "2": 0}, 0.5), ({"0": 1}, 0)]
)
def test_each_item_counts(categories, worth):
    """Of all of them; what is wrong or left out takes nothing."""
    answer = KIND.parse_answer(QUESTION, {"categories": categories})
    assert [KIND.credit(QUESTION, answer, partial) for partial in (True, False)] == [worth, worth == 1]


def test_mixed():
    """Items always, so that a list sorted by category says nothing; categories with the other lists only."""
    mixed = KIND.mix(QUESTION, list.reverse, False)
    view = KIND.public(mixed, None, with_choices=True, show_text=False)
    assert [item["text"] for item in view["items"]] == ["elm", "dog", "oak", "cat"]
    assert view["categories"] == [{"index": 1, "text": "animal"}, {"index": 0, "text": "plant"}]
    assert KIND.key(mixed) == {"categories": {"0": 0, "1": 1, "2": 0, "3": 1}}
    assert KIND.told(mixed, {"categories": {"0": 1, "3": 1}}) == "cat → animal · elm → animal"
    assert KIND.authored(mixed, {"categories": {"0": 1}}) == {"categories": {"3": 0}}


@pytest.mark.parametrize("categories", [{}, None, {"4": 0}, {"0": 2}, {"0": None}])
def test_answer_that_does_not_fit(categories):
    """Indexes that are there."""
    with pytest.raises(InvalidAnswer, match=r"answer\.categories"):
        KIND.parse_answer(QUESTION, {"categories": categories})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"categories": ["one"]}, ["categories", "items[1].category", "items[3].category"]),
        ({"categories": ["one", "one"]}, ["categories[1]"]),
        ({"items": []}, ["items"]),
        ({"items": [{"text": "a", "category": 0}, {"text": "a", "category": 1}]}, ["items[1]"]),
        ({"items": [{"text": "a", "category": 0}, {"text": "b", "category": 2}]}, ["items[1].category"]),
        ({"items": [{"text": "a"}, {"text": "b", "category": 0.5}]}, ["items[0].category", "items[1].category"]),
    ],
)
def test_question_that_does_not_fit(change, where):
    """With the places of all faults."""
    with pytest.raises(QuizError) as caught:
        decode_question(CATEGORIZE | change, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == where


def test_an_item_without_its_category_is_a_draft():
    """As the editor saves it while its author chooses."""
    items = [{"text": "a", "category": None}, {"text": "b", "category": 0}]
    draft = decode_draft({"title": "t", "questions": [CATEGORIZE | {"items": items}]}, lambda: "q")
    assert draft.content["questions"][0]["items"] == items
    assert [problem.is_unfinished for problem in draft.problems] == [True]
