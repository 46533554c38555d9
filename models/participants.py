"""Queries of participants. To be called inside Database.read or .write."""

from typing import Any

from peewee import fn

from models.tables import Participant, Room

PAGE = 500


def insert_participant(values: dict[str, Any]) -> None:
    Participant.insert(**values).execute()


def participant_by_id(participant_id: str) -> Participant | None:
    row: Participant | None = Participant.get_or_none(Participant.id == participant_id)
    return row


def participant_by_client(room_id: str, client_id: str) -> Participant | None:
    row: Participant | None = Participant.get_or_none(
        (Participant.room_id == room_id) & (Participant.client_id == client_id)
    )
    return row


def is_name_taken(room_id: str, nickname_key: str) -> bool:
    query = Participant.select().where(
        (Participant.room_id == room_id) & (Participant.nickname_key == nickname_key)
    )
    taken: bool = query.exists()
    return taken


def seats(room_id: str) -> list[tuple[str, str]]:
    """(id, nickname) of all who have a seat, in the order in which they joined."""
    query = Participant.select(Participant.id, Participant.nickname).where(
        (Participant.room_id == room_id) & Participant.removed_at.is_null()
    )
    return list(query.order_by(Participant.joined_at, Participant.id).tuples())


def count_seats(room_id: str) -> int:
    count: int = (
        Participant.select().where((Participant.room_id == room_id) & Participant.removed_at.is_null()).count()
    )
    return count


def counts_of_owner(owner_id: str) -> dict[str, int]:
    """Seats of each room of an owner."""
    query = (
        Participant.select(Participant.room_id, fn.COUNT(Participant.id))
        .join(Room, on=(Room.id == Participant.room_id))
        .where((Room.owner_id == owner_id) & Participant.removed_at.is_null())
        .group_by(Participant.room_id)
    )
    return dict(query.tuples())


def page(room_id: str, after: str | None) -> list[Participant]:
    """One page by id, removed ones too."""
    query = Participant.select().where(Participant.room_id == room_id)
    if after:
        query = query.where(Participant.id > after)
    return list(query.order_by(Participant.id).limit(PAGE))


def remove(participant_id: str, now: int, *, ban: bool) -> None:
    """Takes the seat away and frees its name; a banned device stays known, so that it cannot come back."""
    changes: dict[Any, Any] = {Participant.removed_at: now, Participant.nickname_key: None, Participant.banned: ban}
    if not ban:
        changes[Participant.client_id] = None
    Participant.update(changes).where(
        (Participant.id == participant_id) & Participant.removed_at.is_null()
    ).execute()
