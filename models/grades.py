"""Queries of grades: one row for each participant and closed round. To be called inside Database.read or .write."""

from collections.abc import Sequence
from typing import NamedTuple

from peewee import fn

from models.engine import execute
from models.many_rows import in_sizes, statements
from models.tables import Grade

FIELDS = (
    Grade.room_id,
    Grade.round,
    Grade.participant_id,
    Grade.correct,
    Grade.credit,
    Grade.points,
    Grade.score,
    Grade.correct_count,
    Grade.streak,
    Grade.streak_best,
    Grade.time_ms,
    Grade.rank,
)
_COLUMNS = ", ".join(field.column_name for field in FIELDS)
# Names of our own columns.
_INSERT = statements(f"INSERT INTO grade ({_COLUMNS}) VALUES ", f"({', '.join('?' * len(FIELDS))})", "")  # noqa: S608


class GradeRow(NamedTuple):
    """A grade as it is stored: the fields of FIELDS, in their order."""

    room_id: str
    round: int
    participant_id: str
    correct: bool
    credit: float
    points: int
    score: int
    correct_count: int
    streak: int
    streak_best: int
    time_ms: int
    rank: int


def insert_grades(rows: Sequence[GradeRow]) -> None:
    for _, count, values in in_sizes(rows):
        execute(_INSERT[count], values)


def last_graded_round(room_id: str) -> int | None:
    number: int | None = Grade.select(fn.MAX(Grade.round)).where(Grade.room_id == room_id).scalar()
    return number


def grades_of_round(room_id: str, number: int) -> list[GradeRow]:
    """Read without peewee's conversions, which take longer than all of the grading."""
    rows = execute(f"SELECT {_COLUMNS} FROM grade WHERE room_id = ? AND round = ?", (room_id, number))  # noqa: S608
    return list(map(GradeRow._make, rows.fetchall()))


def tallies_of_round(room_id: str, number: int) -> list[tuple[str, int, int, int, int, int]]:
    """(participant, score, correct count, streak, best streak, time in ms) after the round."""
    rows: list[tuple[str, int, int, int, int, int]] = execute(_TALLIES, (room_id, number)).fetchall()
    return rows


_TALLIES = (
    "SELECT participant_id, score, correct_count, streak, streak_best, time_ms FROM grade"
    " WHERE room_id = ? AND round = ?"
)


def grades_of_room(room_id: str) -> list[Grade]:
    return list(Grade.select().where(Grade.room_id == room_id))
