"""What concerns people on whatever node: each node does it with its own connections.

At most once: a node that is cut off at that moment does not hear of it later.
"""

import logging
from collections.abc import Callable

import msgspec

from game.views import Audience
from realtime.codes import CloseCode
from realtime.node import Node
from services.live import topic

logger = logging.getLogger(__name__)

# All nodes follow it.
TOPIC = "nodes"


class Order(msgspec.Struct, frozen=True, omit_defaults=True):
    """As nodes tell it each other; `node` is the one that was asked. A kind that a node does not know it lets be."""

    node: str
    kind: str  # signed_out (user, jti), disconnect (user), announce (event, room or everybody), forget (room)
    user: str = ""
    jti: str | None = None
    room: str | None = None
    event: str = ""


class Orders:
    """`on_forget(room_id)` is called for a room that was taken out of the database, or the names in it."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._hub = node.hub
        self.on_forget: Callable[[str], None] = lambda room_id: None
        node.on(TOPIC, self._received)

    async def start(self) -> None:
        """From now on this node hears what others are asked."""
        await self._node.follow(TOPIC)

    async def sign_out(self, user_id: str, jti: str | None) -> int:
        """Closes the sockets of a sign-in that has ended, with None of all of them; returns how many were here."""
        return await self._give(Order(self._node.id, "signed_out", user=user_id, jti=jti))

    async def disconnect(self, participant_id: str) -> int:
        """Closes a participant's sockets; returns how many were here."""
        return await self._give(Order(self._node.id, "disconnect", user=participant_id))

    async def announce(self, event: str, room_id: str | None) -> int:
        """Sends an event to a room, or with None to everybody; returns to how many were here."""
        return await self._give(Order(self._node.id, "announce", room=room_id, event=event))

    async def forget(self, room_id: str) -> None:
        """What nodes hold of the room in memory is not true any more."""
        await self._give(Order(self._node.id, "forget", room=room_id))

    async def _give(self, order: Order) -> int:
        count = self._do(order)
        if not await self._node.publish(TOPIC, msgspec.json.encode(order)):
            # This node would have heard it too.
            logger.warning("other nodes did not hear of an order: %s", order.kind)
        return count

    def _received(self, name: str, payload: bytes) -> None:
        order = msgspec.json.decode(payload, type=Order)
        if order.node != self._node.id:
            self._do(order)

    def _do(self, order: Order) -> int:
        if order.kind == "signed_out":
            return self._hub.close_user(order.user, CloseCode.TOKEN_INVALID, jti=order.jti)
        if order.kind == "disconnect":
            return self._hub.close_user(order.user, CloseCode.INACTIVE)
        if order.kind == "forget" and order.room is not None:
            self.on_forget(order.room)
        if order.kind == "announce":
            return self._tell_all(order.event) if order.room is None else self._tell_room(order.room, order.event)
        return 0

    def _tell_all(self, event: str) -> int:
        users = {connection.user_id for connection in self._hub.connections()}
        self._hub.send_each(users, lambda user_id: event, ephemeral=False)
        return len(self._hub)

    def _tell_room(self, room_id: str, event: str) -> int:
        topics = [topic(room_id, audience) for audience in Audience]
        for name in topics:
            self._hub.broadcast(name, event, ephemeral=False)
        return sum(self._hub.subscribers(name) for name in topics)
