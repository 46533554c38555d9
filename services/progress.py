"""Ephemeral news of a room: how many are here and have answered. Cumulative and coalesced; losing one does no harm."""

import asyncio
from typing import Any

from game.phases import Phase
from game.views import Audience
from models.database import Database
from realtime.hub import Hub
from realtime.presence import Presence
from realtime.protocol import encode_event
from services.clouds import Clouds
from services.live import LiveRooms, topic
from services.live_room import LiveRoom

# The contract allows five a second; phones get one, they have better things to do.
STAFF_EVERY_S = 0.25
PHONES_EVERY_S = 1.0
# Of a large room less often: to tell 5,000 takes the loop 40 ms, in which their answers wait.
PHONES_PER_S = 1000
# With so many answers on their way to the database, or stored since one looked last, the phones wait a little longer
# still: receipts come first.
BUSY_FROM = 100
BUSY_WAIT_S = 0.1
RECENT_MOST = 50


class Progress:
    def __init__(self, db: Database, live: LiveRooms, hub: Hub, presence: Presence, clouds: Clouds) -> None:
        self._db = db
        self._live = live
        self._hub = hub
        self._presence = presence
        self._clouds = clouds
        self._timers: dict[tuple[str, bool], asyncio.TimerHandle] = {}
        # What was told last, so that nothing is said twice.
        self._told: dict[tuple[str, bool], tuple[Any, ...]] = {}
        live.on_people.append(self.mark)

    def mark(self, live: LiveRoom) -> None:
        """Something changed: it is told soon, together with what else changes until then."""
        phones_every_s = max(PHONES_EVERY_S, len(live.seats) / PHONES_PER_S)
        for phones, every_s in ((False, STAFF_EVERY_S), (True, phones_every_s)):
            key = (live.room.id, phones)
            if key not in self._timers:
                self._tell_in(every_s, live, phones)

    def _tell_in(self, delay_s: float, live: LiveRoom, phones: bool) -> None:
        key = (live.room.id, phones)
        self._timers[key] = asyncio.get_running_loop().call_later(delay_s, self._tell, *key, len(live.answered))

    def _tell(self, room_id: str, phones: bool, answered: int) -> None:
        """`answered` is how many had when one looked last."""
        live = self._live.held(room_id)
        if phones and live is not None and self._is_busy(len(live.answered) - answered):
            self._tell_in(BUSY_WAIT_S, live, phones)
            return
        self._timers.pop((room_id, phones), None)
        if live is None:
            self._told.pop((room_id, phones), None)
            return
        connected = self._presence.count(room_id)
        state = (len(live.seats), tuple(live.seats)[-1:], len(live.answered), connected, live.room.round)
        told = self._told.get((room_id, phones))
        self._told[room_id, phones] = state
        audiences = (Audience.PLAYERS,) if phones else (Audience.HOST, Audience.SCREEN)
        if told is None or told[:2] != state[:2]:
            for audience in audiences:
                names = live.names_for(audience, RECENT_MOST, "recent")
                self._send(live, (audience,), "lobby.changed", {"participants": len(live.seats)} | names)
        # Also just after the close: the last answers may be what closed the round.
        if live.room.phase in (Phase.OPEN, Phase.REVEAL) and (told is None or told[2:] != state[2:]):
            params = {"round": live.room.round, "answered": len(live.answered), "connected": connected}
            self._send(live, audiences, "round.progress", params)

    def _is_busy(self, more: int) -> bool:
        return more >= BUSY_FROM or self._db.waiting_writes >= BUSY_FROM

    def _send(self, live: LiveRoom, audiences: tuple[Audience, ...], name: str, params: dict[str, Any]) -> None:
        text = encode_event(name, {"room": live.room.pin} | params)
        for audience in audiences:
            self._hub.broadcast(topic(live.room.id, audience), text, ephemeral=True)

    async def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        await self._clouds.stop()
