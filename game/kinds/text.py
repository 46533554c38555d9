"""The kind answered by typing. What counts as the same text is matching.py's; this finds the best weight."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from game.fields import UNPRINTABLE, Fields, name_of
from game.kinds.answers import CORRECT_FROM, Answer, InvalidAnswer, only_field, settle, spread_values
from game.kinds.kind import Kind
from game.kinds.matching import fold, tidy, typos, wildcard
from game.question import AcceptedText, Problem, Question
from game.shapes import Schema, listed, thing
from game.shapes import text as text_shape

ACCEPTED_MOST = 50
TEXT_MOST = 200
MATCHES = ("ignore_case", "exact", "fuzzy", "wildcard")

Weigh = Callable[[str], float]


class TextKind(Kind):
    name = view = "text"
    position = 40
    key_fields = ("accepted", "match")
    optional_fields = ("match",)

    def read_key(self, fields: Fields) -> dict[str, Any]:
        entries = fields.items("accepted", ACCEPTED_MOST)
        accepted = tuple(_read_entry(fields, path, entry) for path, entry in entries)
        return {"accepted": accepted, "match": fields.one_of("match", MATCHES)}

    def write_key(self, question: Question) -> dict[str, Any]:
        accepted = [
            entry.text if entry.weight == 1 else {"text": entry.text, "weight": entry.weight}
            for entry in _entries(question)
        ]
        return {"accepted": accepted, "match": question.match}

    def shape(self) -> dict[str, Schema]:
        weight: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 1}
        accepted = text_shape(1, TEXT_MOST)
        weighted = thing({"text": accepted, "weight": weight}, ("weight",), is_closed=True)
        return {
            "accepted": listed({"anyOf": [accepted, weighted]}, 1, ACCEPTED_MOST),
            "match": {"enum": [*MATCHES, None], "default": MATCHES[0]},
        }

    def problems(self, question: Question) -> list[Problem]:
        if question.accepted:
            return []
        return [Problem("accepted", "a text question needs at least one accepted answer")]

    def parse_answer(self, question: Question, raw: object) -> Answer:
        text = only_field(raw, "text")
        if not isinstance(text, str):
            raise InvalidAnswer("answer.text", "must be text")
        text = text.strip()
        if not 1 <= len(text) <= TEXT_MOST:
            raise InvalidAnswer("answer.text", f"must be 1 to {TEXT_MOST} characters long, not {len(text)}")
        if UNPRINTABLE.search(text):
            raise InvalidAnswer("answer.text", "contains control characters")
        return {"text": text}

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        weigh = _weigher(question)
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
        key: dict[str, Any] = {"text": max(entries, key=lambda entry: entry.weight).text}
        if len(entries) > 1:
            key["accepted"] = [entry.text for entry in entries]
        return key

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """Answers that match alike are one value, shown as most of them were typed."""
        same = tidy if question.match == "exact" else fold
        typed = Counter(answer["text"] for answer in answers)
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for text, count in typed.most_common():
            group = same(text)
            counts[shown.setdefault(group, text)] += count
        weigh = _weigher(question)
        return spread_values(counts, lambda text: weigh(text) >= CORRECT_FROM)

    def told(self, question: Question, answer: Answer) -> str:
        text: str = answer["text"]
        return text

    def accepted(self, question: Question, key: Answer) -> list[Any]:
        return list(key.get("accepted", [key["text"]]))


KINDS = (TextKind(),)


def _read_entry(fields: Fields, path: str, entry: object) -> AcceptedText:
    """A plain text, or an object with a weight."""
    if isinstance(entry, str):
        # Read like the field of an object, but told under the path of the entry itself.
        entry_fields = Fields({path: entry}, "", fields.problems)
        return AcceptedText(entry_fields.text(path, TEXT_MOST, least=1))
    if not isinstance(entry, dict):
        fields.problems.append(Problem(path, f"must be text or an object, not {name_of(entry)}"))
        return AcceptedText("")
    entry_fields = Fields(entry, path, fields.problems)
    weight = entry_fields.number("weight", 0, 1, 1.0) or 0.0
    if weight <= 0:
        entry_fields.note("weight", "must be above 0")
    accepted = AcceptedText(entry_fields.text("text", TEXT_MOST, least=1), weight)
    entry_fields.finish()
    return accepted


def _entries(question: Question) -> list[AcceptedText]:
    return [entry for entry in question.accepted if isinstance(entry, AcceptedText)]


def _weigher(question: Question) -> Weigh:
    """A function from a typed text to the best weight it earns; prepared once for all answers of a round."""
    entries = _entries(question)
    if question.match == "wildcard":
        patterns = [(wildcard(entry.text), entry.weight) for entry in entries]

        def weigh_pattern(text: str) -> float:
            folded = fold(text)
            return max((weight for fits, weight in patterns if fits(folded)), default=0.0)

        return weigh_pattern
    same = tidy if question.match == "exact" else fold
    weights: dict[str, float] = {}
    for entry in entries:
        wanted = same(entry.text)
        weights[wanted] = max(entry.weight, weights.get(wanted, 0.0))
    if question.match == "fuzzy":
        return lambda text: _nearest_weight(weights, fold(text))
    return lambda text: weights.get(same(text), 0.0)


def _nearest_weight(weights: dict[str, float], folded: str) -> float:
    """The nearest accepted text counts, not the best one that is near enough: a half-right answer typed
    letter by letter is no typing error in the right one."""
    if folded in weights:
        return weights[folded]
    measured = [(typos(folded, text), weight) for text, weight in weights.items()]
    near = [(distance, -weight) for distance, weight in measured if distance is not None]
    return -min(near)[1] if near else 0.0
