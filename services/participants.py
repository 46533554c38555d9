"""Taking a seat in a room, and losing it."""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from clock import Clock
from game.phases import Phase
from models import participants, rooms
from models.database import Database
from services import records
from services.errors import Banned, Invalid, NameTaken, NotFound, RoomFull, RoomLocked, RoomOver, Stale
from services.identity import Identity
from services.live import OVER, UNKNOWN_PIN, LiveRooms
from services.live_room import LiveRoom
from services.names import Names
from services.nicknames import clean_nickname, nickname_key
from services.room_people import RoomPeople
from services.rooms import Rooms
from services.tokens import Tokens

CLIENT_ID_LONGEST = 64


class Seat(NamedTuple):
    id: str
    room_id: str
    nickname: str
    is_new: bool


class Participants:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        live: LiveRooms,
        rooms_: Rooms,
        tokens: Tokens,
        people: RoomPeople,
        names: Names,
        most: int,
    ) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._rooms = rooms_
        self._tokens = tokens
        self._people = people
        # What may be done about their names.
        self.names = names
        self._most = most

    async def join(self, pin: str, nickname: str | None, client_id: str | None = None) -> dict[str, Any]:
        """A seat, or the one this client_id has already. Raises Invalid and the Room… errors.

        Where the service makes the names, `nickname` is one of those offered, or None for the first of them.
        """
        if client_id is not None and not 1 <= len(client_id) <= CLIENT_ID_LONGEST:
            reason = f"must have 1 to {CLIENT_ID_LONGEST} characters"
            raise Invalid(f"The client_id {reason}.", [{"field": "client_id", "reason": reason}])
        # Whatever the room: a name that cannot be one is told before anything else.
        name = None if nickname is None else clean_nickname(nickname)
        live = await self._live.by_pin(pin)
        names = self._names(live, name, client_id)
        # Counted in memory: a count in the database would read every seat for each one taken.
        is_full = len(live.seats) >= self._most
        seat = await self._db.write(self._take, live.room.id, names, client_id, is_full)
        if seat.is_new:
            self._live.joined(seat.room_id, seat.id, seat.nickname)
        token = self._tokens.issue_participant(seat.id, seat.room_id)
        return {"token": token, "participant": {"id": seat.id, "nickname": seat.nickname}}

    def _names(self, live: LiveRoom, name: str | None, client_id: str | None) -> Iterable[str]:
        """What to call somebody, one after the other until one is free."""
        if live.room.settings.nicknames == "generated":
            who = client_id or str(uuid.uuid4())
            return self.names.candidates(live, who, name)
        if name is None:
            raise Invalid("The nickname is missing.", [{"field": "nickname", "reason": "is required in this room"}])
        return [name]

    def _take(self, room_id: str, names: Iterable[str], client_id: str | None, is_full: bool) -> Seat:
        held = self._let_in(room_id, client_id, is_full)
        if held is not None:
            return held
        now = self._clock.now_ms()
        for name in names:
            seat = Seat(str(uuid.uuid4()), room_id, name, is_new=True)
            if participants.take_seat(seat.id, room_id, name, nickname_key(name), client_id, now):
                return seat
        # The same device may have asked another node at this moment, because this one's answer was slow.
        rival = participants.seat_of_client(room_id, client_id) if client_id else None
        if rival is not None and rival[2] is None:
            return Seat(rival[0], room_id, rival[1], is_new=False)
        raise NameTaken("Somebody here has this name already. Try another one.")

    def _let_in(self, room_id: str, client_id: str | None, is_full: bool) -> Seat | None:
        """The seat that this client_id has; None when a new one may be taken. Raises the Room… errors."""
        door = participants.door_of(room_id)
        if door is None:
            raise NotFound(UNKNOWN_PIN)
        held = participants.seat_of_client(room_id, client_id) if client_id else None
        if held is not None and held[2] is None:
            return Seat(held[0], room_id, held[1], is_new=False)
        if door.phase == Phase.FINISHED:
            raise RoomOver(OVER)
        if held is not None:
            raise Banned("The host has removed you from this room.")
        if door.locked:
            raise RoomLocked("The host has locked this room. Ask them to open it.")
        if door.phase != Phase.LOBBY and not records.settings_of(door.settings).late_join:
            raise RoomLocked("This quiz has started, and nobody can join any more.")
        if is_full:
            raise RoomFull(f"This room is full: it has seats for {self._most}.")
        return None

    async def remove(self, room_id: str, participant_id: str, *, ban: bool, expect: int | None = None) -> None:
        """Kicks a participant: who is banned cannot come back from the same device. Raises NotFound, Stale."""

        def take_away() -> None:
            seq = rooms.seqs_of([room_id]).get(room_id)
            if expect is not None and seq != expect:
                raise Stale("The room has moved on.", seq=seq)
            row = participants.seat_by_id(participant_id)
            if row is None or row.room_id != room_id:
                raise NotFound("Nobody with this id is in the room.")
            participants.remove(participant_id, self._clock.now_ms(), ban=ban)

        await self._db.write(take_away)
        self._live.removed(room_id, participant_id)

    async def page(self, identity: Identity, room_id: str, after: str | None = None) -> dict[str, Any]:
        """All who have or had a seat, by id; for the owner."""
        room = await self._rooms.owned(identity, room_id)
        rows = await self._db.read(participants.page, room.id, after)
        present = await self._people.present(room.id)
        listed = [
            {
                "id": row.id,
                "nickname": row.nickname,
                "connected": row.id in present,
                "removed": row.removed_at is not None,
            }
            for row in rows
        ]
        return {"participants": listed, "next": rows[-1].id if len(rows) == participants.PAGE else None}
