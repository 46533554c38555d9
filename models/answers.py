"""The answer writer: stores what arrived together in one go, each answer at most once. And the answers' queries."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

import msgspec

from models.engine import execute, hold_rooms
from models.tables import Answer


class Submission(msgspec.Struct, gc=False):
    """One answer on its way in. `answer` is JSON text, None when it has a shape that nobody can grade."""

    room_id: str
    round: int
    participant_id: str
    submission_id: str
    answer: str | None
    received_at: int
    rtt_ms: int


class Known(NamedTuple):
    """What has been stored under a submission id before: the receipt, whenever it is asked for."""

    round: int
    submission_id: str
    received_at: int


class Refused(NamedTuple):
    reason: str


class Fresh(Enum):
    """Stored just now, as it was submitted."""

    STORED = "stored"


STORED = Fresh.STORED
Outcome = Fresh | Known | Refused


class RoomState(NamedTuple):
    """The room's row as it is in this transaction."""

    phase: str
    round: int
    closes_at: int | None
    opened_at: int | None


# (room, submission) → why not, or None.
Rule = Callable[[RoomState, Submission], str | None]
# (submission, opened_at) → the response time that counts, in ms.
Timing = Callable[[Submission, int], int]


def store_answers(submissions: Sequence[Submission], refuses: Rule, timing: Timing) -> list[Outcome]:
    """Stores each submission or says why not, inside the caller's transaction.

    The room's phase is read here, after the write lock is held: whoever closes the round does it before or after,
    never between. What cannot be stored is looked up before it is refused: an id that is stored, before or by its
    neighbour in this batch, gets the same receipt whatever else is said under it.
    """
    room_ids = {submission.room_id for submission in submissions}
    hold_rooms(room_ids)
    rooms = {room_id: _room_state(room_id) for room_id in room_ids}
    refused: dict[int, str] = {}
    accepted: list[int] = []
    rows: list[tuple[Any, ...]] = []
    for index, submission in enumerate(submissions):
        room = rooms[submission.room_id]
        reason = "room_over" if room is None else refuses(room, submission)
        if reason is None and submission.answer is None:
            reason = "invalid_answer"
        if reason is not None or room is None:
            refused[index] = reason or "room_over"
            continue
        accepted.append(index)
        rows.append(_row(submission, timing(submission, room.opened_at or submission.received_at)))
    outcomes: list[Outcome] = [STORED] * len(submissions)
    doubtful = _insert(accepted, rows)
    if doubtful or refused:
        _look_up(submissions, doubtful, refused, outcomes)
    return outcomes


def _room_state(room_id: str) -> RoomState | None:
    row = execute("SELECT phase, round, closes_at, opened_at FROM room WHERE id = ?", (room_id,)).fetchone()
    return RoomState(*row) if row else None


def _row(submission: Submission, response_ms: int) -> tuple[Any, ...]:
    return (
        submission.room_id,
        submission.round,
        submission.participant_id,
        submission.submission_id,
        submission.answer,
        submission.received_at,
        response_ms,
    )


# Statements of a few fixed sizes, which the driver keeps prepared. One statement for many rows is one call into the
# database, for which Python's lock is given up once and not for each row.
_SIZES = (256, 64, 16, 4, 1)


def _statements(before: str, row: str, after: str) -> dict[int, str]:
    return {size: before + ", ".join([row] * size) + after for size in _SIZES}


_INSERT = _statements(
    "INSERT INTO answer (room_id, round, participant_id, submission_id, answer, received_at, response_ms) VALUES ",
    "(?, ?, ?, ?, ?, ?, ?)",
    " ON CONFLICT DO NOTHING",
)
_KNOWN = _statements(
    "SELECT a.participant_id, a.submission_id, a.round, a.received_at FROM (VALUES ",
    "(?, ?)",
    ") AS asked JOIN answer AS a ON a.participant_id = asked.column1 AND a.submission_id = asked.column2",
)


def _in_sizes(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """(where it starts, how many, the values of all of them) for each statement to be run."""
    start = 0
    for size in _SIZES:
        while len(rows) - start >= size:
            yield start, size, tuple(value for row in rows[start : start + size] for value in row)
            start += size


def _insert(accepted: list[int], rows: list[tuple[Any, ...]]) -> dict[int, bool]:
    """Which of the accepted may not be in, by index; True when others of the same statement are."""
    doubtful: dict[int, bool] = {}
    for start, size, values in _in_sizes(rows):
        inserted = execute(_INSERT[size], values).rowcount
        if inserted < size:
            doubtful |= dict.fromkeys(accepted[start : start + size], inserted > 0)
    return doubtful


def _look_up(
    submissions: Sequence[Submission], doubtful: dict[int, bool], refused: dict[int, str], outcomes: list[Outcome]
) -> None:
    """Puts in what is stored under the ids of the doubtful and the refused, and what becomes of the rest."""
    asked = sorted(doubtful.keys() | refused.keys())
    keys = [(s.participant_id, s.submission_id) for s in map(submissions.__getitem__, asked)]
    found = {
        row[:2]: Known(row[2], row[1], row[3])
        for _, size, values in _in_sizes(keys)
        for row in execute(_KNOWN[size], values).fetchall()
    }
    claimed = set()
    for index, key in zip(asked, keys, strict=True):
        known = found.get(key)
        submission = submissions[index]
        if known is None:
            outcomes[index] = Refused(refused.get(index, "already_answered"))
            continue
        is_same = (known.round, known.received_at) == (submission.round, submission.received_at)
        # The first of its id that says what is stored has just been stored. Had it come twice within a millisecond, in
        # two batches, the second would be taken for new: its receipt is the same.
        if doubtful.get(index) and is_same and key not in claimed:
            claimed.add(key)
        else:
            outcomes[index] = known


class Given(NamedTuple):
    """An answer that counts; `answer` is JSON text."""

    participant_id: str
    submission_id: str
    answer: str
    received_at: int
    response_ms: int


_OF_ROUND = f"SELECT {', '.join(Given._fields)} FROM answer WHERE room_id = ? AND round = ?"  # noqa: S608 - our own names


def answers_of_round(room_id: str, number: int) -> list[Given]:
    """Read without peewee's conversions: there may be thousands."""
    return list(map(Given._make, execute(_OF_ROUND, (room_id, number)).fetchall()))


def answers_since(room_id: str, number: int, since: int) -> list[tuple[str, str, str, int]]:
    """(participant, submission id, answer, received at) of the round's answers that came at `since` or later."""
    values = (room_id, number, since)
    rows: list[tuple[str, str, str, int]] = execute(_SINCE, values).fetchall()
    return rows


_SINCE = (
    "SELECT participant_id, submission_id, answer, received_at FROM answer"
    " WHERE room_id = ? AND round = ? AND received_at >= ?"
)


def last_receipts(room_id: str, participant_ids: Sequence[str]) -> dict[str, tuple[int, str, int]]:
    """(round, submission id, received at) of the last answer of each of these few who has one."""
    query = Answer.select(Answer.participant_id, Answer.round, Answer.submission_id, Answer.received_at)
    query = query.where((Answer.room_id == room_id) & Answer.participant_id.in_(participant_ids))
    return {row[0]: row[1:] for row in query.order_by(Answer.round).tuples()}


def answers_of_room(room_id: str) -> list[Answer]:
    return list(Answer.select().where(Answer.room_id == room_id))


def answered_ids(room_id: str, number: int) -> set[str]:
    query = Answer.select(Answer.participant_id).where((Answer.room_id == room_id) & (Answer.round == number))
    return {row[0] for row in query.tuples()}
