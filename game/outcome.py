"""How a closed round is shown to its teacher: a bar for each answer, in the order and letters of the screen. Pure.

What a question's answers are in words, its kind knows; this knows places and shares.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from game.kinds import Answer, kind_of
from game.question import Question

Order = Sequence[int] | None


class Bar(msgspec.Struct, frozen=True):
    """`position` gives letter and shape, None for what has no letter; `share` is of all who answered, 0 to 1."""

    text: str | float
    count: int
    share: float
    right: bool
    position: int | None = None


class Given(msgspec.Struct, frozen=True):
    """What somebody answered: the choices as (position, text), or anything else in words or as a number."""

    choices: tuple[tuple[int, str], ...] = ()
    value: str | float | None = None


def bars(
    question: Question, order: Order, distribution: Mapping[str, Any], key: Mapping[str, Any] | None, answered: int
) -> list[Bar]:
    """The choices as they were shown; or what was typed most, without the rest, which is `distribution["other"]`."""
    lines = kind_of(question).lines(question, distribution, None if key is None else dict(key))
    # Who was removed later is still in the counts.
    total = max([answered, *(line.count for line in lines)])
    places = _places(question, order)
    found = [
        Bar(
            line.text,
            line.count,
            line.count / total if total else 0.0,
            line.right,
            None if line.index is None else places[line.index],
        )
        for line in lines
    ]
    return sorted(found, key=lambda bar: bar.position or 0)


def given(question: Question, order: Order, answer: Answer) -> Given:
    chosen = kind_of(question).chosen(question, answer)
    if chosen:
        return Given(choices=_placed(question, order, chosen))
    return Given(value=kind_of(question).cell(question, answer))


def right_answers(question: Question, order: Order, key: Mapping[str, Any] | None) -> dict[str, list[Any]]:
    """{choices: [(position, text)], accepted: what else counts, in words or as the quiz JSON has it}."""
    if key is None:
        return {"choices": [], "accepted": []}
    kind = kind_of(question)
    chosen = kind.chosen(question, dict(key))
    return {
        "choices": list(_placed(question, order, chosen)),
        "accepted": [] if chosen else kind.accepted(question, dict(key)),
    }


def _placed(question: Question, order: Order, indexes: Sequence[int]) -> tuple[tuple[int, str], ...]:
    places = _places(question, order)
    return tuple(sorted((places[index], question.choices[index].text) for index in indexes))


def _places(question: Question, order: Order) -> dict[int, int]:
    shown = range(len(question.choices)) if order is None else order
    return {index: position for position, index in enumerate(shown)}
