"""Queries of grades: one row for each participant and closed round. To be called inside Database.read or .write."""

from collections.abc import Iterable, Iterator
from typing import Any

from peewee import fn

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
CHUNK = 2000


def insert_grades(rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows in the order of FIELDS."""
    for chunk in _chunks(list(rows)):
        Grade.insert_many(chunk, fields=FIELDS).execute()


def _chunks(rows: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def last_graded_round(room_id: str) -> int | None:
    number: int | None = Grade.select(fn.MAX(Grade.round)).where(Grade.room_id == room_id).scalar()
    return number


def grades_of_round(room_id: str, number: int) -> list[Grade]:
    return list(Grade.select().where((Grade.room_id == room_id) & (Grade.round == number)))


def grades_of_room(room_id: str) -> list[Grade]:
    return list(Grade.select().where(Grade.room_id == room_id))
