"""`GET /ws`: authenticates before the upgrade, then hands the socket to the engine."""

import logging
from collections.abc import Awaitable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from handlers.address import client_address
from handlers.errors import Refused, describe
from handlers.live.credentials import SUBPROTOCOL, host_of, identify
from handlers.live.entrance import Entrance
from handlers.told_errors import JSON, ToldErrors
from realtime.codes import CloseCode
from realtime.handover import HandoverHandler
from services.container import Services
from services.identity import Identity

if TYPE_CHECKING:
    from asyncio import Future

logger = logging.getLogger(__name__)


class LiveHandler(ToldErrors, HandoverHandler):
    identity: Identity

    @property
    def services(self) -> Services:
        services: Services = self.application.settings["services"]
        return services

    @property
    def entrance(self) -> Entrance:
        entrance: Entrance = self.application.settings["entrance"]
        return entrance

    @cached_property
    def address(self) -> str:
        request = self.request
        return client_address(request.remote_ip, request.headers, self.application.settings["trusted_proxies"])

    def prepare(self) -> Awaitable[None] | None:
        """Refuses before the upgrade: 503 full, 429 too many from one address, 401 not signed in."""
        self.entrance.check(self.address)
        found = identify(self, self.services, bool(self.application.settings["is_https"]))
        if not isinstance(found, Identity):
            return self._redeem(found)
        known = self.services.doorkeeper.known(found)
        if known is None:
            return self._confirm(found)
        self.identity = known
        return None

    async def _redeem(self, finding: Awaitable[Identity]) -> None:
        identity = await finding
        known = self.services.doorkeeper.known(identity)
        self.identity = known or await self.services.accounts.confirm(identity)

    async def _confirm(self, identity: Identity) -> None:
        self.identity = await self.services.accounts.confirm(identity)

    def finish(self, chunk: str | bytes | dict[str, Any] | None = None) -> "Future[None]":
        """Tornado refuses a bad handshake or a foreign origin in a line of text; ours are told like all others."""
        if isinstance(chunk, str) and self.get_status() >= 400:
            self.set_header("Content-Type", JSON)
            chunk = msgspec.json.encode(describe(None, self.get_status()).json())
        return super().finish(chunk)

    async def get(self, *args: str, **kwargs: str) -> None:
        # Tornado stumbles over an origin that cannot be read, and would call it a fault of ours.
        if host_of(self.request.headers.get("Origin", "")) is None:
            raise Refused(403)
        await super().get(*args, **kwargs)

    def check_origin(self, origin: str) -> bool:
        """Asked for foreign origins only; Tornado compares our own."""
        return origin in self.entrance.limits.allowed_origins

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        return SUBPROTOCOL if SUBPROTOCOL in subprotocols else None

    def open(self, *args: str, **kwargs: str) -> None:
        transport = self.take_transport(self.entrance.limits.transport)
        if transport is None:
            logger.error("the socket cannot be had here: WS_TRANSPORT must be auto or stream")
            self.close(CloseCode.INTERNAL, CloseCode.INTERNAL.code_name)
            return
        self.entrance.come_in(self.identity, self.address, transport)
