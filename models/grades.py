"""Queries of grades: one row for each participant and closed round. To be called inside Database.read or .write."""

from collections.abc import Iterable
from typing import Any

from peewee import fn

from models.database import proxy
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
_INSERT = (
    f"INSERT INTO grade ({', '.join(field.column_name for field in FIELDS)})"  # noqa: S608 - names of our own columns
    f" VALUES ({', '.join('?' * len(FIELDS))})"
)


def insert_grades(rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows in the order of FIELDS; one statement for a whole lecture hall."""
    proxy.cursor().executemany(_INSERT.replace("?", proxy.param), rows)


def last_graded_round(room_id: str) -> int | None:
    number: int | None = Grade.select(fn.MAX(Grade.round)).where(Grade.room_id == room_id).scalar()
    return number


def grades_of_round(room_id: str, number: int) -> list[Any]:
    """Named tuples with the fields of Grade: a model for each row would take most of the closing time."""
    query = Grade.select().where((Grade.room_id == room_id) & (Grade.round == number))
    return list(query.namedtuples())


def grades_of_room(room_id: str) -> list[Grade]:
    return list(Grade.select().where(Grade.room_id == room_id))
