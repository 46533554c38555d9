"""What only the owner may see of a round, in every phase: its key, the notes for the teacher, who has not answered.

The one way on which a key leaves before the reveal. Nothing of it is ever broadcast or logged.
"""

from typing import Any

from game.kinds import kind_of
from models import participants
from models.answers import answered_ids
from models.database import Database
from services.errors import Forbidden, NotFound
from services.identity import Identity
from services.live import LiveRooms
from services.live_room import LiveRoom
from services.room_people import RoomPeople
from services.rooms import Rooms

MISSING_MOST = 200


class RoundNotes:
    def __init__(self, db: Database, live: LiveRooms, rooms: Rooms, people: RoomPeople) -> None:
        self._db = db
        self._live = live
        self._rooms = rooms
        self._people = people

    async def of(self, identity: Identity, room_id: str, number: int) -> dict[str, Any]:
        """{key, told, notes, transcript, missing} of a round, counted from 1: the key as in round.closed, and in words.

        For the host alone, not even for an admin; `missing` are at most MISSING_MOST names. Raises NotFound, Forbidden.
        """
        row = await self._rooms.owned(identity, room_id)
        if row.owner_id != identity.id:
            raise Forbidden("Only the host of this room can see this.")
        live = await self._live.hold(row.id)
        if not 1 <= number <= live.room.rounds:
            raise NotFound(f"This room has no round {number}: its rounds are 1 to {live.room.rounds}.")
        question = live.content.question(number)
        missing = await self._missing(live, number) if live.content.takes_answers(number) else []
        key = live.content.key(number)
        told = None if key is None else kind_of(question).told(question, key)
        transcript = question.media.transcript if question.media is not None else ""
        return {"key": key, "told": told, "notes": question.notes, "transcript": transcript, "missing": missing}

    async def _missing(self, live: LiveRoom, number: int) -> list[str]:
        """The names of those connected, at whatever node, who have no answer in the round."""
        present = await self._people.present(live.room.id)
        # Asked last, and of the database, which has the answers of all nodes: nobody is named who has a receipt.
        answered = await self._db.read(answered_ids, live.room.id, number)
        silent = present - answered
        seats = live.seats
        if not silent <= seats.keys():
            # Somebody sits at another node of whom this one has not heard yet, or has just lost their seat.
            seats = dict(await self._db.read(participants.seats, live.room.id))
        return sorted((seats[id] for id in silent if id in seats), key=str.casefold)[:MISSING_MOST]
