"""`GET /ws`: authenticates before the upgrade, then hands the socket to the engine."""

import logging
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from handlers.address import client_address
from handlers.base import SIGN_IN_FIRST
from handlers.session import bearer_token, cookie_token
from handlers.told_errors import ToldErrors
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.handover import HandoverHandler
from realtime.intake import Intake
from services.container import Services
from services.errors import Overloaded, RateLimited, Unauthorized
from services.identity import Identity

logger = logging.getLogger(__name__)

SUBPROTOCOL = "quizhall.v1"
BEARER = "bearer."
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

    @property
    def address(self) -> str:
        return client_address(self.request, self.application.settings["trusted_proxies"])

    async def prepare(self) -> None:
        """Refuses before the upgrade: 503 full, 429 too many from one address, 401 not signed in."""
        self._check_room_for_one_more()
        token = self._token()
        if token is None:
            raise Unauthorized(SIGN_IN_FIRST)
        self.identity = await self.services.accounts.authenticate(token)
        if self.get_query_argument("token", None) == token and self.identity.kind != "participant":
            raise Unauthorized("Only a participant's token may stand in the address.")

    def _check_room_for_one_more(self) -> None:
        services = self.services
        hub = services.hub
        if len(hub) >= self.limits.max_connections:
            raise Overloaded("This node has as many connections as it may have.")
        most = self.limits.max_connections_per_ip
        address = self.address
        if most and sum(1 for c in hub.connections() if c.claims.get("address") == address) >= most:
            raise RateLimited("This address has as many connections as it may have.")
        services.limits.upgrade(address)

    def _token(self) -> str | None:
        """In the contract's order; the first that is there decides."""
        bearer = bearer_token(self.request)
        if bearer is not None:
            return bearer
        offered = self._offered()
        for name in offered:
            if SUBPROTOCOL in offered and name.startswith(BEARER):
                return name.removeprefix(BEARER)
        cookie = cookie_token(self, bool(self.application.settings["is_https"]))
        if cookie is not None and self._is_own_page():
            return cookie
        return self.get_query_argument("token", None)

    def _offered(self) -> list[str]:
        return [name.strip() for name in self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")]

    def _is_own_page(self) -> bool:
        """A cookie comes along from any page: only a page of ours may use it."""
        site = self.request.headers.get("Sec-Fetch-Site")
        if site is not None and site != "same-origin":
            return False
        origin = self.request.headers.get("Origin")
        if origin is None:
            return site == "same-origin"
        own = urlsplit(origin).netloc.lower() == self.request.headers.get("Host", "").lower()
        return own or origin in self.limits.allowed_origins

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
        if self.identity.kind == "participant":
            services.hub.limit_user(self.identity.id, keep=SOCKETS_PER_PARTICIPANT)
        services.heartbeat.add(connection)
        dispatcher = self.application.settings["dispatcher"]
        transport.start(Intake(connection, dispatcher, services.clock, services.hub.unregister))
