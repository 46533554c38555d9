"""A participant may have three sockets at a time over all nodes: whoever opens a fourth loses the oldest.

On each node the hub keeps the limit (`Hub.limit_user`). Between nodes this does: a node says whose sockets were opened
with it, and since when each of them is there; whoever has sockets of the same people says so too. So all of
them know the same, each closes those of its own that are too many, and nothing needs to be kept for long.
"""

import asyncio
import logging

import msgspec

from realtime.connection import Connection
from realtime.node import Node
from services.background import BackgroundTasks

logger = logging.getLogger(__name__)

TOPIC = "sockets"
SOCKETS_PER_PARTICIPANT = 3
# What comes meanwhile is told together: a class that comes back is one message.
TOLD_EVERY_S = 0.05
PEOPLE_MOST = 500
# Everybody who has something to say has said it by then.
HEARD_FOR_S = 2.0

Opened = dict[str, list[int]]


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """`people`: when each of their sockets at this node was opened. `asks`: others are to say theirs."""

    node: str
    people: Opened
    asks: bool = False


class SocketLimit:
    """`opened` wants to be told of each participant's new socket."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._hub = node.hub
        self._new: dict[str, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        # participant → other node → when its sockets were opened, and until when that counts.
        self._heard: dict[str, dict[str, tuple[list[int], float]]] = {}
        # The next socket of the same person brings what this could not.
        self._background = BackgroundTasks(logger, "sockets could not be told to other nodes")
        node.on(TOPIC, self._received)

    async def start(self) -> None:
        """From now on this node hears whose sockets are with others."""
        if self._node.broker.is_shared:
            await self._node.follow(TOPIC)

    def opened(self, participant_id: str) -> None:
        """Here too many are closed at once, elsewhere a moment later."""
        self._hub.limit_user(participant_id, keep=SOCKETS_PER_PARTICIPANT)
        if self._node.broker.is_shared:
            self._new[participant_id] = None
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(TOLD_EVERY_S, self._tell_new)

    def _tell_new(self) -> None:
        self._timer = None
        self._forget()
        people, self._new = list(self._new), {}
        for start in range(0, len(people), PEOPLE_MOST):
            self._tell(
                {id: opened for id in people[start : start + PEOPLE_MOST] if (opened := self._own(id))}, asks=True
            )

    def _tell(self, people: Opened, *, asks: bool) -> None:
        if people:
            told = msgspec.json.encode(Told(self._node.id, people, asks))
            self._background.spawn(self._node.publish(TOPIC, told))

    def _open_here(self, participant_id: str) -> list[Connection]:
        """Oldest first. Nobody else's: an account may have as many as it likes."""
        found = self._hub.connections_of(participant_id)
        return [connection for connection in found if connection.is_open and connection.role == "participant"]

    def _own(self, participant_id: str) -> list[int]:
        return [connection.opened_ms for connection in self._open_here(participant_id)]

    def _received(self, topic: str, payload: bytes) -> None:
        told = msgspec.json.decode(payload, type=Told)
        if told.node == self._node.id:
            return
        until_s = asyncio.get_running_loop().time() + HEARD_FOR_S
        here: Opened = {}
        for participant_id, opened in told.people.items():
            own = self._own(participant_id)
            if own:
                here[participant_id] = own
                self._heard.setdefault(participant_id, {})[told.node] = (opened, until_s)
                self._limit(participant_id, own)
        if told.asks:
            self._tell(here, asks=False)

    def _limit(self, participant_id: str, own: list[int]) -> None:
        """Closes those here that are among the oldest beyond three of all that are known."""
        now_s = asyncio.get_running_loop().time()
        known = [(opened, self._node.id) for opened in own]
        for node, (sockets, until_s) in self._heard[participant_id].items():
            known += [(opened, node) for opened in sockets] if until_s > now_s else []
        too_many = sorted(known)[: max(0, len(known) - SOCKETS_PER_PARTICIPANT)]
        ours = sum(node == self._node.id for _, node in too_many)
        if ours:
            self._hub.limit_user(participant_id, keep=len(own) - ours)

    def _forget(self) -> None:
        now_s = asyncio.get_running_loop().time()
        for participant_id, nodes in list(self._heard.items()):
            if all(until_s <= now_s for _, until_s in nodes.values()):
                del self._heard[participant_id]

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        await self._background.settle()
