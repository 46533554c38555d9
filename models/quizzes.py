"""Queries of quizzes. To be called inside Database.read or .write. A deleted quiz stays for the rooms made from it."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.tables import Quiz


def insert_quizzes(rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        Quiz.insert(**row).execute()


def quiz_by_id(quiz_id: str) -> Quiz | None:
    """None when unknown or deleted."""
    row: Quiz | None = Quiz.get_or_none((Quiz.id == quiz_id) & Quiz.deleted_at.is_null())
    return row


def is_any() -> bool:
    """Whether there ever was a quiz, deleted ones too."""
    exists: bool = Quiz.select().exists()
    return exists


def quizzes_of_owner(owner_id: str, after: str | None, limit: int) -> list[Quiz]:
    """Newest first; `after` is the id of the last one of the page before (a deleted one will do)."""
    query = Quiz.select().where((Quiz.owner_id == owner_id) & Quiz.deleted_at.is_null())
    if after is not None:
        last = Quiz.get_or_none(Quiz.id == after)
        if last is None:
            return []
        query = query.where(
            (Quiz.created_at < last.created_at) | ((Quiz.created_at == last.created_at) & (Quiz.id < last.id))
        )
    return list(query.order_by(Quiz.created_at.desc(), Quiz.id.desc()).limit(limit))


def update_quiz(quiz_id: str, revision: int, values: Mapping[str, Any]) -> bool:
    """Writes `values` and the next revision if the quiz still has `revision`; False when it has moved on."""
    changed: int = (
        Quiz.update(**values, revision=revision + 1)
        .where((Quiz.id == quiz_id) & (Quiz.revision == revision) & Quiz.deleted_at.is_null())
        .execute()
    )
    return changed == 1


def mark_deleted(quiz_id: str, now: int) -> None:
    Quiz.update(deleted_at=now).where(Quiz.id == quiz_id).execute()


def claim_unowned(owner_id: str) -> int:
    claimed: int = Quiz.update(owner_id=owner_id).where(Quiz.owner_id.is_null()).execute()
    return claimed
