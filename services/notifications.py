"""Notifications that are kept: stored for accounts by other systems, listed, and read on all devices at once."""

import hmac
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec

from clock import Clock
from models import accounts
from models import notifications as queries
from models.database import Database
from models.tables import Notification
from realtime.protocol import encode_event
from services.errors import Forbidden, IdTaken, Invalid, Unauthorized
from services.identity import Identity
from services.people import People
from services.user_events import MESSAGE_MOST, UserEvents

SWITCHED_OFF = "No other system may send notifications here: SERVICE_TOKEN is not set."
# Any fixed one: what is made from it is compared with itself only.
OF_SENDERS = uuid.UUID("7b1a6f4e-6f0c-4d7e-9d0a-4f6f0f6c2b11")
# Pages have the words for it.
WAITING = "account.waiting"
DAY_MS = 24 * 3_600_000
PROVE_YOURSELF = "Send the service token as a bearer token."


class Notifications:
    """`service_token` is what other systems prove themselves with; None lets nobody in."""

    def __init__(
        self, db: Database, clock: Clock, user_events: UserEvents, people: People, service_token: str | None
    ) -> None:
        self._db = db
        self._clock = clock
        self._user_events = user_events
        self._service_token = service_token
        people.sign_ups.on_waiting = self.tell_admins_who_waits

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

    async def send(
        self, users: Sequence[str], kind: str, payload: dict[str, Any], own_id: str | None = None
    ) -> list[dict[str, str]]:
        """Stores it for each account, tells those who are connected; [{id, user}].

        With the sender's `own_id` each account has it once, however often it is sent. Raises Invalid, and IdTaken when
        that id was something else's; then nothing is stored.
        """
        encoded = msgspec.json.encode(payload)
        if len(encoded) > MESSAGE_MOST:
            reason = f"must have at most {MESSAGE_MOST // 1024} KiB"
            raise Invalid(f"The field payload {reason}.", [{"field": "payload", "reason": reason}])
        now, text = self._clock.now_ms(), encoded.decode()
        rows: list[dict[str, Any]] = [
            {"id": _id_of(own_id, user), "account_id": user, "type": kind, "payload": text, "at": now, "read_at": None}
            for user in dict.fromkeys(users)
        ]
        stored = await self._db.write(partial(queries.insert, rows, are_repeatable=own_id is not None))
        if stored.others:
            raise IdTaken("This id was used for another notification. Nothing was sent.")
        if unknown := stored.unknown:
            problems = [{"field": "users", "reason": f"no account has the id {user}"} for user in sorted(unknown)]
            raise Invalid("Nothing was sent: there are users without an account.", problems)
        params = {"type": kind, "payload": payload, "timestamp": now}
        new = [row for row in rows if row["id"] in stored.new]
        events = [(row["account_id"], encode_event("notification.new", params | {"id": row["id"]})) for row in new]
        await self._user_events.tell(events, ephemeral=False)
        return [{"id": row["id"], "user": row["account_id"]} for row in rows]

    async def tell_admins_who_waits(self) -> None:
        """That somebody asked for an account: once a day, however many do."""
        day = self._clock.now_ms() // DAY_MS
        admins = await self._db.read(accounts.active_admins)
        await self.send(admins, WAITING, {"link": "/admin/users?state=waiting"}, own_id=f"{WAITING} {day}")

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


def _id_of(own_id: str | None, user: str) -> str:
    """The same for the same sender's id and account: what is sent again finds itself."""
    return str(uuid.uuid4() if own_id is None else uuid.uuid5(OF_SENDERS, f"{user} {own_id}"))


def _shown(row: Notification) -> dict[str, Any]:
    payload = msgspec.json.decode(row.payload)
    return {"id": row.id, "type": row.type, "payload": payload, "timestamp": row.at, "read_at": row.read_at}
