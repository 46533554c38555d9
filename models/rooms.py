"""Queries of rooms, their frozen content and their event log. To be called inside Database.read or .write."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peewee import Case, fn

from models.tables import Room, RoomContent, RoomEvent


def insert_room(values: Mapping[str, Any], content: str) -> None:
    Room.insert(**values).execute()
    RoomContent.insert(room_id=values["id"], content=content).execute()


def room_by_id(room_id: str) -> Room | None:
    room: Room | None = Room.get_or_none(Room.id == room_id)
    return room


def room_by_pin(pin: str) -> Room | None:
    """The live room with this PIN, else the last one that had it and was not deleted."""
    query = Room.select().where((Room.pin == pin) & Room.deleted_at.is_null())
    room: Room | None = query.order_by(Room.ended_at.is_null(False), Room.created_at.desc()).first()
    return room


def content_of(room_id: str) -> str:
    content: str = RoomContent.get_by_id(room_id).content
    return content


def compare_and_set(room_id: str, seq: int, values: Mapping[str, Any]) -> bool:
    """Writes `values` if the room still stands at `seq`; False when somebody else moved it first."""
    changed: int = Room.update(**values).where((Room.id == room_id) & (Room.seq == seq)).execute()
    return changed == 1


def append_events(room_id: str, events: Iterable[tuple[int, str, str, int]]) -> None:
    """Rows of (seq, name, params, at); in the transaction of the compare-and-set that they tell of."""
    rows = [(room_id, *event) for event in events]
    fields = [RoomEvent.room_id, RoomEvent.seq, RoomEvent.name, RoomEvent.params, RoomEvent.at]
    RoomEvent.insert_many(rows, fields=fields).execute()


def events_after(room_id: str, seq: int, limit: int = 100_000) -> list[RoomEvent]:
    query = RoomEvent.select().where((RoomEvent.room_id == room_id) & (RoomEvent.seq > seq))
    return list(query.order_by(RoomEvent.seq).limit(limit))


def events_of(room_id: str, name: str) -> list[RoomEvent]:
    """All events of one name, in order."""
    query = RoomEvent.select().where((RoomEvent.room_id == room_id) & (RoomEvent.name == name))
    return list(query.order_by(RoomEvent.seq))


def renew_epochs() -> int:
    """A new epoch for each room that is not over; returns how many. For a database that was restored."""
    ids = [row.id for row in Room.select(Room.id).where(Room.ended_at.is_null())]
    for room_id in ids:
        Room.update(epoch=uuid.uuid4().hex).where(Room.id == room_id).execute()
    return len(ids)


def due_rooms(now: int) -> list[str]:
    """Ids of all rooms, of whatever node, whose time has come; the longest waiting first."""
    query = Room.select(Room.id).where(Room.due_at <= now).order_by(Room.due_at).limit(500)
    return [row.id for row in query]


def seqs_of(room_ids: Sequence[str]) -> dict[str, int]:
    query = Room.select(Room.id, Room.seq).where(Room.id.in_(room_ids))
    return {row.id: row.seq for row in query}


def rooms_in_phase(phase: str) -> list[Room]:
    return list(Room.select().where((Room.phase == phase) & Room.ended_at.is_null()))


def _of(owner_id: str) -> Any:
    """An account's rooms as it finds them listed: no rehearsals."""
    return (Room.owner_id == owner_id) & Room.deleted_at.is_null() & (Room.is_rehearsal == False)  # noqa: E712 - becomes SQL


def rehearsals(owner_id: str | None = None, made_before: int | None = None) -> list[str]:
    """Ids of rehearsals that are not deleted: of an account, or made before some time."""
    query = Room.select(Room.id).where((Room.is_rehearsal == True) & Room.deleted_at.is_null())  # noqa: E712 - as above
    if owner_id is not None:
        query = query.where(Room.owner_id == owner_id)
    if made_before is not None:
        query = query.where(Room.created_at < made_before)
    return [row.id for row in query]


def mark_deleted(room_id: str, at: int) -> None:
    Room.update(deleted_at=at).where(Room.id == room_id).execute()


def rooms_of_owner(owner_id: str, limit: int) -> list[Room]:
    return list(Room.select().where(_of(owner_id)).order_by(Room.created_at.desc()).limit(limit))


def page_of_owner(
    owner_id: str, quiz_id: str | None, since: int | None, until: int | None, *, offset: int, limit: int
) -> tuple[int, list[Room]]:
    """(how many there are, some of them, the newest first) of one quiz or all, made in a span of time or ever."""
    query = Room.select().where(_of(owner_id))
    if quiz_id is not None:
        query = query.where(Room.quiz_id == quiz_id)
    if since is not None:
        query = query.where(Room.created_at >= since)
    if until is not None:
        query = query.where(Room.created_at < until)
    page = query.order_by(Room.created_at.desc(), Room.id).offset(offset).limit(limit)
    return query.count(), list(page)


def counts_of_owner(owner_id: str) -> dict[str, int]:
    """{over, running}: how many rooms an account has."""
    mine = (Room.owner_id == owner_id) & Room.deleted_at.is_null()
    query = Room.select(Room.ended_at.is_null(), fn.COUNT(Room.id)).where(mine).group_by(Room.ended_at.is_null())
    counts = {bool(runs): number for runs, number in query.tuples()}
    return {"over": counts.get(False, 0), "running": counts.get(True, 0)}


def hand_over(owner_id: str, to: str) -> list[tuple[str, int]]:
    """All that are over, but the deleted ones, get another owner; their ids and when they ended."""
    is_over = (Room.owner_id == owner_id) & Room.deleted_at.is_null() & Room.ended_at.is_null(False)
    handed = list(Room.select(Room.id, Room.ended_at).where(is_over).tuples())
    Room.update(owner_id=to).where(is_over).execute()
    return handed


def quizzes_of_owner(owner_id: str) -> list[tuple[str, str]]:
    """(id, title) of the quizzes that rooms were made of, by title: the one that the newest of them had."""
    query = Room.select(Room.quiz_id, Room.title).where(_of(owner_id)).order_by(Room.created_at)
    return sorted(dict(query.tuples()).items(), key=lambda quiz: quiz[1].casefold())


def last_settings(owner_id: str, quiz_id: str) -> str | None:
    """Of the owner's newest room with this quiz, else of their newest room."""
    is_same = Case(None, [(Room.quiz_id == quiz_id, 0)], 1)
    mine = (Room.owner_id == owner_id) & (Room.is_rehearsal == False)  # noqa: E712 - becomes SQL
    query = Room.select(Room.settings).where(mine).order_by(is_same, Room.created_at.desc())
    row = query.tuples().first()
    return row[0] if row else None


def live_count() -> int:
    count: int = Room.select().where(Room.ended_at.is_null()).count()
    return count


def pin_rests(pin: str, ended_after: int) -> bool:
    """The PIN is in use, or was until after `ended_after`."""
    taken = Room.ended_at.is_null() | (Room.ended_at > ended_after)
    exists: bool = Room.select().where((Room.pin == pin) & taken).exists()
    return exists
