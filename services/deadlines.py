"""When a room moves on by itself: at its time, or when everyone has answered. Any node may; exactly one does."""

import asyncio
import logging
import time

from clock import Clock
from game.phases import Phase
from game.room import Room
from models import rooms
from models.database import Database
from realtime.presence import Presence
from services.background import BackgroundTasks
from services.catch_up import CatchUp
from services.errors import NotFound, Stale
from services.live import LiveRooms
from services.live_room import LiveRoom
from services.shares import Shares, expected_here
from services.transitions import Transitions

logger = logging.getLogger(__name__)

# Rounds that were open before this node lived are not judged "all answered" before phones had time to come back.
SETTLING_MS = 15_000
AFTER_OUTAGE_S = 2.0


class Deadlines:
    """A timer for each room held here, and `scan` over the whole table for rooms whose nodes are gone."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        live: LiveRooms,
        catch_up: CatchUp,
        transitions: Transitions,
        presence: Presence,
        shares: Shares,
    ) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._catch_up = catch_up
        self._transitions = transitions
        self._presence = presence
        self._shares = shares
        self._started_at = clock.now_ms()
        self._timers: dict[str, tuple[int, asyncio.TimerHandle]] = {}
        self._judging: set[str] = set()
        # A move that fails is tried again by the scan, within two seconds.
        self._background = BackgroundTasks(logger, "a room could not be moved on")
        live.on_changed.append(self.plan)
        live.on_people.append(self.judge)

    def plan(self, live: LiveRoom) -> None:
        """Sets the room's timer to its due time."""
        room = live.room
        known = self._timers.get(room.id)
        if known is not None:
            if known[0] == room.due_at:
                return
            known[1].cancel()
            del self._timers[room.id]
        if room.due_at is None:
            return
        wait_s = max(0.0, (room.due_at - self._clock.now_ms()) / 1000)
        timer = asyncio.get_running_loop().call_later(wait_s, self._ring, room.id)
        self._timers[room.id] = (room.due_at, timer)

    def _ring(self, room_id: str) -> None:
        self._timers.pop(room_id, None)
        self._background.spawn(self._move(room_id))

    async def _move(self, room_id: str) -> None:
        if self._recovering():
            return  # the scan comes back to it
        try:
            if await self._transitions.make_due(room_id):
                return
        except (Stale, NotFound):
            return
        live = self._live.held(room_id)
        if live is None:
            return
        if live.room.due_at is not None and live.room.due_at <= self._clock.now_ms():
            # Somebody else was first, and we have not heard of it.
            await self._catch_up.room(room_id)
        if live.room.due_at is not None:
            # The timer rang a moment early, or the room was given more time.
            self.plan(live)

    def _recovering(self) -> bool:
        """Right after a failed commit, queues that could not be written get two seconds to empty."""
        failed_at = self._db.failed_at
        return failed_at is not None and time.monotonic() - failed_at < AFTER_OUTAGE_S

    async def scan(self) -> None:
        """Moves every due room there is, whoever held it."""
        if self._recovering():
            return
        for room_id in await self._db.read(rooms.due_rooms, self._clock.now_ms()):
            await self._move(room_id)

    def judge(self, live: LiveRoom) -> None:
        """Closes the open round early when each one expected has answered, here and on the other nodes."""
        room = live.room
        if room.phase is not Phase.OPEN or not room.settings.close_when_all_answered:
            return
        if room.id in self._judging or not self._knows_presence(room):
            return
        # Fewer answers than people: somebody is missing, whoever it is. Spares each answer a look at everyone.
        if len(live.answered) < self._presence.count_here(room.id):
            return
        expected = expected_here(live, self._presence)
        if expected and expected <= live.answered.keys() and self._shares.nobody_missing_elsewhere(live):
            self._judging.add(room.id)
            self._background.spawn(self._close(room, expected))

    def _knows_presence(self, room: Room) -> bool:
        started_at = self._started_at
        return room.created_at >= started_at or self._clock.now_ms() - started_at >= SETTLING_MS

    async def _close(self, room: Room, expected: frozenset[str]) -> None:
        try:
            await self._transitions.close_if_answered(room.id, room.round, expected)
        except (Stale, NotFound):
            logger.debug("round %d of a room was closed by somebody else", room.round)
        finally:
            self._judging.discard(room.id)

    def judge_all(self) -> None:
        """Once a second: those who are gone for long enough are no longer waited for."""
        for live in self._live:
            self.judge(live)

    async def settle(self) -> None:
        """Waits for the moves that have begun."""
        await self._background.settle()

    async def stop(self) -> None:
        for _, timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        await self.settle()
