"""The contract of a question kind and what most kinds share. A kind knows one question, never a room."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from game.fields import Fields
from game.question import Problem, Question

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


class Kind(Protocol):
    """One kind of question. Methods without a body are what a new kind must bring."""

    name: str
    # Poll and info are never graded; info takes no answers at all.
    graded: bool = True
    takes_answers: bool = True
    # The fields of the quiz JSON in which this kind keeps its choices and its key.
    key_fields: tuple[str, ...] = ()

    def read_key(self, fields: Fields) -> dict[str, Any]:
        """The `key_fields` as arguments of Question. Notes wrong types; `problems` judges the whole."""
        return {}

    def write_key(self, question: Question) -> dict[str, Any]:
        """The `key_fields` as they stand in the quiz JSON."""
        return {}

    def problems(self, question: Question) -> list[Problem]:
        """What makes a question of this kind unplayable; paths count from the question."""
        return []

    def order(self, question: Question, shuffle: Shuffle | None) -> tuple[int, ...] | None:
        """In which order the choices are shown, fixed when the room is made; None for the author's."""
        return None

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        """What anybody may see before the reveal. Lists every field by name, so that no key slips in."""
        return {
            "id": question.id,
            "kind": question.kind,
            "prompt": question.prompt if show_text else None,
            "time_limit_s": question.time_limit_s,
            "points": question.points if self.graded else 0,
        }

    def parse_answer(self, question: Question, raw: object) -> Answer:
        """The answer in the form in which it is stored. Raises InvalidAnswer."""
        ...

    def credit(self, question: Question, answer: Answer, partial: bool) -> float:
        """What one parsed answer is worth, 0 to 1; without `partial` it is 0 or 1."""
        return self.credits(question, [answer], partial)[0]

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        """The credit of each answer of a round, in their order; they may depend on each other."""
        ...

    def key(self, question: Question) -> dict[str, Any] | None:
        """The right answer as the reveal shows it, in the shape of an answer; None when there is none."""
        return None

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """How the answers of a round spread."""
        ...


def settle(credit: float, partial: bool) -> float:
    """A raw sum of weights as credit: 0 to 1, and nothing between when partial credit is off."""
    if not partial:
        return 1.0 if credit >= CORRECT_FROM else 0.0
    if credit >= 1 - 1e-9:
        return 1.0
    return max(credit, 0.0)


def only_field(raw: object, name: str) -> object:
    """The value of an answer that has exactly one field. Raises InvalidAnswer."""
    if not isinstance(raw, Mapping):
        raise InvalidAnswer("answer", "must be an object")
    for field in raw:
        if field != name:
            raise InvalidAnswer(f"answer.{str(field)[:50]}", f"unknown field, this question takes {name}")
    if name not in raw:
        raise InvalidAnswer(f"answer.{name}", "is missing")
    return raw[name]


def spread_values(counts: Mapping[Any, int], is_right: Callable[[Any], bool]) -> dict[str, Any]:
    """A distribution over free values: the most frequent first, the rest summed up in `other`."""
    ranked = sorted(counts.items(), key=lambda entry: -entry[1])
    values = [{"value": value, "count": count, "correct": is_right(value)} for value, count in ranked[:VALUES_MOST]]
    return {"values": values, "other": sum(count for _, count in ranked[VALUES_MOST:])}
