"""The kind answered with a number: within a tolerance, within a range, or closest of all."""

import math
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from game.fields import Fields
from game.kinds.answers import CORRECT_FROM, Answer, InvalidAnswer, only_field, settle, spread_values
from game.kinds.kind import Kind
from game.question import AcceptedNumber, AcceptedRange, Problem, Question
from game.shapes import Schema, listed, thing

ACCEPTED_MOST = 50
SCORES = ("in_range", "closest")
# Far below where floats end, so that sums of two of them stay finite.
LARGEST = 1e300
# Whole floats up to here stand for exactly one integer.
EXACT_BELOW = 2**53
NOISE = 1e-9


class NumberKind(Kind):
    name = view = "number"
    position = 50
    key_fields = ("accepted", "score")
    optional_fields = ("score",)

    def read_key(self, fields: Fields) -> dict[str, Any]:
        entries = fields.items("accepted", ACCEPTED_MOST)
        accepted = tuple(_read_entry(Fields(entry, path, fields.problems)) for path, entry in entries)
        return {"accepted": accepted, "score": fields.one_of("score", SCORES)}

    def write_key(self, question: Question) -> dict[str, Any]:
        return {"accepted": [_write_entry(entry) for entry in _entries(question)], "score": question.score}

    def shape(self) -> dict[str, Schema]:
        number: Schema = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}
        weight: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 1}
        tolerance = number | {"minimum": 0}
        value = {"value": number, "tolerance": tolerance, "weight": weight}
        entries = [
            thing(value, ("tolerance", "weight"), is_closed=True),
            thing({"min": number, "max": number, "weight": weight}, ("weight",), is_closed=True),
        ]
        return {
            "accepted": listed({"anyOf": entries}, 1, ACCEPTED_MOST),
            "score": {"enum": [*SCORES, None], "default": SCORES[0]},
        }

    def problems(self, question: Question) -> list[Problem]:
        if not question.accepted:
            return [Problem("accepted", "a number question needs at least one accepted value or range")]
        found = []
        for index, entry in enumerate(_entries(question)):
            if isinstance(entry, AcceptedRange) and entry.min > entry.max:
                found.append(Problem(f"accepted[{index}]", "min must not be above max"))
        if question.score == "closest" and not isinstance(question.accepted[0], AcceptedNumber):
            found.append(Problem("accepted[0]", "closest needs a value to be close to, not a range"))
        return found

    def parse_answer(self, question: Question, raw: object) -> Answer:
        value = only_field(raw, "number")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidAnswer("answer.number", "must be a number")
        if isinstance(value, float) and not math.isfinite(value):
            raise InvalidAnswer("answer.number", "must be a finite number")
        if abs(value) > LARGEST:
            raise InvalidAnswer("answer.number", f"must be from {-LARGEST:g} to {LARGEST:g}")
        return {"number": _plain(value)}

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        numbers = [answer["number"] for answer in answers]
        different = set(numbers)
        if question.score == "closest":
            known = _closest(_target(question), different)
        else:
            entries = _entries(question)
            known = {number: settle(_best_weight(entries, number), partial) for number in different}
        return [known[number] for number in numbers]

    def key(self, question: Question) -> dict[str, Any] | None:
        if question.score == "closest":
            return {"number": _plain(_target(question))}
        entries = _entries(question)
        first = max(entries, key=lambda entry: entry.weight)
        middle = (first.min + first.max) / 2 if isinstance(first, AcceptedRange) else first.value
        key: dict[str, Any] = {"number": _plain(middle)}
        if len(entries) > 1 or _width(first) > 0:
            key["accepted"] = [_write_entry(entry) for entry in entries]
        return key

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        number = (self.key(question) or {})["number"]
        if is_right:
            return {"number": number}
        widest = max(_width(entry) for entry in _entries(question))
        away = (widest + max(1, abs(number) // 10)) * chance.choice((-2, -1, 1, 1, 2, 5))
        return {"number": _plain(max(-LARGEST, min(LARGEST, number + away)))}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        counts = Counter(answer["number"] for answer in answers)
        credits = self.credits(question, [{"number": number} for number in counts], True)
        known = dict(zip(counts, credits, strict=True))
        return spread_values(counts, lambda number: known[number] >= CORRECT_FROM)

    def told(self, question: Question, answer: Answer) -> str:
        return str(answer["number"])

    def cell(self, question: Question, answer: Answer) -> float:
        number: float = answer["number"]
        return number

    def accepted(self, question: Question, key: Answer) -> list[Any]:
        return list(key.get("accepted", [key["number"]]))


KINDS = (NumberKind(),)


def _read_entry(fields: Fields) -> AcceptedNumber | AcceptedRange:
    weight = fields.number("weight", 0, 1, 1.0) or 0.0
    if weight <= 0:
        fields.note("weight", "must be above 0")
    entry: AcceptedNumber | AcceptedRange
    if fields.has("min") or fields.has("max"):
        ends = [_read_number(fields, name) for name in ("min", "max")]
        entry = AcceptedRange(ends[0], ends[1], weight)
    else:
        value = _read_number(fields, "value")
        entry = AcceptedNumber(value, fields.number("tolerance", 0, LARGEST, 0.0) or 0.0, weight)
    fields.finish()
    return entry


def _read_number(fields: Fields, name: str) -> float:
    if not fields.has(name):
        fields.note_missing(name)
    return fields.number(name, -LARGEST, LARGEST, 0.0) or 0.0


def _write_entry(entry: AcceptedNumber | AcceptedRange) -> dict[str, Any]:
    data: dict[str, Any]
    if isinstance(entry, AcceptedRange):
        data = {"min": entry.min, "max": entry.max}
    else:
        data = {"value": entry.value}
        if entry.tolerance:
            data["tolerance"] = entry.tolerance
    if entry.weight != 1:
        data["weight"] = entry.weight
    return data


def _entries(question: Question) -> list[AcceptedNumber | AcceptedRange]:
    return [entry for entry in question.accepted if isinstance(entry, AcceptedNumber | AcceptedRange)]


def _plain(value: float) -> float:
    """Whole numbers without a fraction, so that 3.0 and 3 are one value; never -0."""
    return int(value) if abs(value) <= EXACT_BELOW and value == int(value) else float(value)


def _width(entry: AcceptedNumber | AcceptedRange) -> float:
    return entry.max - entry.min if isinstance(entry, AcceptedRange) else entry.tolerance


def _best_weight(entries: list[AcceptedNumber | AcceptedRange], number: float) -> float:
    return max((entry.weight for entry in entries if _accepts(entry, number)), default=0.0)


def _accepts(entry: AcceptedNumber | AcceptedRange, number: float) -> bool:
    if isinstance(entry, AcceptedRange):
        low, high = entry.min, entry.max
    else:
        low, high = entry.value - entry.tolerance, entry.value + entry.tolerance
    return low <= number <= high or _is_noise(number, low) or _is_noise(number, high)


def _is_noise(number: float, end: float) -> bool:
    """They differ only by the rounding of floats. Whole numbers have none: 1000000001 is not 1000000000."""
    if number == int(number) and end == int(end):
        return number == end
    return math.isclose(number, end, rel_tol=NOISE)


def _target(question: Question) -> float:
    first = _entries(question)[0]
    return first.min if isinstance(first, AcceptedRange) else first.value


def _closest(target: float, numbers: set[float]) -> dict[float, float]:
    """Everyone at the smallest distance gets all of it, everyone else nothing."""
    if not numbers:
        return {}
    away = {number: 0.0 if _is_noise(number, target) else abs(number - target) for number in numbers}
    best = min(away.values())
    # 0.1 above and 0.1 below are the same distance, though not always as floats.
    noise = abs(target) * 1e-14
    return {
        number: float(math.isclose(distance, best, rel_tol=NOISE, abs_tol=noise)) for number, distance in away.items()
    }
