"""How a closed round is shown to its teacher: a bar for each answer, in the order and letters of the screen. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from game.kinds import Answer
from game.question import Question

Order = Sequence[int] | None


class Bar(msgspec.Struct, frozen=True):
    """`position` gives letter and shape, None for what people typed; `share` is of all who answered, 0 to 1."""

    text: str | float
    count: int
    share: float
    right: bool
    position: int | None = None


class Given(msgspec.Struct, frozen=True):
    """What somebody answered: the choices as (position, text), or a text or a number."""

    choices: tuple[tuple[int, str], ...] = ()
    value: str | float | None = None


def bars(
    question: Question, order: Order, distribution: Mapping[str, Any], key: Mapping[str, Any] | None, answered: int
) -> list[Bar]:
    """The choices as they were shown; or what was typed most, without the rest, which is `distribution["other"]`."""
    if not question.choices:
        values = distribution.get("values", [])
        total = max([answered, *(entry["count"] for entry in values)])
        return [_bar(entry["value"], entry["count"], total, entry["correct"]) for entry in values]
    counts = distribution["counts"]
    right = _right_choices(key)
    # Who was removed later is still in the counts.
    total = max([answered, *counts])
    return [
        _bar(question.choices[index].text, counts[index], total, index in right, position)
        for position, index in enumerate(_shown(question, order))
    ]


def given(question: Question, order: Order, answer: Answer) -> Given:
    if "choices" in answer:
        places = {index: position for position, index in enumerate(_shown(question, order))}
        taken = sorted((places[index], question.choices[index].text) for index in answer["choices"])
        return Given(choices=tuple(taken))
    return Given(value=next(iter(answer.values())))


def right_answers(question: Question, order: Order, key: Mapping[str, Any] | None) -> dict[str, list[Any]]:
    """{choices: [(position, text)], accepted: what else counts, as the quiz JSON has it}; either may be empty."""
    if key is None:
        return {"choices": [], "accepted": []}
    if question.choices:
        right = _right_choices(key)
        shown = enumerate(_shown(question, order))
        return {
            "choices": [(place, question.choices[index].text) for place, index in shown if index in right],
            "accepted": [],
        }
    accepted = key.get("accepted") or [value for name, value in key.items() if name != "accepted"]
    return {"choices": [], "accepted": list(accepted)}


def _bar(text: str | float, count: int, total: int, right: bool, position: int | None = None) -> Bar:
    return Bar(text, count, count / total if total else 0.0, right, position)


def _shown(question: Question, order: Order) -> Sequence[int]:
    return range(len(question.choices)) if order is None else order


def _right_choices(key: Mapping[str, Any] | None) -> set[int]:
    key = key or {}
    return {index for index in (*key.get("choices", ()), *key.get("accepted", ())) if isinstance(index, int)}
