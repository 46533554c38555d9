"""Under which submission ids answers are stored: of rounds that are over in a table of its own, else with the answer.

An index of all ids would lie in the order of participants, and each answer of a burst would write a page of it. So a
round's ids are put there once, in order, by whoever closes it; an open round has one answer a participant, which is
found by who gave it.

Invariant: an answer of a round before the room's is in `receipt`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.engine import execute
from models.many_rows import in_sizes, statements


class Known(NamedTuple):
    """What has been stored under a submission id before: the receipt, whenever it is asked for."""

    round: int
    submission_id: str
    received_at: int


# (participant, submission id)
Key = tuple[str, str]

_PAST = statements(
    "SELECT r.participant_id, r.submission_id, r.round, r.received_at FROM (VALUES ",
    "(?, ?)",
    ") AS asked JOIN receipt AS r ON r.participant_id = asked.column1 AND r.submission_id = asked.column2",
)
_OF_ROUND = statements(
    "SELECT a.participant_id, a.submission_id, a.round, a.received_at FROM (VALUES ",
    "(?, ?, ?)",
    ") AS asked JOIN answer AS a"
    " ON a.room_id = asked.column1 AND a.round = asked.column2 AND a.participant_id = asked.column3",
)
_KEEP = (
    "INSERT INTO receipt (participant_id, submission_id, round, received_at)"
    " SELECT participant_id, submission_id, round, received_at FROM answer WHERE room_id = ? AND round = ?"
    " ORDER BY participant_id, submission_id ON CONFLICT DO NOTHING"
)


def past_receipts(keys: Sequence[Key]) -> dict[Key, Known]:
    """Those of rounds that are over."""
    return _found(_PAST, keys)


def receipts_of_round(places: Iterable[tuple[str, int, str]]) -> dict[Key, Known]:
    """What these (room, round, participant) have answered, by the id of it."""
    return _found(_OF_ROUND, sorted(set(places)))


def _found(by_size: dict[int, str], asked: Sequence[tuple[str | int, ...]]) -> dict[Key, Known]:
    return {
        (row[0], row[1]): Known(row[2], row[1], row[3])
        for _, size, values in in_sizes(asked)
        for row in execute(by_size[size], values).fetchall()
    }


def keep_receipts(room_id: str, number: int) -> None:
    """For whoever closes the round, in the same transaction."""
    execute(_KEEP, (room_id, number))
