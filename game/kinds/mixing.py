"""Indexes that do not give the key away. A kind whose author's order is the key mixes its lists once for each room.

A mixed body has `wire`: by list, the author's index at each wire index; and `shown`, the wire indexes in the order to
show, for lists that stand as their author wrote them, under mixed indexes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from game.kinds.answers import Shuffle
from game.question import Question


def mix(
    question: Question, lists: Mapping[str, Sequence[int]], shuffle: Shuffle, *, in_order: tuple[str, ...] = ()
) -> Question:
    """`lists` are the author's indexes by name; those named in `in_order` are shown as they stand."""
    wire: dict[str, list[int]] = {}
    for name, indexes in lists.items():
        wire[name] = list(indexes)
        shuffle(wire[name])
    shown = {name: sorted(range(len(wire[name])), key=wire[name].__getitem__) for name in in_order}
    return msgspec.structs.replace(question, body=question.body | {"wire": wire, "shown": shown})


def wire_of(question: Question, name: str, indexes: Sequence[int]) -> Sequence[int]:
    """The author's index at each wire index; `indexes` are the author's, for a question that is not mixed."""
    mixed: Sequence[int] = question.body.get("wire", {}).get(name, indexes)
    return mixed


def places(wire: Sequence[int]) -> dict[int, int]:
    """The wire index of each of the author's."""
    return {index: place for place, index in enumerate(wire)}


def listed(question: Question, name: str, wire: Sequence[int], texts: Sequence[str]) -> list[dict[str, Any]]:
    """[{index, text}] in the order to show; `texts` are the author's."""
    shown = question.body.get("shown", {}).get(name, range(len(wire)))
    return [{"index": index, "text": texts[wire[index]]} for index in shown]


def authored_counts(distribution: Mapping[str, Any], wire: Sequence[int]) -> dict[str, Any]:
    """A distribution whose `counts` go by the author's index."""
    at = places(wire)
    return {**distribution, "counts": [distribution["counts"][at[index]] for index in range(len(wire))]}
