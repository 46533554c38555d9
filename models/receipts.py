"""Under which submission ids answers are stored, and the receipt that each id has."""

from collections.abc import Iterable
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
# (room, round, participant), where an answer lies if there is one
Place = tuple[str, int, str]

_AT = statements(
    "SELECT a.participant_id, a.submission_id, a.round, a.received_at FROM (VALUES ",
    "(?, ?, ?)",
    ") AS asked JOIN answer AS a"
    " ON a.room_id = asked.column1 AND a.round = asked.column2 AND a.participant_id = asked.column3",
)


def receipts_at(places: Iterable[Place]) -> dict[Key, Known]:
    """What was answered there, by the id of it."""
    return {
        (row[0], row[1]): Known(row[2], row[1], row[3])
        for _, size, values in in_sizes(sorted(set(places)))
        for row in execute(_AT[size], values).fetchall()
    }
