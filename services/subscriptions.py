"""Who may look at a room and as what audience; the reply that brings a browser up to date in one message."""

from collections.abc import Callable
from typing import Any

from clock import Clock
from game.phases import Phase
from game.views import Audience
from realtime.connection import Connection
from realtime.hub import Hub
from realtime.presence import Presence
from services.admin_stats import TOPIC as ADMIN_TOPIC
from services.catch_up import CatchUp
from services.errors import Forbidden, RoomOver
from services.identity import Identity
from services.live import OVER, LiveRooms, topic
from services.live_room import LiveRoom


class Subscriptions:
    def __init__(self, clock: Clock, live: LiveRooms, catch_up: CatchUp, hub: Hub, presence: Presence) -> None:
        self._clock = clock
        self._live = live
        self._catch_up = catch_up
        self._hub = hub
        self._presence = presence
        # Called with the room when a host or a screen begins to look.
        self.on_watched: list[Callable[[LiveRoom], None]] = []
        hub.on_unregister.append(self._left)

    async def room_for(self, identity: Identity, pin: str) -> LiveRoom:
        """The room a command is about. Raises NotFound; Forbidden when a seat's token names another room."""
        if identity.room is None:
            return await self._live.by_pin(pin)
        live = await self._live.hold(identity.room)
        if live.room.pin != pin:
            raise Forbidden("Your seat is in another room.")
        return live

    def audience(self, identity: Identity, live: LiveRoom) -> Audience:
        """As what this identity sees the room. Raises Forbidden."""
        if identity.kind == "participant":
            if identity.id not in live.seats:
                raise Forbidden("You have no seat in this room.")
            return Audience.PLAYERS
        if identity.kind == "screen":
            return Audience.SCREEN
        if live.room.owner_id == identity.id:
            return Audience.HOST
        if identity.role == "admin":
            return Audience.SCREEN
        raise Forbidden("This room belongs to somebody else.")

    async def subscribe(
        self, connection: Connection, identity: Identity, pin: str, after: int | None, epoch: str | None
    ) -> dict[str, Any]:
        """Subscribes and gives the log's tail from `after`, or a snapshot: the next event has seq + 1."""
        live = await self.room_for(identity, pin)
        participant_id = identity.id if identity.kind == "participant" else None
        known_to = after if after is not None and epoch == live.room.epoch else 0
        await self._catch_up.for_subscriber(live, participant_id, known_to)
        audience = self.audience(identity, live)
        if live.is_long_over(self._clock.now_ms()):
            raise RoomOver(OVER)
        # From here to the reply nothing waits: what is broadcast next comes after it.
        name = topic(live.room.id, audience)
        is_new = name not in connection.topics
        is_here = self._hub.subscribe(connection, name)
        reply: dict[str, Any] = {
            "seq": live.room.seq,
            "epoch": live.room.epoch,
            "server_time": self._clock.now_ms(),
        }
        if audience is Audience.PLAYERS:
            if is_here:  # else it has gone while it waited, and nobody would ever take it out again
                self._presence.join(live.room.id, identity.id, connection.id)
                missed = None if after is None else max(0, live.room.seq - after)
                live.participation.subscribed(identity.id, is_new=is_new, missed=missed)
            reply["you"] = live.you(identity.id)
            self._live.people_changed(live)
        else:
            for listener in self.on_watched:
                listener(live)
        if after is not None and epoch == live.room.epoch and 0 <= after <= live.room.seq:
            return reply | {"events": live.events_for(audience, after)}
        return reply | {"snapshot": live.snapshot(audience)}

    async def unsubscribe(self, connection: Connection, identity: Identity, pin: str) -> dict[str, Any]:
        live = await self.room_for(identity, pin)
        for audience in Audience:
            self._hub.unsubscribe(connection, topic(live.room.id, audience))
        self._presence.leave(live.room.id, identity.id, connection.id)
        return {}

    def _left(self, connection: Connection) -> None:
        """A socket is gone; its person may have others."""
        room_id = connection.claims.get("room")
        if connection.role != "participant" or not isinstance(room_id, str):
            return
        self._presence.leave(room_id, connection.user_id, connection.id)
        live = self._live.held(room_id)
        if live is not None:
            self._live.people_changed(live)

    def is_exempt_from_sweep(self, connection: Connection) -> bool:
        """A silent person in a running room is not inactive: they are thinking. An admin who watches is not either."""
        if ADMIN_TOPIC in connection.topics:
            return True
        rooms = (self._live.held(name.split(":")[1]) for name in connection.topics if name.startswith("room:"))
        return any(live is not None and live.room.phase is not Phase.FINISHED for live in rooms)

    def owned(self, identity: Identity, live: LiveRoom) -> LiveRoom:
        """The room, for its host alone. Raises Forbidden."""
        if identity.kind != "account" or live.room.owner_id != identity.id:
            raise Forbidden("Only the host of this room can do that.")
        return live
