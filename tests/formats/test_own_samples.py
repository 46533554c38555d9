"""The quizzes that come with a first start: each plays as it is, and together they hold the kinds there are."""

from pathlib import Path

import pytest

import formats
from game.kinds import KINDS
from game.quiz import decode_quiz

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.json"))


# Each of three subjects has them; the fourth sample has the others, all but those that need a picture of one's own.
EVERYDAY = {"single", "multi", "true_false", "text", "number", "poll", "info"}
NEEDS_A_PICTURE = {"hotspot"}


def sample(path):
    return decode_quiz(path.read_bytes(), new_id=iter(map(str, range(100))).__next__)


def test_together_they_show_every_kind():
    """Three subjects, each asked in the everyday kinds, and a quiz of the other kinds."""
    kinds = [{question.kind for question in sample(path).questions} for path in SAMPLES]
    assert sum(held >= EVERYDAY for held in kinds) == 3
    assert set.union(*kinds) == KINDS.keys() - NEEDS_A_PICTURE


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_whole(path):
    """7 to 10 questions, an explanation wherever there is a right answer, some notes for the teacher."""
    quiz = sample(path)
    assert 7 <= len(quiz.questions) <= 10
    assert all(question.explanation for question in quiz.questions if KINDS[question.kind].graded)
    assert any(question.notes for question in quiz.questions)
    (parsed,) = formats.parse(path.read_bytes(), path.name)
    assert parsed.issues == []
