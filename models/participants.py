"""Queries of participants. To be called inside Database.read or .write."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from peewee import chunked, fn

from models.engine import execute
from models.tables import Participant, Room

PAGE = 500
# Values in one statement; SQLite takes 999 in its older builds.
IDS_AT_ONCE = 500


class Door(NamedTuple):
    """What decides whether a seat can be taken."""

    phase: str
    locked: bool
    settings: str


_DOOR = "SELECT phase, locked, settings FROM room WHERE id = ?"
_BY_CLIENT = "SELECT id, nickname, removed_at FROM participant WHERE room_id = ? AND client_id = ?"
_INSERT = (
    "INSERT INTO participant (id, room_id, nickname, nickname_key, client_id, joined_at, banned)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)


def door_of(room_id: str) -> Door | None:
    row = execute(_DOOR, (room_id,)).fetchone()
    return Door(row[0], bool(row[1]), row[2]) if row else None


def seat_of_client(room_id: str, client_id: str) -> tuple[str, str, int | None] | None:
    """(id, nickname, removed_at) of the seat that a device has or had."""
    row: tuple[str, str, int | None] | None = execute(_BY_CLIENT, (room_id, client_id)).fetchone()
    return row


def take_seat(seat_id: str, room_id: str, nickname: str, nickname_key: str, client_id: str | None, now: int) -> bool:
    """False when somebody in the room has this name."""
    values = (seat_id, room_id, nickname, nickname_key, client_id, now, False)
    taken: bool = execute(_INSERT, values).rowcount == 1
    return taken


def is_taken(room_id: str, nickname_key: str) -> bool:
    """Somebody in the room has this name."""
    query = Participant.select().where((Participant.room_id == room_id) & (Participant.nickname_key == nickname_key))
    exists: bool = query.exists()
    return exists


def rename(participant_id: str, room_id: str, nickname: str, nickname_key: str) -> bool:
    """False when somebody else in the room has this name, or the seat is gone."""
    others = (Participant.room_id == room_id) & (Participant.nickname_key == nickname_key)
    if Participant.select().where(others & (Participant.id != participant_id)).exists():
        return False
    change = {Participant.nickname: nickname, Participant.nickname_key: nickname_key}
    own = (Participant.id == participant_id) & Participant.removed_at.is_null()
    changed: int = Participant.update(change).where(own).execute()
    return changed == 1


class SeatRow(NamedTuple):
    room_id: str
    nickname: str
    removed_at: int | None


_SEAT = "SELECT room_id, nickname, removed_at FROM participant WHERE id = ?"


def seat_by_id(participant_id: str) -> SeatRow | None:
    """Asked at every handshake."""
    row = execute(_SEAT, (participant_id,)).fetchone()
    return SeatRow(*row) if row else None


def seated_among(participant_ids: Sequence[str]) -> set[str]:
    """Those of them who have a seat, in whatever room."""
    seated: set[str] = set()
    for part in chunked(participant_ids, IDS_AT_ONCE):
        query = Participant.select(Participant.id).where(Participant.id.in_(part) & Participant.removed_at.is_null())
        seated.update(row[0] for row in query.tuples())
    return seated


_SEATS = "SELECT id, nickname FROM participant WHERE room_id = ? AND removed_at IS NULL ORDER BY joined_at, id"


def seats(room_id: str) -> list[tuple[str, str]]:
    """(id, nickname) of all who have a seat, in the order in which they joined."""
    return list(execute(_SEATS, (room_id,)).fetchall())


class Change(NamedTuple):
    """Of a seat: taken, or lost."""

    room_id: str
    id: str
    nickname: str
    is_removed: bool


def changed_since(room_ids: Sequence[str], since: int) -> list[Change]:
    """Who joined one of the rooms or lost their seat at `since` or later, in the order in which they joined."""
    found: list[Change] = []
    fields = (Participant.room_id, Participant.id, Participant.nickname, Participant.removed_at)
    for part in chunked(room_ids, IDS_AT_ONCE):
        # One after the other: each has an index of its own, and an OR of the two would use neither.
        for moment in (Participant.joined_at, Participant.removed_at):
            query = Participant.select(*fields).where(Participant.room_id.in_(part) & (moment >= since))
            rows = query.order_by(Participant.joined_at, Participant.id).tuples()
            found += [Change(*row[:3], row[3] is not None) for row in rows]
    return found


def counts_of_owner(owner_id: str) -> dict[str, int]:
    """Seats of each room of an owner."""
    query = (
        Participant.select(Participant.room_id, fn.COUNT(Participant.id))
        .join(Room, on=(Room.id == Participant.room_id))
        .where((Room.owner_id == owner_id) & Participant.removed_at.is_null())
        .group_by(Participant.room_id)
    )
    return dict(query.tuples())


def counts_of_rooms(room_ids: Sequence[str]) -> dict[str, int]:
    """Seats of each of these few rooms."""
    query = Participant.select(Participant.room_id, fn.COUNT(Participant.id))
    query = query.where(Participant.room_id.in_(room_ids) & Participant.removed_at.is_null())
    return dict(query.group_by(Participant.room_id).tuples())


def page(room_id: str, after: str | None) -> list[Participant]:
    """One page by id, removed ones too."""
    query = Participant.select().where(Participant.room_id == room_id)
    if after:
        query = query.where(Participant.id > after)
    return list(query.order_by(Participant.id).limit(PAGE))


def removed(room_id: str) -> list[tuple[str, str]]:
    """(id, nickname) of all who lost their seat."""
    query = Participant.select(Participant.id, Participant.nickname)
    return list(query.where((Participant.room_id == room_id) & Participant.removed_at.is_null(False)).tuples())


def remove(participant_id: str, now: int, *, ban: bool) -> None:
    """Takes the seat away and frees its name; a banned device stays known, so that it cannot come back."""
    changes: dict[Any, Any] = {Participant.removed_at: now, Participant.nickname_key: None, Participant.banned: ban}
    if not ban:
        changes[Participant.client_id] = None
    Participant.update(changes).where((Participant.id == participant_id) & Participant.removed_at.is_null()).execute()
