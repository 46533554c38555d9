"""Who of a room's people is connected and how they fare, over all nodes: each knows those who are connected to it.

Asked for when a teacher or an admin looks, a page of people at a time; a node that is out of reach says nothing.
"""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from realtime.hub import Hub
from realtime.presence import Presence
from services.inquiries import Inquiries
from services.live import LiveRooms

T = TypeVar("T", int, float)
PRESENT, FARES = "present", "fares"


class Fare(msgspec.Struct, omit_defaults=True):
    """Of one participant at one node, or at all of them. `took_ms` is of the answer to round `round`."""

    sockets: int = 0
    rtt_ms: float | None = None
    connected_at: int | None = None
    reconnects: int = 0
    missed: int = 0
    resumed: int = 0
    queue_bytes: int = 0
    round: int = 0
    took_ms: int = 0

    def add(self, other: "Fare") -> None:
        self.sockets += other.sockets
        self.rtt_ms = _least(self.rtt_ms, other.rtt_ms)
        self.connected_at = _least(self.connected_at, other.connected_at)
        self.reconnects += other.reconnects
        self.missed += other.missed
        self.resumed += other.resumed
        self.queue_bytes += other.queue_bytes
        if other.round > self.round:
            self.round, self.took_ms = other.round, other.took_ms


def _least(one: T | None, other: T | None) -> T | None:
    return min((value for value in (one, other) if value is not None), default=None)


class _About(msgspec.Struct):
    """Whom a question about fares concerns."""

    room: str
    people: list[str]


class RoomPeople:
    def __init__(self, live: LiveRooms, hub: Hub, presence: Presence, inquiries: Inquiries) -> None:
        self._live = live
        self._hub = hub
        self._presence = presence
        self._inquiries = inquiries
        inquiries.tell(PRESENT, lambda room_id: sorted(presence.present(room_id)))
        inquiries.tell(FARES, self._tell_fares)

    async def present(self, room_id: str) -> set[str]:
        """Who is connected, at whatever node."""
        there: dict[str, list[str]] = await self._inquiries.ask(PRESENT, room_id)
        return self._presence.present(room_id).union(*there.values())

    async def fares(self, room_id: str, people: Iterable[str]) -> dict[str, Fare]:
        """By participant."""
        about = _About(room_id, list(people))
        found = {id: self._fare(room_id, id) for id in about.people}
        for told in (await self._inquiries.ask(FARES, msgspec.json.encode(about).decode())).values():
            for id, fare in msgspec.convert(told, dict[str, Fare]).items():
                if id in found:
                    found[id].add(fare)
        return found

    def _tell_fares(self, about: str) -> dict[str, Fare]:
        """Those of whom there is nothing to say are left out."""
        asked = msgspec.json.decode(about, type=_About)
        fares = {id: self._fare(asked.room, id) for id in asked.people}
        return {id: fare for id, fare in fares.items() if fare != Fare()}

    def _fare(self, room_id: str, id: str) -> Fare:
        sockets = [connection for connection in self._hub.connections_of(id) if connection.is_open]
        live = self._live.held(room_id)
        fare = Fare(
            sockets=len(sockets),
            rtt_ms=min((socket.rtt_ms for socket in sockets if socket.rtt_ms), default=None),
            connected_at=min((socket.opened_ms for socket in sockets), default=None),
            queue_bytes=sum(socket.transport.queued for socket in sockets),
        )
        if live is not None:
            record = live.participation.of(id)
            fare.reconnects, fare.missed, fare.resumed = record.reconnects, record.missed, record.resumed
            fare.round, fare.took_ms = live.last_took(id)
        return fare
