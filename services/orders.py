"""What an admin asks of all nodes: each does it with its own connections.

At most once: a node that is cut off at that moment does not hear of it later.
"""

import logging
from typing import Literal

import msgspec

from game.views import Audience
from realtime.codes import CloseCode
from realtime.node import Node
from services.live import topic

logger = logging.getLogger(__name__)

TOPIC = "orders"


class Order(msgspec.Struct, frozen=True):
    """`target` is a participant's id, a room's id, or None for everybody; `by` is the node that was asked."""

    by: str
    what: Literal["disconnect", "tell"]
    target: str | None
    message: str = ""


class Orders:
    def __init__(self, node: Node) -> None:
        self._node = node
        self._hub = node.hub
        node.on(TOPIC, self._received)

    async def start(self) -> None:
        """From now on this node hears what others are asked."""
        await self._node.follow(TOPIC)

    async def disconnect(self, participant_id: str) -> int:
        """Closes a participant's sockets on every node; returns how many were here."""
        return await self._give(Order(self._node.id, "disconnect", participant_id))

    async def tell(self, room_id: str | None, message: str) -> int:
        """Sends an event to a room, or with None to everybody, on every node; returns to how many were here."""
        return await self._give(Order(self._node.id, "tell", room_id, message))

    async def _give(self, order: Order) -> int:
        count = self._do(order)
        if not await self._node.publish(TOPIC, msgspec.json.encode(order)):
            # This node would have heard it too.
            logger.warning("other nodes did not hear of an order: %s", order.what)
        return count

    def _received(self, name: str, payload: bytes) -> None:
        order = msgspec.json.decode(payload, type=Order)
        if order.by != self._node.id:
            self._do(order)

    def _do(self, order: Order) -> int:
        if order.what == "tell":
            return self._tell_all(order.message) if order.target is None else self._tell_room(order)
        return self._hub.close_user(order.target, CloseCode.INACTIVE) if order.target else 0

    def _tell_all(self, message: str) -> int:
        users = {connection.user_id for connection in self._hub.connections()}
        self._hub.send_each(users, lambda user_id: message, ephemeral=False)
        return len(self._hub)

    def _tell_room(self, order: Order) -> int:
        topics = [topic(order.target or "", audience) for audience in Audience]
        for name in topics:
            self._hub.broadcast(name, order.message, ephemeral=False)
        return sum(self._hub.subscribers(name) for name in topics)
