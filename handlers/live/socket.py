"""`GET /ws`: authenticates before the upgrade, then hands the socket to the engine."""

import logging
import uuid
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from handlers.address import client_address
from handlers.errors import describe
from handlers.live.credentials import SUBPROTOCOL, identify
from handlers.told_errors import JSON, ToldErrors
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.handover import HandoverHandler
from realtime.intake import Intake
from services.container import Services
from services.errors import Overloaded, RateLimited
from services.identity import Identity

if TYPE_CHECKING:
    from asyncio import Future

logger = logging.getLogger(__name__)

# Nobody knows when a place becomes free; this long one should wait before asking again.
COME_BACK_MS = 5_000
SOCKETS_PER_PARTICIPANT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketLimits:
    """What the settings say of sockets; sizes in bytes, 0 connections per address means no limit."""

    max_connections: int
    max_connections_per_ip: int
    queue_low: int
    queue_high: int
    allowed_origins: tuple[str, ...]
    transport: str


class LiveHandler(ToldErrors, HandoverHandler):
    identity: Identity

    @property
    def services(self) -> Services:
        services: Services = self.application.settings["services"]
        return services

    @property
    def limits(self) -> SocketLimits:
        limits: SocketLimits = self.application.settings["socket_limits"]
        return limits

    @cached_property
    def address(self) -> str:
        return client_address(self.request, self.application.settings["trusted_proxies"])

    def prepare(self) -> Awaitable[None] | None:
        """Refuses before the upgrade: 503 full, 429 too many from one address, 401 not signed in."""
        self._check_room_for_one_more()
        identity = identify(self, self.services, bool(self.application.settings["is_https"]))
        known = self.services.doorkeeper.known(identity)
        if known is None:
            return self._confirm(identity)
        self.identity = known
        return None

    async def _confirm(self, identity: Identity) -> None:
        self.identity = await self.services.accounts.confirm(identity)

    def _check_room_for_one_more(self) -> None:
        services, limits = self.services, self.limits
        if len(services.hub) >= limits.max_connections:
            raise Overloaded("This node has as many connections as it may have.", retry_after_ms=COME_BACK_MS)
        most = limits.max_connections_per_ip
        if most and services.addresses.connections(self.address) >= most:
            raise RateLimited("This address has as many connections as it may have.", retry_after_ms=COME_BACK_MS)
        services.limits.upgrade(self.address)

    def finish(self, chunk: str | bytes | dict[str, Any] | None = None) -> "Future[None]":
        """Tornado refuses a bad handshake or a foreign origin in a line of text; ours are told like all others."""
        if isinstance(chunk, str) and self.get_status() >= 400:
            self.set_header("Content-Type", JSON)
            chunk = msgspec.json.encode(describe(None, self.get_status()).json())
        return super().finish(chunk)

    def check_origin(self, origin: str) -> bool:
        """Asked for foreign origins only; Tornado compares our own."""
        return origin in self.limits.allowed_origins

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        return SUBPROTOCOL if SUBPROTOCOL in subprotocols else None

    def open(self, *args: str, **kwargs: str) -> None:
        services, limits = self.services, self.limits
        claims: dict[str, Any] = {
            "identity": self.identity,
            "jti": self.identity.jti,
            "room": self.identity.room,
            "address": self.address,
        }
        transport = self.take_transport(limits.transport)
        if transport is None:
            logger.error("the socket cannot be had here: WS_TRANSPORT must be auto or stream")
            self.close(CloseCode.INTERNAL, CloseCode.INTERNAL.code_name)
            return
        connection = Connection(
            id=uuid.uuid4().hex,
            user_id=self.identity.id,
            role=self.identity.role,
            claims=claims,
            transport=transport,
            clock=services.clock,
            queue_low=limits.queue_low,
            queue_high=limits.queue_high,
        )
        services.hub.register(connection)
        services.addresses.came(connection)
        services.doorkeeper.let_in(connection)
        if self.identity.kind == "participant":
            services.hub.limit_user(self.identity.id, keep=SOCKETS_PER_PARTICIPANT)
        services.heartbeat.add(connection)
        dispatcher = self.application.settings["dispatcher"]
        transport.start(Intake(connection, dispatcher, services.clock, services.hub.unregister))
