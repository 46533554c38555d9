"""Accepted texts: read, written, and what a typed one is worth among them. For all kinds answered by typing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from game.fields import Fields, name_of
from game.kinds.matching import fold, fold_accents, tidy, tidy_accents, typos, wildcard
from game.kinds.units import Quantity, quantity
from game.question import AcceptedText, Question
from game.shapes import Schema, listed, text, thing

ACCEPTED_MOST = 50
TEXT_MOST = 200
MATCHES = ("ignore_case", "exact", "fuzzy", "wildcard")

Same = Callable[[str], str]
Weigh = Callable[[str], float]

WEIGHT_SHAPE: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 1}
_WEIGHTED = thing({"text": text(1, TEXT_MOST), "weight": WEIGHT_SHAPE}, ("weight",), is_closed=True)
ACCEPTED_SHAPE = listed({"anyOf": [text(1, TEXT_MOST), _WEIGHTED]}, 1, ACCEPTED_MOST)
MATCH_SHAPES: dict[str, Schema] = {
    "match": {"enum": [*MATCHES, None], "default": MATCHES[0]},
    "ignore_accents": {"type": ["boolean", "null"], "default": False, "description": "e for é, n for ñ, o for ø"},
}


def read_accepted(fields: Fields) -> tuple[AcceptedText, ...]:
    return tuple(_read_entry(fields, path, entry) for path, entry in fields.items("accepted", ACCEPTED_MOST))


def _read_entry(fields: Fields, path: str, entry: object) -> AcceptedText:
    """A plain text, or an object with a weight."""
    if isinstance(entry, str):
        return AcceptedText(fields.entry(path, entry, TEXT_MOST))
    if not isinstance(entry, dict):
        fields.note_at(path, f"must be text or an object, not {name_of(entry)}")
        return AcceptedText("")
    entry_fields = Fields(entry, path, fields.problems)
    weight = entry_fields.number("weight", 0, 1, 1.0) or 0.0
    if weight <= 0:
        entry_fields.note("weight", "must be above 0")
    accepted = AcceptedText(entry_fields.text("text", TEXT_MOST, least=1), weight)
    entry_fields.finish()
    return accepted


def write_accepted(entries: Iterable[AcceptedText]) -> list[Any]:
    return [entry.text if entry.weight == 1 else {"text": entry.text, "weight": entry.weight} for entry in entries]


def best(entries: Sequence[AcceptedText]) -> str:
    """The first text of the best weight."""
    return max(entries, key=lambda entry: entry.weight).text


def same_of(question: Question) -> Same:
    """What two texts have in common when the question takes them for one."""
    if question.body.get("ignore_accents"):
        return tidy_accents if question.match == "exact" else fold_accents
    return tidy if question.match == "exact" else fold


def weigher(question: Question, entries: Sequence[AcceptedText], others: Iterable[AcceptedText] = ()) -> Weigh:
    """A function from a typed text to the best weight it earns; prepared once for all answers of a round.

    `others` are accepted elsewhere in the question: no typing error turns them into one of `entries`.
    """
    same = same_of(question)
    if question.match == "wildcard":
        patterns = [(wildcard(entry.text, same), entry.weight) for entry in entries]

        def weigh_pattern(text: str) -> float:
            folded = same(text)
            return max((weight for fits, weight in patterns if fits(folded)), default=0.0)

        return weigh_pattern
    weights = _weights((same(entry.text), entry.weight) for entry in entries)
    if question.match == "fuzzy":
        known = {same(entry.text): 0.0 for entry in others} | weights
        return lambda text: _nearest_weight(known, same(text))
    units = [same(unit) for unit in question.body.get("units", ())]
    if units:
        return _weigh_quantities(weights, units, same)
    return lambda text: weights.get(same(text), 0.0)


def _weights(found: Iterable[tuple[Any, float]]) -> dict[Any, float]:
    weights: dict[Any, float] = {}
    for wanted, weight in found:
        weights[wanted] = max(weight, weights.get(wanted, 0.0))
    return weights


def _nearest_weight(weights: Mapping[str, float], folded: str) -> float:
    """The nearest accepted text counts, not the best one that is near enough: a half-right answer typed
    letter by letter is no typing error in the right one."""
    if folded in weights:
        return weights[folded]
    measured = [(typos(folded, text), weight) for text, weight in weights.items()]
    near = [(distance, -weight) for distance, weight in measured if distance is not None]
    return -min(near)[1] if near else 0.0


def _weigh_quantities(weights: Mapping[str, float], units: Sequence[str], same: Same) -> Weigh:
    """With units, 5 m, 5m and 5,0 metres are one answer; where 5 is accepted, the unit may be there or not."""
    read = {quantity(text, units): weight for text, weight in weights.items()}
    quantities = _weights((found, weight) for found, weight in read.items() if found is not None)

    def weigh(text: str) -> float:
        folded = same(text)
        worth = weights.get(folded, 0.0)
        if (typed := quantity(folded, units)) is None:
            return worth
        bare = Quantity(typed.value, has_unit=False)
        return max(worth, quantities.get(typed, 0.0), quantities.get(bare, 0.0))

    return weigh
