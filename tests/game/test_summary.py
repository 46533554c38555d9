"""The sentence about a room: who answered everything, and which question stands out."""

import pytest

from game.summary import Asked, Summary, Verdict, summarise


def about(people, *asked, complete=0):
    return summarise(people, complete, asked)


def test_the_example():
    """26 of 28 answered everything; question 4 split the class."""
    asked = [Asked(1, 28, 25), Asked(2, 27, 20), Asked(3, 28, 28), Asked(4, 28, 14)]
    assert summarise(28, 26, asked) == Summary(28, 26, 4, Verdict.SPLIT, 4)


def test_nobody_and_nothing():
    """A room without people, and one without a closed question."""
    assert about(0) == Summary(0, 0, 0)
    assert about(3) == Summary(3, 0, 0)
    assert about(3, Asked(1, 0, 0)).verdict == Verdict.NONE


@pytest.mark.parametrize(
    ("shares", "verdict", "question"),
    [
        ([10, 10], Verdict.ALL_RIGHT, None),
        ([10, 7], Verdict.WELL, None),
        ([10, 6], Verdict.SPLIT, 2),
        ([6, 5, 4], Verdict.SPLIT, 2),
        ([10, 4, 3], Verdict.HARD, 3),
        ([5, 0, 10], Verdict.HARD, 2),
        ([3, 3], Verdict.HARD, 1),
    ],
)
def test_the_question_that_stands_out(shares, verdict, question):
    """A hard one before one that split; the hardest, the most divided, the first among equals."""
    asked = [Asked(number, 10, right) for number, right in enumerate(shares, start=1)]
    summary = about(10, *asked)
    assert (summary.verdict, summary.question) == (verdict, question)


def test_one_person_is_no_class():
    """Whatever they did not know."""
    assert about(1, Asked(1, 1, 0), Asked(2, 1, 1), complete=1) == Summary(1, 1, 2)
    assert about(1, Asked(1, 1, 1), complete=1).verdict == Verdict.ALL_RIGHT


def test_what_has_no_right_answer_is_left_out():
    """A poll beside questions says nothing; of polls alone the first that halved the class counts."""
    assert about(9, Asked(1, 9, 9), Asked(2, 9, None, (5, 4))).verdict == Verdict.ALL_RIGHT
    polls = [Asked(1, 9, None, (8, 1)), Asked(2, 9, None, (5, 4)), Asked(3, 9, None, (4, 4, 1))]
    assert (about(9, *polls).verdict, about(9, *polls).question) == (Verdict.SPLIT, 2)
    assert about(3, Asked(1, 3, None, (2, 1))).verdict == Verdict.NONE


def test_weights_that_add_up_to_nearly_one():
    """Count as all."""
    assert about(3, Asked(1, 3000, 2999)).verdict == Verdict.ALL_RIGHT
