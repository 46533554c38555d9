"""Tickets for `GET /ws?ticket=`: worth one handshake within 30 seconds, so that no token need stand in an address.

A ticket carries whose it is under an HMAC made from the secret of all nodes: any node takes what any other gave out.
Which ones were used is remembered by each node and, with several, by Redis, until they expire. Whether the sign-in or
seat behind a ticket still counts is accounts.py's question.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from typing import NamedTuple

import msgspec

from services.errors import Unauthorized
from services.identity import Identity, Kind, Role

VALID_MS = 30_000
# From the secret of the tokens, and never the same key: a signed ticket must not pass for any other signed thing.
PURPOSE = b"quizhall: tickets"
NONCE_BYTES = 12
# (name, for how many milliseconds it is remembered)
Take = Callable[[str, int], Awaitable[bool]]
NOT_OURS = "This ticket is not valid. Ask for a new one."
EXPIRED = "This ticket has expired. Ask for a new one."
USED = "This ticket has been used. Ask for a new one."


class _Ticket(NamedTuple):
    """What a ticket says, in this order; times in milliseconds since the epoch."""

    nonce: str
    valid_until: int
    id: str
    kind: Kind
    role: Role
    ver: int
    jti: str
    room: str | None
    exp: int


class Tickets:
    """`now` gives milliseconds since the epoch; `take` says whether nobody on any node has taken a name before."""

    def __init__(self, secret: bytes, *, now: Callable[[], int], take: Take | None = None) -> None:
        self._take = take
        self._key = hmac.digest(secret, PURPOSE, "sha256")
        self._now = now
        self._decoder = msgspec.json.Decoder(_Ticket)
        # The nonces that were used, and when each may be forgotten, soonest first.
        self._used: set[str] = set()
        self._forget_at: list[tuple[int, str]] = []

    def issue(self, who: Identity) -> str:
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        until = self._now() + VALID_MS
        said = _Ticket(nonce, until, who.id, who.kind, who.role, who.ver, who.jti, who.room, who.exp)
        body = base64.urlsafe_b64encode(msgspec.json.encode(said)).rstrip(b"=")
        return (body + b"." + self._signature(body)).decode()

    async def redeem(self, ticket: str) -> Identity:
        """Whose it is; `name` and `email` stay empty. It is used up on all nodes. Raises Unauthorized with `reason`."""
        said = self._read(ticket)
        self._use(said)
        if self._take is not None and not await self._take(said.nonce, said.valid_until - self._now()):
            raise Unauthorized(USED, reason="ticket_used")
        return Identity(said.id, said.kind, said.role, "", "", said.ver, said.jti, said.room, said.exp)

    def _read(self, ticket: str) -> _Ticket:
        body, _, signature = ticket.encode("utf-8", "surrogatepass").partition(b".")
        if not hmac.compare_digest(signature, self._signature(body)):
            raise Unauthorized(NOT_OURS, reason="ticket_not_valid")
        try:
            return self._decoder.decode(base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
        except msgspec.DecodeError as error:  # signed by a node of another release
            raise Unauthorized(NOT_OURS, reason="ticket_not_valid") from error

    @property
    def remembered(self) -> int:
        """How many used ones this node still knows."""
        return len(self._used)

    def _use(self, said: _Ticket) -> None:
        now = self._now()
        while self._forget_at and self._forget_at[0][0] <= now:
            self._used.discard(heappop(self._forget_at)[1])
        if said.valid_until <= now:
            raise Unauthorized(EXPIRED, reason="ticket_expired")
        if said.nonce in self._used:
            raise Unauthorized(USED, reason="ticket_used")
        self._used.add(said.nonce)
        heappush(self._forget_at, (said.valid_until, said.nonce))

    def _signature(self, body: bytes) -> bytes:
        return binascii.hexlify(hmac.digest(self._key, body, "sha256"))
