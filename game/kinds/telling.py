"""A kind's part in what people read of a round: answers, keys and how they spread, in words."""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from game.kinds.answers import Answer
from game.question import Question


class Line(msgspec.Struct, frozen=True):
    """One answer of a closed round and how many gave it; `index` is that of a choice, None for anything else."""

    text: str | float
    count: int
    right: bool
    index: int | None = None


class Telling(Protocol):
    """All take answers, keys and distributions as the room has them, in wire indexes."""

    def asked(self, text: str) -> str:
        """A question's prompt or explanation where people read it and do not answer; a draft's may be anything."""
        return text

    def told(self, question: Question, answer: Answer) -> str:
        """An answer, or a key, in words for people."""
        ...

    def cell(self, question: Question, answer: Answer) -> str | float:
        """An answer as a spreadsheet has it."""
        return self.told(question, answer)

    def chosen(self, question: Question, answer: Answer) -> tuple[int, ...]:
        """The choices that an answer or a key names; none where there are no choices."""
        return ()

    def accepted(self, question: Question, key: Answer) -> list[Any]:
        """What a key takes for right besides choices: in words, or as the quiz JSON has it."""
        return [self.told(question, key)]

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        """What was answered, and how often, as a teacher looks at it after the round."""
        values = distribution.get("values", ())
        return [Line(entry["value"], entry["count"], entry["correct"]) for entry in values]
