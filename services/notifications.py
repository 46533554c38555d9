"""Notifications that are kept: stored for accounts by other systems, listed, and read on all devices at once."""

import hmac
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec

from clock import Clock
from models import notifications as queries
from models.database import Database
from models.tables import Notification
from realtime.protocol import encode_event
from services.errors import Forbidden, Invalid, Unauthorized
from services.identity import Identity
from services.user_events import MESSAGE_MOST, UserEvents

SWITCHED_OFF = "No other system may send notifications here: SERVICE_TOKEN is not set."
PROVE_YOURSELF = "Send the service token as a bearer token."


class Notifications:
    """`service_token` is what other systems prove themselves with; None lets nobody in."""

    def __init__(self, db: Database, clock: Clock, user_events: UserEvents, service_token: str | None) -> None:
        self._db = db
        self._clock = clock
        self._user_events = user_events
        self._service_token = service_token

    def start(self) -> None:
        """When the node has been started."""
        self._user_events.start()

    async def stop(self) -> None:
        await self._user_events.stop()

    def check_service(self, token: str | None) -> None:
        """Raises Forbidden, Unauthorized."""
        if self._service_token is None:
            raise Forbidden(SWITCHED_OFF)
        if not hmac.compare_digest(self._service_token.encode(), (token or "").encode()):
            raise Unauthorized(PROVE_YOURSELF)

    async def send(self, users: Sequence[str], kind: str, payload: dict[str, Any]) -> list[dict[str, str]]:
        """Stores it for each account, tells those who are connected; [{id, user}]. Raises Invalid, storing nothing."""
        encoded = msgspec.json.encode(payload)
        if len(encoded) > MESSAGE_MOST:
            reason = f"must have at most {MESSAGE_MOST // 1024} KiB"
            raise Invalid(f"The field payload {reason}.", [{"field": "payload", "reason": reason}])
        now, text = self._clock.now_ms(), encoded.decode()
        rows: list[dict[str, Any]] = [
            {"id": str(uuid.uuid4()), "account_id": user, "type": kind, "payload": text, "at": now, "read_at": None}
            for user in dict.fromkeys(users)
        ]
        if unknown := await self._db.write(queries.insert, rows):
            problems = [{"field": "users", "reason": f"no account has the id {user}"} for user in sorted(unknown)]
            raise Invalid("Nothing was sent: there are users without an account.", problems)
        params = {"type": kind, "payload": payload, "timestamp": now}
        events = [(row["account_id"], encode_event("notification.new", params | {"id": row["id"]})) for row in rows]
        await self._user_events.tell(events, ephemeral=False)
        return [{"id": row["id"], "user": row["account_id"]} for row in rows]

    async def page(self, account: Identity, after: str | None, limit: int) -> dict[str, Any]:
        """One page, the newest first."""
        rows, unread = await self._db.read(queries.page, account.id, after, limit)
        shown = [_shown(row) for row in rows]
        return {"notifications": shown, "unread": unread, "next": rows[-1].id if len(rows) == limit else None}

    async def mark_read(self, account: Identity, ids: Sequence[str] | None) -> dict[str, int]:
        """None marks all. The person's other devices are told; ids that are not theirs change nothing."""
        now = self._clock.now_ms()
        marked, unread = await self._db.write(queries.mark_read, account.id, ids, now)
        if marked:
            event = encode_event("notifications.read", {"ids": marked, "unread": unread})
            await self._user_events.tell([(account.id, event)], ephemeral=True)
        return {"unread": unread}


def _shown(row: Notification) -> dict[str, Any]:
    payload = msgspec.json.decode(row.payload)
    return {"id": row.id, "type": row.type, "payload": payload, "timestamp": row.at, "read_at": row.read_at}
