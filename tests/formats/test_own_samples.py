"""The quizzes that come with a first start: each holds every kind and plays as it is."""

from pathlib import Path

import pytest

import formats
from game.kinds import KINDS
from game.quiz import decode_quiz

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.json"))


def test_there_are_three():
    """Of different subjects."""
    assert len(SAMPLES) == 3


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_whole(path):
    """Every kind, 8 to 10 questions, an explanation wherever there is a right answer, some notes for the teacher."""
    data = path.read_bytes()
    quiz = decode_quiz(data, new_id=iter(map(str, range(100))).__next__)
    assert 8 <= len(quiz.questions) <= 10
    assert {question.kind for question in quiz.questions} >= KINDS.keys() & {
        "single",
        "multi",
        "true_false",
        "text",
        "number",
        "poll",
        "info",
    }
    assert all(question.explanation for question in quiz.questions if question.kind not in ("poll", "info"))
    assert any(question.notes for question in quiz.questions)
    (parsed,) = formats.parse(data, path.name)
    assert parsed.issues == []
