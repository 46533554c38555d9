"""Which rooms a node lets go of: those that are over, that nobody looks at, or that were taken away."""

from clock import Clock
from game.views import Audience
from realtime.codes import CloseCode
from realtime.hub import Hub
from services.live import LiveRooms, topic
from services.live_room import LiveRoom
from services.orders import Orders

IDLE_FOR_MS = 10 * 60 * 1000


class RoomSweep:
    def __init__(self, clock: Clock, live: LiveRooms, hub: Hub, orders: Orders) -> None:
        self._clock = clock
        self._live = live
        self._hub = hub
        orders.on_forget = self.forget

    def sweep(self) -> None:
        """Lets go of rooms that are over or that nobody looks at; sockets of a room over for long close 4503."""
        now = self._clock.now_ms()
        for live in self._live:
            if live.is_long_over(now):
                self._end(live)
            elif now - live.used_at > IDLE_FOR_MS and not any(map(self._hub.subscribers, _topics(live))):
                self._live.drop(live)

    def forget(self, room_id: str) -> None:
        """The room or the names in it are gone: its sockets close 4503, and whoever asks for it reads it anew."""
        self._live.reader.moved(room_id)
        if (live := self._live.held(room_id)) is not None:
            self._end(live)

    def _end(self, live: LiveRoom) -> None:
        topics = _topics(live)
        for connection in list(self._hub.connections()):
            if not connection.topics.isdisjoint(topics):
                connection.close(CloseCode.ROOM_OVER)
        self._live.drop(live)


def _topics(live: LiveRoom) -> list[str]:
    return [topic(live.room.id, audience) for audience in Audience]
