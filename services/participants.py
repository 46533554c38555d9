"""Taking a seat in a room, and losing it."""

import uuid
from typing import Any, NamedTuple

from clock import Clock
from game.phases import Phase
from models import participants, rooms
from models.database import Database
from services import records
from services.errors import Banned, Invalid, NameTaken, NotFound, RoomFull, RoomLocked, RoomOver, Stale
from services.identity import Identity
from services.live import OVER, UNKNOWN_PIN, LiveRooms
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
        most: int,
    ) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._rooms = rooms_
        self._tokens = tokens
        self._people = people
        self._most = most

    async def join(self, pin: str, nickname: str, client_id: str | None = None) -> dict[str, Any]:
        """A seat, or the one this client_id has already. Raises Invalid and the Room… errors."""
        name = clean_nickname(nickname)
        if client_id is not None and not 1 <= len(client_id) <= CLIENT_ID_LONGEST:
            reason = f"must have 1 to {CLIENT_ID_LONGEST} characters"
            raise Invalid(f"The client_id {reason}.", [{"field": "client_id", "reason": reason}])
        live = await self._live.by_pin(pin)
        # Counted in memory: a count in the database would read every seat for each one taken.
        is_full = len(live.seats) >= self._most
        seat = await self._db.write(self._take, live.room.id, name, client_id, is_full)
        if seat.is_new:
            self._live.joined(seat.room_id, seat.id, seat.nickname)
        token = self._tokens.issue_participant(seat.id, seat.room_id)
        return {"token": token, "participant": {"id": seat.id, "nickname": seat.nickname}}

    def _take(self, room_id: str, name: str, client_id: str | None, is_full: bool) -> Seat:
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
        seat = Seat(str(uuid.uuid4()), room_id, name, is_new=True)
        now = self._clock.now_ms()
        if not participants.take_seat(seat.id, room_id, name, nickname_key(name), client_id, now):
            # The same device may have asked another node at this moment, because this one's answer was slow.
            held = participants.seat_of_client(room_id, client_id) if client_id else None
            if held is not None and held[2] is None:
                return Seat(held[0], room_id, held[1], is_new=False)
            raise NameTaken("Somebody here has this name already. Try another one.")
        return seat

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
