"""The kind answered by finding the right side of each left one. Rights with the same text are one, and it fits both."""

from collections.abc import Sequence
from typing import Any

from game.fields import Fields
from game.kinds import mixing
from game.kinds.answers import Shuffle
from game.kinds.assigning import AssigningKind
from game.question import Problem, Question
from game.shapes import Schema, listed, maybe, text, thing

PAIRS_LEAST = 2
PAIRS_MOST = 12
DISTRACTORS_MOST = 12
TEXT_MOST = 200


class MatchKind(AssigningKind):
    name = view = "match"
    position = 80
    key_fields = ("pairs", "distractors")
    optional_fields = ("distractors",)
    answer_field = "pairs"
    things = "lefts"
    targets = "rights"

    def read_body(self, fields: Fields) -> dict[str, Any]:
        pairs = []
        for path, entry in fields.items("pairs", PAIRS_MOST):
            pair = Fields(entry, path, fields.problems)
            pairs.append({side: pair.text(side, TEXT_MOST, least=1) for side in ("left", "right")})
            pair.finish()
        return {"pairs": pairs, "distractors": fields.texts("distractors", DISTRACTORS_MOST, TEXT_MOST)}

    def shape(self) -> dict[str, Schema]:
        side = text(1, TEXT_MOST)
        extra = listed(side, most=DISTRACTORS_MOST) | {"description": "Right sides that fit no left one"}
        return {
            "pairs": listed(thing({"left": side, "right": side}, is_closed=True), PAIRS_LEAST, PAIRS_MOST),
            "distractors": maybe(extra),
        }

    def problems(self, question: Question) -> list[Problem]:
        lefts = self.thing_texts(question)
        if len(lefts) < PAIRS_LEAST:
            wanted = f"needs {PAIRS_LEAST} to {PAIRS_MOST} pairs, not {len(lefts)}"
            return [Problem("pairs", f"a match question {wanted}")]
        found = [
            Problem(f"pairs[{index}].left", f"{left} is already the left side of pairs[{lefts.index(left)}]")
            for index, left in enumerate(lefts)
            if lefts.index(left) < index
        ]
        if len(self.target_indexes(question)) < 2:
            found.append(Problem("pairs", "have all the same right side, so that there is nothing to choose"))
        return found

    def mix(self, question: Question, shuffle: Shuffle, with_lists: bool) -> Question:
        lists = {"lefts": range(len(self.thing_texts(question))), "rights": self.target_indexes(question)}
        return mixing.mix(question, lists, shuffle, in_order=() if with_lists else ("lefts",))

    def thing_texts(self, question: Question) -> list[str]:
        return [pair["left"] for pair in question.body["pairs"]]

    def target_texts(self, question: Question) -> list[str]:
        return [pair["right"] for pair in question.body["pairs"]] + list(question.body["distractors"])

    def target_indexes(self, question: Question) -> Sequence[int]:
        texts = self.target_texts(question)
        return [index for index, right in enumerate(texts) if texts.index(right) == index]

    def solution(self, question: Question) -> list[int]:
        texts = self.target_texts(question)
        return [texts.index(pair["right"]) for pair in question.body["pairs"]]


KINDS = (MatchKind(),)
