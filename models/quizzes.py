"""Queries of quizzes. To be called inside Database.read or .write. A deleted quiz stays for the rooms made from it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peewee import ModelSelect, fn

from models import media, questions
from models.tables import Quiz, QuizTag, Room

# The content of a quiz that is gone for good.
BURIED = "{}"
# How a page of the list is sorted; the id makes it one order.
ORDERS = {
    "recent": (Quiz.updated_at.desc(), Quiz.id),
    "title": (Quiz.words, Quiz.id),
    # Those that were never played stand last, on either database.
    "played": (Quiz.last_played_at.is_null(), Quiz.last_played_at.desc(), Quiz.updated_at.desc(), Quiz.id),
    "deleted": (Quiz.deleted_at.desc(), Quiz.id),
}


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


def of_owner(owner_id: str, words: Sequence[str] = (), tag: str = "", deleted_after: int | None = None) -> ModelSelect:
    """An account's quizzes that hold all `words` and have the tag of that key; with `deleted_after` deleted ones."""
    query = Quiz.select().where(Quiz.owner_id == owner_id)
    query = query.where(Quiz.deleted_at.is_null() if deleted_after is None else Quiz.deleted_at > deleted_after)
    for word in words:
        query = query.where(Quiz.words.contains(word))
    if tag:
        query = query.where(Quiz.id.in_(QuizTag.select(QuizTag.quiz_id).where(QuizTag.key == tag)))
    return query


def newest(query: ModelSelect, after: str | None, limit: int) -> list[Quiz]:
    """Newest first; `after` is the id of the last one of the page before (a deleted one will do)."""
    if after is not None:
        last = Quiz.get_or_none(Quiz.id == after)
        if last is None:
            return []
        query = query.where(
            (Quiz.created_at < last.created_at) | ((Quiz.created_at == last.created_at) & (Quiz.id < last.id))
        )
    return list(query.order_by(Quiz.created_at.desc(), Quiz.id.desc()).limit(limit))


def sorted_page(query: ModelSelect, order: str, offset: int, limit: int) -> list[Quiz]:
    return list(query.order_by(*ORDERS[order]).offset(offset).limit(limit))


def tags_of_owner(owner_id: str) -> list[tuple[str, str, int]]:
    """(key, tag, how many quizzes) of the quizzes that are there, by tag; of several spellings one."""
    query = QuizTag.select(QuizTag.key, fn.MIN(QuizTag.tag), fn.COUNT(QuizTag.quiz_id))
    query = query.join(Quiz, on=(Quiz.id == QuizTag.quiz_id) & Quiz.deleted_at.is_null())
    return list(query.where(Quiz.owner_id == owner_id).group_by(QuizTag.key).order_by(QuizTag.key).tuples())


def set_words(quiz_id: str, words: str, language: str, tags: Mapping[str, str]) -> None:
    """By what the quiz is found from now on; tags by their key."""
    Quiz.update(words=words, language=language).where(Quiz.id == quiz_id).execute()
    QuizTag.delete().where(QuizTag.quiz_id == quiz_id).execute()
    for key, tag in tags.items():
        QuizTag.insert(quiz_id=quiz_id, key=key, tag=tag).execute()


def count_run(room_id: str, at: int) -> None:
    """A room made of a quiz has started."""
    played = Room.select(Room.quiz_id).where(Room.id == room_id)
    Quiz.update(runs=Quiz.runs + 1, last_played_at=at).where(Quiz.id == played).execute()


def update_quiz(quiz_id: str, revision: int, values: Mapping[str, Any]) -> bool:
    """Writes `values` and the next revision if the quiz still has `revision`; False when it has moved on."""
    changed: int = (
        Quiz.update(**values, revision=revision + 1)
        .where((Quiz.id == quiz_id) & (Quiz.revision == revision) & Quiz.deleted_at.is_null())
        .execute()
    )
    return changed == 1


def deleted_quiz(quiz_id: str, deleted_after: int) -> Quiz | None:
    """One that can be taken back."""
    row: Quiz | None = Quiz.get_or_none((Quiz.id == quiz_id) & (Quiz.deleted_at > deleted_after))
    return row


def restore(quiz_id: str) -> None:
    Quiz.update(deleted_at=None).where(Quiz.id == quiz_id).execute()


def bury(deleted_before: int) -> int:
    """What they asked is gone for good; returns how many. The rows stay empty: rooms that are kept refer to them."""
    gone = Quiz.select(Quiz.id).where((Quiz.deleted_at <= deleted_before) & (Quiz.content != BURIED))
    ids = [row.id for row in gone]
    for quiz_id in ids:
        set_words(quiz_id, "", "en", {})
        questions.set_questions(quiz_id, ())
        media.set_quiz_media(quiz_id, ())
        Quiz.update(title="", content=BURIED, questions=0).where(Quiz.id == quiz_id).execute()
    return len(ids)


def mark_deleted(quiz_id: str, now: int) -> None:
    Quiz.update(deleted_at=now).where(Quiz.id == quiz_id).execute()


def claim_unowned(owner_id: str) -> int:
    claimed: int = Quiz.update(owner_id=owner_id).where(Quiz.owner_id.is_null()).execute()
    return claimed


def counts_of_owners(owner_ids: Sequence[str]) -> dict[str, int]:
    """How many quizzes each has; whoever has none is not in it."""
    is_theirs = Quiz.owner_id.in_(owner_ids) & Quiz.deleted_at.is_null()
    rows = Quiz.select(Quiz.owner_id, fn.COUNT(Quiz.id)).where(is_theirs).group_by(Quiz.owner_id).tuples()
    return dict(rows)


def hand_over(owner_id: str, to: str) -> int:
    """All but the deleted ones get another owner; returns how many."""
    handed: int = Quiz.update(owner_id=to).where((Quiz.owner_id == owner_id) & Quiz.deleted_at.is_null()).execute()
    return handed
