"""The quiz that is played."""

import itertools
from fractions import Fraction

import pytest

from game.kinds import kind_of
from game.quiz import decode_quiz
from load.questions import asked


def test_the_service_takes_every_question():
    """As its own API would."""
    ids = map(str, itertools.count())
    questions = [item.question for item in asked(6, 60)]
    quiz = decode_quiz({"title": "Load", "questions": questions}, new_id=lambda: next(ids))
    assert [question.kind for question in quiz.questions] == ["single", "multi", "text", "number", "blanks", "single"]


def test_each_answer_is_worth_what_the_rules_say():
    """Both sides count by themselves, and must come to the same."""
    for item in asked(5, 60):
        (question,) = decode_quiz({"title": "Load", "questions": [item.question]}, new_id=lambda: "q").questions
        kind = kind_of(question)
        for answer, worth in item.answers:
            credit = kind.credit(question, kind.parse_answer(question, answer), partial=True)
            assert credit == pytest.approx(float(worth)), (question.kind, answer)


def test_each_answer_is_counted_where_the_rules_count_it():
    """Of the kinds whose distribution counts places."""
    for item in asked(5, 60):
        (question,) = decode_quiz({"title": "Load", "questions": [item.question]}, new_id=lambda: "q").questions
        kind = kind_of(question)
        for answer, _ in item.answers:
            counts = kind.distribution(question, [kind.parse_answer(question, answer)]).get("counts")
            if counts is not None:
                assert [at for at, count in enumerate(counts) if count] == sorted(item.counted(answer)), answer


def test_every_answer_is_worth_something_known():
    """Choices in any order; an answer that nobody gives is worth nothing known."""
    multi = asked(2, 60)[1]
    assert multi.credit({"choices": [2, 0]}) == 1
    assert multi.credit({"choices": [0]}) == Fraction(1, 2)
    assert multi.credit({"choices": [3]}) is None
