"""The kind answered by putting items in order. Their author wrote them in it; equal texts may change places."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from game.fields import Fields
from game.kinds import mixing
from game.kinds.answers import Answer, InvalidAnswer, Shuffle, only_field, whole_indexes
from game.kinds.kind import Kind
from game.kinds.telling import Line
from game.question import Problem, Question
from game.shapes import Schema, listed, text

ITEMS_LEAST = 2
ITEMS_MOST = 12
TEXT_MOST = 200


class OrderKind(Kind):
    name = view = "order"
    position = 70
    key_fields = ("items",)

    def read_body(self, fields: Fields) -> dict[str, Any]:
        return {"items": fields.texts("items", ITEMS_MOST, TEXT_MOST)}

    def shape(self) -> dict[str, Schema]:
        about = {"description": "In the right order"}
        return {"items": listed(text(1, TEXT_MOST), ITEMS_LEAST, ITEMS_MOST) | about}

    def problems(self, question: Question) -> list[Problem]:
        items = _items(question)
        if len(items) < ITEMS_LEAST:
            wanted = f"needs {ITEMS_LEAST} to {ITEMS_MOST} items, not {len(items)}"
            return [Problem("items", f"an order question {wanted}")]
        if len(set(items)) == 1:
            return [Problem("items", "are all the same, so that any order would be right")]
        return []

    def mix(self, question: Question, shuffle: Shuffle, with_lists: bool) -> Question:
        items = _items(question)
        mixed = mixing.mix(question, {"items": range(len(items))}, shuffle)
        wire = mixed.body["wire"]["items"]
        # Of three and more, nobody should find them solved; of two, that would give them away.
        if len(items) > 2 and [items[index] for index in wire] == items:
            turned = {"items": [*wire[1:], wire[0]]}
            return msgspec.structs.replace(mixed, body=mixed.body | {"wire": turned})
        return mixed

    def authored(self, question: Question, answer: Answer) -> Answer:
        wire = _wire(question)
        return {"order": [wire[index] for index in answer["order"]]}

    def authored_distribution(self, question: Question, distribution: dict[str, Any]) -> dict[str, Any]:
        return mixing.authored_counts(distribution, _wire(question))

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        if with_choices:
            # Nobody can put in order what they do not see: the texts are there whatever the room shows.
            view["items"] = mixing.listed(question, "items", _wire(question), _items(question))
        return view

    def parse_answer(self, question: Question, raw: object) -> Answer:
        given = only_field(raw, "order")
        count = len(_items(question))
        order = whole_indexes("answer.order", given, count)
        if len(order) != count or len(set(order)) != count:
            raise InvalidAnswer("answer.order", f"must name each of the {count} items once")
        return {"order": order}

    def worth(self, question: Question, answer: Answer) -> float:
        at_place = self._at_place(question, answer)
        return sum(at_place) / len(at_place)

    def _at_place(self, question: Question, answer: Answer) -> list[bool]:
        """By place: whether what stands there reads as what belongs there."""
        items, wire = _items(question), _wire(question)
        return [items[wire[index]] == items[place] for place, index in enumerate(answer["order"])]

    def key(self, question: Question) -> dict[str, Any] | None:
        at = mixing.places(_wire(question))
        return {"order": [at[place] for place in range(len(at))]}

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        order = list((self.key(question) or {})["order"])
        if not is_right:
            at = chance.randrange(len(order) - 1)
            order[at : at + 2] = reversed(order[at : at + 2])
        return {"order": order}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        wire = _wire(question)
        counts = [0] * len(wire)
        at = mixing.places(wire)
        for answer in answers:
            for place, is_right in enumerate(self._at_place(question, answer)):
                counts[at[place]] += is_right
        return {"counts": counts, "other": 0}

    def told(self, question: Question, answer: Answer) -> str:
        items = _items(question)
        order = self.authored(question, answer)["order"]
        return ", ".join(f"{place}. {items[index]}" for place, index in enumerate(order, start=1))

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        counts = self.authored_distribution(question, dict(distribution))["counts"]
        return [Line(f"{place + 1}. {item}", counts[place], True) for place, item in enumerate(_items(question))]


KINDS = (OrderKind(),)


def _items(question: Question) -> list[str]:
    items: list[str] = question.body["items"]
    return items


def _wire(question: Question) -> Sequence[int]:
    return mixing.wire_of(question, "items", range(len(_items(question))))
