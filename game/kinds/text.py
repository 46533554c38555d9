"""The kind answered by typing. What counts as the same text is matching.py's, what it is worth accepting.py's."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from game.fields import Fields
from game.kinds import accepting
from game.kinds.accepting import ACCEPTED_SHAPE, MATCH_SHAPES, MATCHES, TEXT_MOST
from game.kinds.answers import CORRECT_FROM, Answer, alike, only_field, settle, spread_values, typed_text
from game.kinds.guessing import slip
from game.kinds.kind import Kind
from game.question import AcceptedText, Problem, Question
from game.shapes import Schema, listed, maybe
from game.shapes import text as text_shape

UNITS_MOST = 20
UNIT_MOST = 30


class TextKind(Kind):
    name = view = "text"
    position = 40
    key_fields = ("accepted", "match", "ignore_accents", "units")
    optional_fields = ("match", "ignore_accents", "units")

    def read_key(self, fields: Fields) -> dict[str, Any]:
        accepted = accepting.read_accepted(fields)
        return {"accepted": accepted, "match": fields.one_of("match", MATCHES), "body": self.read_body(fields)}

    def read_body(self, fields: Fields) -> dict[str, Any]:
        body: dict[str, Any] = {}
        if fields.flag("ignore_accents"):
            body["ignore_accents"] = True
        if units := fields.texts("units", UNITS_MOST, UNIT_MOST):
            body["units"] = units
        return body

    def write_key(self, question: Question) -> dict[str, Any]:
        accepted = accepting.write_accepted(_entries(question))
        return {"accepted": accepted, "match": question.match} | super().write_key(question)

    def shape(self) -> dict[str, Schema]:
        about = "Spellings of one unit: with m and metre, 5 m is 5m and 5,0 metre, and 5 may have either"
        units = listed(text_shape(1, UNIT_MOST), most=UNITS_MOST) | {"description": about}
        return {"accepted": ACCEPTED_SHAPE, **MATCH_SHAPES, "units": maybe(units)}

    def problems(self, question: Question) -> list[Problem]:
        found = []
        if not question.accepted:
            found.append(Problem("accepted", "a text question needs at least one accepted answer"))
        if "units" in question.body and question.match in ("fuzzy", "wildcard"):
            message = f"cannot be told apart with match {question.match}: take ignore_case or exact, or no units"
            found.append(Problem("units", message))
        for index, unit in enumerate(question.body.get("units", ())):
            if unit[0].isdigit():
                found.append(Problem(f"units[{index}]", "must not begin with a digit"))
        return found

    def parse_answer(self, question: Question, raw: object) -> Answer:
        return {"text": typed_text("answer.text", only_field(raw, "text"), TEXT_MOST)}

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        weigh = accepting.weigher(question, _entries(question))
        known: dict[str, float] = {}
        credits = []
        for answer in answers:
            text = answer["text"]
            credit = known.get(text)
            if credit is None:
                credit = known[text] = settle(weigh(text), partial)
            credits.append(credit)
        return credits

    def key(self, question: Question) -> dict[str, Any] | None:
        entries = _entries(question)
        key: dict[str, Any] = {"text": accepting.best(entries)}
        if len(entries) > 1:
            key["accepted"] = [entry.text for entry in entries]
        return key

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        text = chance.choice(_entries(question)).text
        return {"text": text if is_right else slip(text, chance)}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """Answers that match alike are one value, shown as most of them were typed."""
        counts = alike(Counter(answer["text"] for answer in answers), accepting.same_of(question))
        weigh = accepting.weigher(question, _entries(question))
        return spread_values(counts, lambda text: weigh(text) >= CORRECT_FROM)

    def told(self, question: Question, answer: Answer) -> str:
        text: str = answer["text"]
        return text

    def accepted(self, question: Question, key: Answer) -> list[Any]:
        return list(key.get("accepted", [key["text"]]))


KINDS = (TextKind(),)


def _entries(question: Question) -> list[AcceptedText]:
    return [entry for entry in question.accepted if isinstance(entry, AcceptedText)]
