"""All rooms of a teacher, and what may become of those that are over: deleted, taken back, their names removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from clock import Clock
from game.phases import Phase
from game.views import NAME_EVENTS
from models import participants, removal, rooms
from models.database import Database
from models.tables import Room
from services.audit import Audit
from services.errors import NotFound, WrongPhase
from services.identity import Identity
from services.orders import Orders
from services.retention import UNDO_MS
from services.rooms import Rooms, allow

PAGE = 25
# The events that name people, and where.
NAMING = ("standings.shown", "room.ended", *NAME_EVENTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rooms: of one quiz, made from `since` until before `until` (ms); all when None. Pages count from 1."""

    quiz_id: str | None = None
    since: int | None = None
    until: int | None = None
    page: int = 1


class PastRooms:
    def __init__(self, db: Database, clock: Clock, rooms_: Rooms, orders: Orders, audit: Audit) -> None:
        self._db = db
        self._clock = clock
        self._rooms = rooms_
        self._orders = orders
        self._audit = audit

    async def page(self, identity: Identity, wanted: Wanted) -> dict[str, Any]:
        """{rooms, quizzes, total, page, pages}: an account's own, the newest first, and the quizzes they were of."""
        return await self._db.read(_page, identity.id, wanted)

    async def delete(self, identity: Identity, room_id: str) -> None:
        """Nobody finds the room any more; UNDO_MS later it is removed. Raises NotFound, Forbidden, WrongPhase."""
        await self._change(identity, room_id, "room.delete", self._mark_deleted)

    def _mark_deleted(self, room: Room) -> None:
        Room.update(deleted_at=self._clock.now_ms()).where(Room.id == room.id).execute()

    async def restore(self, identity: Identity, room_id: str) -> None:
        """Takes back a deletion. Raises NotFound when it is too late, Forbidden."""

        def restore() -> Room:
            row = rooms.room_by_id(room_id)
            now = self._clock.now_ms()
            if row is None or row.deleted_at is None or now - row.deleted_at >= UNDO_MS:
                raise NotFound("There is no such room any more.")
            row.deleted_at = None
            allow(identity, row)
            Room.update(deleted_at=None).where(Room.id == room_id).execute()
            return row

        room = await self._db.write(restore)
        await self._tell("room.restore", identity, room)

    async def anonymise(self, identity: Identity, room_id: str) -> None:
        """Everybody becomes "Participant 1…n" wherever they are named, for ever.

        Raises NotFound, Forbidden, WrongPhase.
        """
        await self._change(identity, room_id, "room.anonymise", self._remove_names)

    def _remove_names(self, room: Room) -> None:
        names = removal.rename_all(room.id)

        def change(params: str) -> str:
            return msgspec.json.encode(_renamed(msgspec.json.decode(params), names)).decode()

        removal.rewrite_events(room.id, change, NAMING)
        Room.update(anonymised_at=self._clock.now_ms()).where(Room.id == room.id).execute()

    async def _change(self, identity: Identity, room_id: str, action: str, change: Callable[[Room], None]) -> None:
        def checked() -> Room:
            room = allow(identity, rooms.room_by_id(room_id))
            if room.phase != Phase.FINISHED:
                raise WrongPhase("This room is still running. End it first.")
            change(room)
            return room

        room = await self._db.write(checked)
        await self._orders.forget(room_id)
        await self._tell(action, identity, room)

    async def _tell(self, action: str, identity: Identity, room: Room) -> None:
        await self._audit.record(identity, action, room=room.pin, target=room.id, details={"owner_id": room.owner_id})


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The params of an event with every nickname in it replaced."""
    if isinstance(value, dict):
        return {
            key: names.get(item, "Participant") if key == "nickname" else _renamed(item, names)
            for key, item in value.items()
        }
    return [_renamed(item, names) for item in value] if isinstance(value, list) else value


def _page(owner_id: str, wanted: Wanted) -> dict[str, Any]:
    total, found = rooms.page_of_owner(
        owner_id, wanted.quiz_id, wanted.since, wanted.until, offset=(wanted.page - 1) * PAGE, limit=PAGE
    )
    return {
        "rooms": _listed(found),
        "quizzes": rooms.quizzes_of_owner(owner_id),
        "total": total,
        "page": wanted.page,
        "pages": max(1, -(-total // PAGE)),
    }


def _listed(found: Sequence[Room]) -> list[dict[str, Any]]:
    counts = participants.counts_of_rooms([room.id for room in found])
    names = ("id", "pin", "title", "phase", "created_at", "ended_at", "anonymised_at")
    return [{name: getattr(room, name) for name in names} | {"participants": counts.get(room.id, 0)} for room in found]
