"""The kind answered in one's own sentences. Nothing is right or wrong."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from game.kinds.answers import Answer, alike, only_field, spread_values, typed_text
from game.kinds.guessing import words_about
from game.kinds.kind import Kind
from game.kinds.matching import fold
from game.question import Question

TEXT_MOST = 500


class OpenKind(Kind):
    name = view = "open"
    position = 140
    graded = False
    is_masked = True

    def parse_answer(self, question: Question, raw: object) -> Answer:
        return {"text": typed_text("answer.text", only_field(raw, "text"), TEXT_MOST)}

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        return {"text": " ".join(words_about(question, chance, 3))}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        counts = alike(Counter(answer["text"] for answer in answers), fold)
        return spread_values(counts, lambda _: False)

    def told(self, question: Question, answer: Answer) -> str:
        text: str = answer["text"]
        return text


KINDS = (OpenKind(),)
