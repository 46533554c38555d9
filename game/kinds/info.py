"""The slide: something to read between questions, without an answer."""

from collections.abc import Sequence
from typing import Any

from game.kinds.answers import Answer, InvalidAnswer
from game.kinds.kind import Kind
from game.question import Question


class InfoKind(Kind):
    name = view = "info"
    position = 150
    graded = False
    takes_answers = False

    def parse_answer(self, question: Question, raw: object) -> Answer:
        raise InvalidAnswer("answer", "a slide takes no answer")

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        return {"counts": [], "other": 0}

    def told(self, question: Question, answer: Answer) -> str:
        return ""


KINDS = (InfoKind(),)
