"""The slide: something to read between questions, without an answer."""

from collections.abc import Sequence
from typing import Any

from game.kinds.kind import Answer, InvalidAnswer, Kind
from game.question import Question


class InfoKind(Kind):
    name = "info"
    graded = False
    takes_answers = False

    def parse_answer(self, question: Question, raw: object) -> Answer:
        raise InvalidAnswer("answer", "a slide takes no answer")

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        return [0.0] * len(answers)

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        return {"counts": [], "other": 0}
