"""What every new socket goes through, whichever way it came: is there room for it, and then it is the node's."""

import uuid
from dataclasses import dataclass
from typing import Any

from realtime.connection import Connection
from realtime.dispatch import Dispatcher
from realtime.intake import Intake
from realtime.transport import Transport
from services.container import Services
from services.errors import Overloaded, RateLimited
from services.identity import Identity

# Nobody knows when a place becomes free; this long one should wait before asking again.
COME_BACK_MS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketLimits:
    """What the settings say of sockets; sizes in bytes, 0 connections per address means no limit."""

    max_connections: int
    max_connections_per_ip: int
    max_message_size: int
    queue_low: int
    queue_high: int
    allowed_origins: tuple[str, ...]
    transport: str


class Entrance:
    def __init__(self, services: Services, limits: SocketLimits, dispatcher: Dispatcher) -> None:
        self.services = services
        self.limits = limits
        self.dispatcher = dispatcher

    def check(self, address: str) -> None:
        """Counts one more handshake. Raises Overloaded when the node is full, RateLimited for this address."""
        services, most = self.services, self.limits.max_connections_per_ip
        if len(services.hub) >= self.limits.max_connections:
            raise Overloaded("This node has as many connections as it may have.", retry_after_ms=COME_BACK_MS)
        if most and services.addresses.connections(address) >= most:
            raise RateLimited("This address has as many connections as it may have.", retry_after_ms=COME_BACK_MS)
        services.limits.upgrade(address)

    def come_in(self, identity: Identity, address: str, transport: Transport) -> None:
        """The 101 has been said: the socket is the engine's from here on."""
        services, limits = self.services, self.limits
        claims: dict[str, Any] = {"identity": identity, "jti": identity.jti, "room": identity.room, "address": address}
        connection = Connection(
            id=uuid.uuid4().hex,
            user_id=identity.id,
            role=identity.role,
            claims=claims,
            transport=transport,
            clock=services.clock,
            queue_low=limits.queue_low,
            queue_high=limits.queue_high,
        )
        services.hub.register(connection)
        services.addresses.came(connection)
        services.doorkeeper.let_in(connection)
        if identity.kind == "participant":
            services.socket_limit.opened(identity.id)
        services.heartbeat.add(connection)
        transport.start(Intake(connection, self.dispatcher, services.clock, services.hub.unregister))
