"""What most kinds need to take an answer, to weigh it and to count many. Knows no kind."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from game.fields import UNPRINTABLE

Answer = dict[str, Any]
Shuffle = Callable[[list[int]], None]

# From this credit on an answer counts as right; weights like 33.33333 % never add up to exactly 1.
CORRECT_FROM = 0.999
# How many different values a distribution lists before it sums up the rest.
VALUES_MOST = 20


class InvalidAnswer(Exception):
    """A participant's answer does not fit the question; `field` and `reason` say where and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def settle(credit: float, partial: bool) -> float:
    """A raw sum of weights as credit: 0 to 1, and nothing between when partial credit is off."""
    if not partial:
        return 1.0 if credit >= CORRECT_FROM else 0.0
    if credit >= 1 - 1e-9:
        return 1.0
    return max(credit, 0.0)


def only_field(raw: object, name: str) -> object:
    """The value of an answer that has exactly one field. Raises InvalidAnswer."""
    return one_field(raw, (name,))[1]


def one_field(raw: object, names: tuple[str, ...]) -> tuple[str, object]:
    """(name, value) of an answer that has exactly one field, of those that it may have. Raises InvalidAnswer."""
    if not isinstance(raw, Mapping):
        raise InvalidAnswer("answer", "must be an object")
    for field in raw:
        if field not in names:
            raise InvalidAnswer(f"answer.{str(field)[:50]}", f"unknown field, this question takes {' or '.join(names)}")
    if len(raw) > 1:
        raise InvalidAnswer("answer", f"must have one field, {' or '.join(names)}")
    for field, value in raw.items():
        return field, value
    raise InvalidAnswer(f"answer.{names[0]}", "is missing")


def typed_text(field: str, value: object, most: int) -> str:
    """What somebody typed, without the blanks around it. Raises InvalidAnswer."""
    if not isinstance(value, str):
        raise InvalidAnswer(field, "must be text")
    value = value.strip()
    if not 1 <= len(value) <= most:
        raise InvalidAnswer(field, f"must be 1 to {most} characters long, not {len(value)}")
    if UNPRINTABLE.search(value):
        raise InvalidAnswer(field, "contains control characters")
    return value


def whole_indexes(field: str, value: object, count: int) -> list[int]:
    """A list of indexes below `count`. Raises InvalidAnswer."""
    if not isinstance(value, list | tuple):
        raise InvalidAnswer(field, "must be a list of indexes")
    for index in value:
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < count:
            raise InvalidAnswer(field, f"must hold whole numbers from 0 to {count - 1}")
    return list(value)


def alike(typed: Counter[str], same: Callable[[str], str]) -> Counter[str]:
    """Counts of texts that are the same, under the spelling that most of them have."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for text, count in typed.most_common():
        counts[shown.setdefault(same(text), text)] += count
    return counts


def spread_values(
    counts: Mapping[Any, int], is_right: Callable[[Any], bool], most: int = VALUES_MOST
) -> dict[str, Any]:
    """A distribution over free values: the most frequent first, the rest summed up in `other`."""
    ranked = sorted(counts.items(), key=lambda entry: -entry[1])
    values = [{"value": value, "count": count, "correct": is_right(value)} for value, count in ranked[:most]]
    return {"values": values, "other": sum(count for _, count in ranked[most:])}
