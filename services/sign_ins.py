"""Where people are signed in: begins, lists and ends it. A token counts as long as its sign-in is here."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

from clock import Clock
from models import accounts, participants, rooms
from models import sign_ins as queries
from models.database import Database
from models.tables import Account
from services.devices import device_of
from services.errors import NotFound, Unauthorized
from services.identity import Identity, Role
from services.tokens import NOT_VALID, Tokens

# "Last seen" is as exact as that: not every request should write.
SEEN_EVERY_MS = 5 * 60_000
SIGNED_OUT = "You are signed out. Sign in again."


class SignIns:
    """`on_ended` callbacks are told whose, and which one (None: all), so that sockets can be closed on every node."""

    def __init__(self, db: Database, tokens: Tokens, clock: Clock) -> None:
        self._db = db
        self._tokens = tokens
        self._clock = clock
        self.on_ended: list[Callable[[str, str | None], Awaitable[object]]] = []

    async def begin(self, account: Account, agent: str = "") -> str:
        """The token of a new one; `agent` is what the browser calls itself."""
        token = self._tokens.issue_account(account)
        await self._db.write(queries.insert, self._values(token, agent))
        return token

    def begin_inside(self, account: Account, agent: str) -> str:
        """The same within a write."""
        token = self._tokens.issue_account(account)
        queries.insert(self._values(token, agent))
        return token

    async def authenticate(self, token: str | bytes) -> Identity:
        """Whose token this is, if it still counts; raises Unauthorized."""
        now = self._clock.now_ms()
        identity, seen_at = await self._db.read(_confirm, self._tokens.read(token))
        if seen_at is not None and now - seen_at >= SEEN_EVERY_MS:
            await self._db.write(queries.touch, identity.jti, identity.id, now)
        return identity

    async def confirm(self, identity: Identity) -> Identity:
        """The same with its name and the role that it has now, if it still counts; raises Unauthorized."""
        return (await self._db.read(_confirm, identity))[0]

    async def ended_among(self, identities: Sequence[Identity]) -> list[Identity]:
        """Those whose sign-in or seat does not count any more, of however many in one read."""
        return await self._db.read(_ended_among, identities)

    async def listed(self, identity: Identity) -> list[dict[str, Any]]:
        """[{id, device, at, seen_at, is_this}] of one's own."""
        rows = await self._db.read(queries.of_account, identity.id, self._clock.now_ms())
        shown = [{"id": row.jti, "device": row.device, "at": row.at, "seen_at": row.seen_at} for row in rows]
        return [row | {"is_this": row["id"] == identity.jti} for row in shown]

    async def end(self, identity: Identity, jti: str) -> None:
        """Ends one of one's own for good, on every node; raises NotFound."""
        if not await self._db.write(queries.end, jti, identity.id):
            raise NotFound("This sign-in is over already.")
        await self.tell_ended(identity.id, jti)

    async def end_all(self, account_id: str) -> None:
        """Everywhere, this one too, and the screens."""
        await self._db.write(queries.end_all, account_id)
        await self.tell_ended(account_id, None)

    async def tell_ended(self, account_id: str, jti: str | None) -> None:
        """After the transaction that ended it."""
        for callback in self.on_ended:
            await callback(account_id, jti)

    async def tidy(self) -> None:
        """Forgets those that are over by themselves."""
        await self._db.write(queries.forget_expired, self._clock.now_ms())

    def _values(self, token: str, agent: str) -> dict[str, Any]:
        identity, now = self._tokens.read(token), self._clock.now_ms()
        return {
            "jti": identity.jti,
            "account_id": identity.id,
            "device": device_of(agent),
            "at": now,
            "seen_at": now,
            "expires_at": identity.exp,
        }


def _confirm(identity: Identity) -> tuple[Identity, int | None]:
    """The identity with its name, if what it stands for still exists; for an account, when it was last seen."""
    if identity.kind == "participant":
        seat = participants.seat_by_id(identity.id)
        if seat is None or seat.room_id != identity.room or seat.removed_at is not None:
            raise Unauthorized("You no longer have a seat in this room.", reason="no_seat")
        return dataclasses.replace(identity, name=seat.nickname), None
    account = accounts.account_by_id(identity.id)
    bound = identity.kind == "account" or identity.ver != 0
    if account is None or account.deactivated_at is not None or (bound and account.ver != identity.ver):
        raise Unauthorized(NOT_VALID, reason="revoked")
    if identity.kind == "screen":
        room = rooms.room_by_id(identity.room or "")
        if room is None or room.owner_id != identity.id:
            raise Unauthorized("This screen's link is not valid any more.", reason="no_room")
        return identity, None
    seen_at = queries.seen_at(identity.jti, identity.id)
    if seen_at is None:
        raise Unauthorized(SIGNED_OUT, reason="revoked")
    # The role too comes from the account: a token must not keep what was taken away.
    found = dataclasses.replace(identity, name=account.name, email=account.email, role=cast(Role, account.role))
    return found, seen_at


def _ended_among(identities: Sequence[Identity]) -> list[Identity]:
    # A seat has no sign-out: what takes it away is in its row, and a room's seats are asked for together.
    seats = participants.seated_among([one.id for one in identities if one.kind == "participant"])
    return [one for one in identities if not (one.id in seats if one.kind == "participant" else _counts(one))]


def _counts(identity: Identity) -> bool:
    try:
        _confirm(identity)
    except Unauthorized:
        return False
    return True
