"""Queries of answers. To be called inside Database.read or .write; what stores them is answer_writer.py."""

from collections.abc import Sequence
from typing import NamedTuple

from models.engine import execute
from models.many_rows import statements
from models.tables import GivenAnswer as Answer

# By how many rows they take. Where somebody has answered the round already, that answer stays.
INSERT = statements(
    "INSERT INTO answer (room_id, round, participant_id, submission_id, answer, received_at, response_ms) VALUES ",
    "(?, ?, ?, ?, ?, ?, ?)",
    " ON CONFLICT DO NOTHING",
)


class Given(NamedTuple):
    """An answer that counts; `answer` is JSON text."""

    participant_id: str
    submission_id: str
    answer: str
    received_at: int
    response_ms: int


_OF_ROUND = f"SELECT {', '.join(Given._fields)} FROM given_answer WHERE room_id = ? AND round = ?"  # noqa: S608 - our own names


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


_COUNTS = "SELECT answer, COUNT(*) FROM given_answer WHERE room_id = ? AND round = ? GROUP BY answer"


def answers_since(room_id: str, number: int, since: int) -> list[tuple[str, str, str, int]]:
    """(participant, submission id, answer, received at) of the round's answers that came at `since` or later."""
    values = (room_id, number, since)
    rows: list[tuple[str, str, str, int]] = execute(_SINCE, values).fetchall()
    return rows


_SINCE = (
    "SELECT participant_id, submission_id, answer, received_at FROM given_answer"
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
