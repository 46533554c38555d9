"""What an admin may do to a running service: close a room, disconnect somebody, announce something; all of it audited.

Whoever calls has checked that it is an admin who asks.
"""

import re
from typing import Any

from clock import Clock
from models import participants
from models.database import Database
from realtime.protocol import encode_event
from services.admin_rooms import AdminRooms
from services.audit import Audit
from services.errors import Invalid, NotFound
from services.identity import Identity
from services.live import LiveRooms
from services.orders import Orders
from services.transitions import Transitions

TEXT_MOST = 280
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Administration:
    def __init__(
        self, db: Database, clock: Clock, live: LiveRooms, transitions: Transitions, orders: Orders, rooms: AdminRooms
    ) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._transitions = transitions
        self._orders = orders
        self.audit = Audit(db, clock)
        self.rooms = rooms

    async def close(self, admin: Identity, pin: str) -> dict[str, Any]:
        """Ends the room as its host would. Raises NotFound, RoomOver."""
        live = await self._live.by_pin(pin)
        room = await self._transitions.command(live.room.id, "room.end")
        # After the move, so that nothing is told of that was refused; the room's own log has the rest.
        details = {"room_id": room.id, "title": room.title, "seq": room.seq}
        await self.audit.record(admin, "room.close", room=pin, target=None, details=details)
        return {"seq": room.seq, "phase": room.phase}

    async def disconnect(self, admin: Identity, pin: str, participant_id: str) -> dict[str, Any]:
        """Closes somebody's sockets; the seat stays, and their page comes back when they do something.

        Raises NotFound.
        """
        live = await self._live.by_pin(pin)
        seat = await self._db.read(participants.seat_by_id, participant_id)
        if seat is None or seat.room_id != live.room.id or seat.removed_at is not None:
            raise NotFound("Nobody with this id is in the room.")
        details = {"room_id": live.room.id}
        await self.audit.record(admin, "participant.disconnect", room=pin, target=participant_id, details=details)
        return {"sockets": await self._orders.disconnect(participant_id)}

    async def announce(self, admin: Identity, text: str, pin: str | None) -> dict[str, Any]:
        """Tells a room, or with None everybody who is connected. Raises Invalid, NotFound."""
        if not text.strip() or len(text) > TEXT_MOST or UNPRINTABLE.search(text):
            reason = f"must have 1 to {TEXT_MOST} characters that can be read"
            raise Invalid(f"The field text {reason}.", [{"field": "text", "reason": reason}])
        live = None if pin is None else await self._live.by_pin(pin)
        details = {"text": text} | ({} if live is None else {"room_id": live.room.id})
        await self.audit.record(admin, "announcement.send", room=pin, target=None, details=details)
        params = {"type": "announcement", "payload": {"text": text}, "timestamp": self._clock.now_ms()}
        event = encode_event("notification.new", params)
        return {"connections": await self._orders.announce(event, live.room.id if live else None)}
