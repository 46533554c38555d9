"""The kind answered with a step of a scale: how much, how often, how sure. Nothing is right or wrong."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from game.fields import Fields
from game.kinds.answers import Answer, InvalidAnswer, only_field
from game.kinds.kind import Kind
from game.kinds.telling import Line
from game.question import Problem, Question
from game.shapes import Schema, maybe, text, thing

END_MOST = 100
STEPS_MOST = 20
LABEL_MOST = 60
# 0 to 10 is told step by step.
LINES_MOST = 11
ENDS = ("min", "max")


class ScaleKind(Kind):
    name = view = "scale"
    position = 120
    graded = False
    key_fields = (*ENDS, "labels")
    optional_fields = ("labels",)

    def read_body(self, fields: Fields) -> dict[str, Any]:
        body: dict[str, Any] = {}
        for end in ENDS:
            if fields.raw(end) is None:
                # Stays open in a draft: an end that nobody has chosen must not become a 0.
                fields.note_missing(end)
                body[end] = None
            else:
                body[end] = fields.integer(end, -END_MOST, END_MOST, 0)
        given = fields.raw("labels")
        labels = Fields({} if given is None else given, fields.path("labels"), fields.problems)
        body["labels"] = {end: labels.text(end, LABEL_MOST) for end in ENDS}
        labels.finish()
        return body

    def shape(self) -> dict[str, Schema]:
        end: Schema = {"type": "integer", "minimum": -END_MOST, "maximum": END_MOST}
        label = maybe(text(0, LABEL_MOST))
        about = f"What the ends mean; there are at most {STEPS_MOST} steps between them"
        labels = thing({"min": label, "max": label}, ENDS, is_closed=True, about=about)
        return {"min": end, "max": end, "labels": maybe(labels)}

    def problems(self, question: Question) -> list[Problem]:
        low, high = (question.body[end] for end in ENDS)
        if low >= high:
            return [Problem("max", f"must be above min, which is {low}")]
        if high - low > STEPS_MOST:
            return [Problem("max", f"must be at most {STEPS_MOST} steps above min, not {high - low}")]
        return []

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        if with_choices:
            view |= {end: question.body[end] for end in ENDS}
            view["labels"] = {end: label if show_text else None for end, label in question.body["labels"].items()}
        return view

    def parse_answer(self, question: Question, raw: object) -> Answer:
        low, high = (question.body[end] for end in ENDS)
        value = only_field(raw, "number")
        is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not isinstance(value, int | float) or not is_whole or not low <= value <= high:
            raise InvalidAnswer("answer.number", f"must be a whole number from {low} to {high}")
        return {"number": int(value)}

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        low, high = (question.body[end] for end in ENDS)
        # Most stand somewhere in the middle.
        return {"number": round(chance.triangular(low, high))}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """`counts` by step from min; `mean` is null while nobody has answered."""
        low, high = (question.body[end] for end in ENDS)
        counts = [0] * (high - low + 1)
        for answer in answers:
            counts[answer["number"] - low] += 1
        total = sum(answer["number"] for answer in answers)
        return {"counts": counts, "other": 0, "mean": round(total / len(answers), 3) if answers else None}

    def told(self, question: Question, answer: Answer) -> str:
        return self._step(question, answer["number"])

    def cell(self, question: Question, answer: Answer) -> float:
        number: int = answer["number"]
        return number

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        """Of a long scale its ends and what somebody chose: a page of zeros tells nothing."""
        low, counts = question.body["min"], distribution["counts"]
        last = len(counts) - 1
        return [
            Line(self._step(question, low + place), count, False)
            for place, count in enumerate(counts)
            if count or place in (0, last) or last < LINES_MOST
        ]

    def _step(self, question: Question, number: int) -> str:
        labels = {question.body[end]: label for end, label in question.body["labels"].items() if label}
        return f"{number} – {labels[number]}" if number in labels else str(number)


KINDS = (ScaleKind(),)
