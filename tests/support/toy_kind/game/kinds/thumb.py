"""A kind of question that only a test has: up or down."""

from collections.abc import Sequence
from typing import Any

from game.fields import Fields
from game.kinds.answers import Answer, InvalidAnswer, only_field
from game.kinds.kind import Kind
from game.question import Question

WAYS = ("up", "down")


class ThumbKind(Kind):
    name = view = "thumb"
    position = 999
    key_fields = ("way",)

    def read_body(self, fields: Fields) -> dict[str, Any]:
        return {"way": fields.one_of("way", WAYS)}

    def parse_answer(self, question: Question, raw: object) -> Answer:
        way = only_field(raw, "way")
        if way not in WAYS:
            raise InvalidAnswer("answer.way", "must be up or down")
        return {"way": way}

    def worth(self, question: Question, answer: Answer) -> float:
        return float(answer["way"] == question.body["way"])

    def key(self, question: Question) -> dict[str, Any] | None:
        return {"way": question.body["way"]}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        return {"counts": [sum(answer["way"] == way for answer in answers) for way in WAYS], "other": 0}

    def told(self, question: Question, answer: Answer) -> str:
        return f"Thumb {answer['way']}"


KINDS = (ThumbKind(),)
