"""Queries of images and sounds: stored once each, with who brought them and which quizzes and rooms show them.

To be called inside Database.read or .write.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import fn

from models.tables import Media, MediaOwner, QuizMedia, RoomMedia


def keep(values: Mapping[str, Any], owner_id: str) -> None:
    """Stores what may be there already; from now on it counts as brought by this account too."""
    uploaded_at = values["uploaded_at"]
    Media.insert(**values).on_conflict(conflict_target=[Media.id], update={Media.uploaded_at: uploaded_at}).execute()
    MediaOwner.insert(media_id=values["id"], account_id=owner_id, uploaded_at=uploaded_at).on_conflict(
        conflict_target=[MediaOwner.media_id, MediaOwner.account_id], update={MediaOwner.uploaded_at: uploaded_at}
    ).execute()


def found(media_id: str) -> tuple[str, bytes] | None:
    """(type, bytes)."""
    row = Media.select(Media.type, Media.data).where(Media.id == media_id).tuples().first()
    return None if row is None else (row[0], bytes(row[1]))


def sizes(media_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(width, height) of those that are there, of a sound (milliseconds, 0)."""
    query = Media.select(Media.id, Media.width, Media.height, Media.duration_ms).where(Media.id.in_(list(media_ids)))
    return {media_id: (width or lasts, height) for media_id, width, height, lasts in query.tuples()}


def bytes_each(media_ids: Iterable[str]) -> dict[str, int]:
    """What those that are there take up."""
    query = Media.select(Media.id, Media.bytes).where(Media.id.in_(list(media_ids)))
    return dict(query.tuples())


def is_owned(media_id: str, owner_id: str) -> bool:
    mine = (MediaOwner.media_id == media_id) & (MediaOwner.account_id == owner_id)
    exists: bool = MediaOwner.select().where(mine).exists()
    return exists


def bytes_of(owner_id: str) -> int:
    """What the images and sounds that an account brought take up, those that others brought too in full."""
    query = Media.select(fn.COALESCE(fn.SUM(Media.bytes), 0)).join(MediaOwner, on=MediaOwner.media_id == Media.id)
    total: int = query.where(MediaOwner.account_id == owner_id).scalar()
    return int(total)


def set_quiz_media(quiz_id: str, media_ids: Iterable[str]) -> None:
    """What a quiz shows from now on; what is not there is an IntegrityError."""
    QuizMedia.delete().where(QuizMedia.quiz_id == quiz_id).execute()
    for media_id in sorted(set(media_ids)):
        QuizMedia.insert(quiz_id=quiz_id, media_id=media_id).execute()


def copy_quiz_media(from_id: str, to_id: str) -> None:
    set_quiz_media(to_id, [row.media_id for row in QuizMedia.select().where(QuizMedia.quiz_id == from_id)])


def add_room_media(room_id: str, media_ids: Iterable[str]) -> None:
    for media_id in sorted(set(media_ids)):
        RoomMedia.insert(room_id=room_id, media_id=media_id).execute()


def delete_unused(uploaded_before: int) -> int:
    """Those that no quiz and no room shows and that nobody brought since; returns how many."""
    unused = (
        (Media.uploaded_at < uploaded_before)
        & Media.id.not_in(QuizMedia.select(QuizMedia.media_id))
        & Media.id.not_in(RoomMedia.select(RoomMedia.media_id))
    )
    deleted: int = Media.delete().where(unused).execute()
    return deleted
