"""What admins did, and who took rooms or names away: written with each deed, read by admins, changed by nobody."""

import uuid
from typing import Any

import msgspec

from clock import Clock
from models import audit
from models.database import Database
from services.identity import Identity


class Audit:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def record(
        self, actor: Identity, action: str, *, room: str | None, target: str | None, details: dict[str, Any]
    ) -> None:
        """`room` is a PIN, `target` an id. No nicknames: the room's may be gone long before this entry."""
        await self._db.write(audit.insert, self.entry(actor, action, room=room, target=target, details=details))

    def entry(
        self, actor: Identity, action: str, *, room: str | None = None, target: str | None, details: dict[str, Any]
    ) -> dict[str, Any]:
        """The same as a row, for whoever stores it together with the deed."""
        return {
            "id": str(uuid.uuid4()),
            "at": self._clock.now_ms(),
            "actor_id": actor.id,
            "actor_name": actor.name,
            "action": action,
            "room": room,
            "target": target,
            "details": msgspec.json.encode(details).decode(),
        }

    async def page(self, after: str | None = None) -> dict[str, Any]:
        """Entries, the newest first."""
        rows = await self._db.read(audit.page, after)
        entries = [
            {
                "id": row.id,
                "at": row.at,
                "actor": {"id": row.actor_id, "name": row.actor_name},
                "action": row.action,
                "room": row.room,
                "target": row.target,
                "details": msgspec.json.decode(row.details),
            }
            for row in rows
        ]
        return {"entries": entries, "next": rows[-1].id if len(rows) == audit.PAGE else None}
