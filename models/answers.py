"""The answer writer: stores what arrived together in one go, each answer at most once. And the answers' queries."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from models.database import execute
from models.tables import Answer


class Submission(NamedTuple):
    """One answer on its way in. `answer` is JSON text, None when it has a shape that nobody can grade."""

    room_id: str
    round: int
    participant_id: str
    submission_id: str
    answer: str | None
    received_at: int
    rtt_ms: int


class Stored(NamedTuple):
    """What is in the database under a submission id: the receipt, whenever it is asked for."""

    round: int
    submission_id: str
    received_at: int
    answer: str
    is_new: bool


class Refused(NamedTuple):
    reason: str


# (phase, round, closes_at) of the room as read in this transaction, and the submission → why not, or None.
Rule = Callable[[tuple[str, int, int | None], Submission], str | None]
# (submission, opened_at) → the response time that counts, in ms.
Timing = Callable[[Submission, int], int]


def store_answers(submissions: Sequence[Submission], refuses: Rule, timing: Timing) -> list[Stored | Refused]:
    """Stores each submission or says why not, in order, inside the caller's transaction.

    An id that is stored already gets the same receipt before anything else is looked at. The room's phase is
    read here, after the write lock is held: whoever closes the round does it before or after, never between.
    """
    rooms: dict[str, tuple[str, int, int | None, int | None]] = {}
    outcomes: list[Stored | Refused] = []
    for submission in submissions:
        known = _known(submission)
        if known is not None:
            outcomes.append(known)
            continue
        if submission.room_id not in rooms:
            rooms[submission.room_id] = execute(_ROOM, (submission.room_id,)).fetchone()
        *state, opened_at = rooms[submission.room_id]
        reason = refuses((state[0], state[1], state[2]), submission)
        if reason is None and submission.answer is None:
            reason = "invalid_answer"
        if reason is not None:
            outcomes.append(Refused(reason))
            continue
        outcomes.append(_insert(submission, timing(submission, opened_at or submission.received_at)))
    return outcomes


_ROOM = "SELECT phase, round, closes_at, opened_at FROM room WHERE id = ?"
_KNOWN = (
    "SELECT round, submission_id, received_at, answer FROM answer"
    " WHERE room_id = ? AND participant_id = ? AND submission_id = ?"
)
_INSERT = (
    "INSERT INTO answer (room_id, round, participant_id, submission_id, answer, received_at, response_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)


def _known(submission: Submission) -> Stored | None:
    key = (submission.room_id, submission.participant_id, submission.submission_id)
    row = execute(_KNOWN, key).fetchone()
    return Stored(row[0], row[1], row[2], row[3], is_new=False) if row else None


def _insert(submission: Submission, response_ms: int) -> Stored | Refused:
    values = (*submission[:6], response_ms)
    if execute(_INSERT, values).rowcount == 1:
        answer = submission.answer or ""
        return Stored(submission.round, submission.submission_id, submission.received_at, answer, is_new=True)
    return Refused("already_answered")


def answers_of_round(room_id: str, number: int) -> list[Any]:
    """Named tuples with the fields of Answer: there may be thousands."""
    query = Answer.select().where((Answer.room_id == room_id) & (Answer.round == number))
    return list(query.namedtuples())


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
