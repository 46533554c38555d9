"""The answer writer: stores what arrived together in one go, each answer at most once. And the answers' queries."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

import msgspec

from models.engine import execute
from models.many_rows import in_sizes, statements
from models.receipts import Key, Known, past_receipts, receipts_of_round
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


# By id; None for one that there is not.
Rooms = dict[str, RoomState | None]
# (room, submission) → why not, or None. Only what is for the room's own round may be let in.
Rule = Callable[[RoomState, Submission], str | None]
# (received at, opened at, round trip) → the response time that counts; all in ms.
Timing = Callable[[int, int, int], int]


def rooms_of(submissions: Sequence[Submission]) -> set[str]:
    """Those that the storing transaction must hold."""
    return {submission.room_id for submission in submissions}


def store_answers(submissions: Sequence[Submission], refuses: Rule, timing: Timing) -> list[Outcome]:
    """Stores each submission or says why not, inside the caller's transaction, which holds their rooms.

    The room's phase is read here, after the room is held: whoever closes the round does it before or after,
    never between. What cannot be stored is looked up before it is refused: an id that is stored, before or by its
    neighbour in this batch, gets the same receipt whatever else is said under it.
    """
    room_ids = rooms_of(submissions)
    rooms: Rooms = {room_id: _room_state(room_id) for room_id in room_ids}
    removed = {participant_id for room_id in room_ids for participant_id in _removed(room_id)}
    refused: dict[int, str] = {}
    accepted: list[int] = []
    rows: list[tuple[Any, ...]] = []
    # In one order everywhere: else two nodes that store the same answers could wait for each other.
    participants = [submission.participant_id for submission in submissions]
    for index in sorted(range(len(submissions)), key=participants.__getitem__):
        submission = submissions[index]
        room = rooms[submission.room_id]
        if submission.participant_id in removed:
            refused[index] = "forbidden"
        elif room is None:
            refused[index] = "room_over"
        elif reason := refuses(room, submission):
            refused[index] = reason
        elif submission.answer is None:
            refused[index] = "invalid_answer"
        else:
            accepted.append(index)
            rows.append(_row(submission, room, timing))
    doubtful = _insert(accepted, rows)
    outcomes: list[Outcome] = [STORED] * len(submissions)
    if doubtful or refused:
        asked = (*doubtful, *refused)
        found = past_receipts([_key(submissions[index]) for index in asked])
        found |= receipts_of_round(_places(submissions, asked, rooms))
        _tell_apart(submissions, found, doubtful, refused, outcomes)
    return outcomes


def _room_state(room_id: str) -> RoomState | None:
    row = execute("SELECT phase, round, closes_at, opened_at FROM room WHERE id = ?", (room_id,)).fetchone()
    return RoomState(*row) if row else None


# Few, and found by an index of them alone.
_REMOVED = "SELECT id FROM participant WHERE room_id = ? AND removed_at IS NOT NULL"


def _removed(room_id: str) -> Iterator[str]:
    return (row[0] for row in execute(_REMOVED, (room_id,)).fetchall())


def _key(submission: Submission) -> Key:
    return submission.participant_id, submission.submission_id


def _row(submission: Submission, room: RoomState, timing: Timing) -> tuple[Any, ...]:
    received_at = submission.received_at
    return (
        submission.room_id,
        submission.round,
        submission.participant_id,
        submission.submission_id,
        submission.answer,
        received_at,
        timing(received_at, room.opened_at or received_at, submission.rtt_ms),
    )


def _places(submissions: Sequence[Submission], indexes: Iterable[int], rooms: Rooms) -> Iterator[tuple[str, int, str]]:
    """Where their participants' answers to the rooms' own rounds are, whatever round they were meant for."""
    for submission in map(submissions.__getitem__, indexes):
        room = rooms[submission.room_id]
        if room is not None:
            yield submission.room_id, room.round, submission.participant_id


# An id of an earlier round has its receipt, even when it comes with an answer to this one: it stays out. `OFFSET 0` has
# PostgreSQL look each up by the index, in the rows' order; else it reads the whole table of ids for each statement.
_INSERT = statements(
    "INSERT INTO answer (room_id, round, participant_id, submission_id, answer, received_at, response_ms)"
    " SELECT * FROM (VALUES ",
    "(?, ?, ?, ?, ?, ?, ?)",
    ") AS given WHERE NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.participant_id = given.column3"
    " AND r.submission_id = given.column4 LIMIT 1 OFFSET 0) ON CONFLICT DO NOTHING",
)


def _insert(accepted: list[int], rows: list[tuple[Any, ...]]) -> dict[int, bool]:
    """Which of the accepted may not be in, by index; True when others of the same statement are."""
    doubtful: dict[int, bool] = {}
    for start, size, values in in_sizes(rows):
        inserted = execute(_INSERT[size], values).rowcount
        if inserted < size:
            doubtful |= dict.fromkeys(accepted[start : start + size], inserted > 0)
    return doubtful


def _tell_apart(
    submissions: Sequence[Submission],
    found: dict[Key, Known],
    doubtful: dict[int, bool],
    refused: dict[int, str],
    outcomes: list[Outcome],
) -> None:
    """Puts in what is `found` under the ids of the doubtful and the refused, and what becomes of the rest."""
    claimed = set()
    for index in sorted(doubtful.keys() | refused.keys()):
        submission = submissions[index]
        key = _key(submission)
        known = found.get(key)
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


def to_grade(room_id: str, number: int) -> list[tuple[str, str, int]]:
    """(participant, answer, response time in ms) of the round, and nothing more: it is read while the room waits."""
    rows: list[tuple[str, str, int]] = execute(_TO_GRADE, (room_id, number)).fetchall()
    return rows


_TO_GRADE = "SELECT participant_id, answer, response_ms FROM answer WHERE room_id = ? AND round = ?"


def answer_counts(room_id: str, number: int) -> list[tuple[str, int]]:
    """(answer, how many gave it) of the round."""
    rows: list[tuple[str, int]] = execute(_COUNTS, (room_id, number)).fetchall()
    return rows


_COUNTS = "SELECT answer, COUNT(*) FROM answer WHERE room_id = ? AND round = ? GROUP BY answer"


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
