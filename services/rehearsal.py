"""Rehearsals: real rooms, marked, that a teacher walks through with a sample class. They count nowhere and go.

What its people do is sample_class.py's. They live on the node that made the room; whoever joins such a room by its PIN
plays among them.
"""

import asyncio
import logging
from collections.abc import Callable
from random import Random
from typing import Any

from clock import Clock
from game.phases import Phase
from game.views import Audience
from models import rooms as queries
from models.database import Database
from realtime.hub import Hub
from services.errors import Invalid, NotFound, Overloaded, RoomOver
from services.identity import Identity
from services.inquiries import Inquiries
from services.live import LiveRooms, topic
from services.live_room import LiveRoom
from services.retention import UNDO_MS
from services.rooms import Rooms
from services.sample_class import Pace, SampleClass
from services.transitions import Transitions

logger = logging.getLogger(__name__)

PLAYERS_LEAST, PLAYERS_MOST, PLAYERS_USUAL = 5, 30, 12
# On one node at a time.
REHEARSALS_MOST = 20
LONGEST_MS = 30 * 60 * 1000
# A teacher who has left for this long does not come back to it.
ALONE_MOST_MS = 5 * 60 * 1000
LOOK_EVERY_S = 30.0
WATCHED = "rehearsal watched"
BUSY = "Many teachers rehearse right now. Try again in a few minutes."

ClassOf = Callable[[Random, Pace], SampleClass]


class Rehearsals:
    """`class_of(chance, pace)` makes the people of a room."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        hub: Hub,
        live: LiveRooms,
        transitions: Transitions,
        rooms: Rooms,
        inquiries: Inquiries,
        class_of: ClassOf,
    ) -> None:
        self._db = db
        self._clock = clock
        self._hub = hub
        self._live = live
        self._transitions = transitions
        self._rooms = rooms
        self._inquiries = inquiries
        self._class_of = class_of
        self.pace = Pace()
        self.look_every_s = LOOK_EVERY_S
        self._tasks: dict[str, asyncio.Task[None]] = {}
        # Set whenever the room of that id has moved.
        self._moved: dict[str, asyncio.Event] = {}
        live.on_changed.append(self._note)
        inquiries.tell(WATCHED, self._is_watched_here)

    async def start(
        self, identity: Identity, quiz_id: str, settings: object = None, players: int = PLAYERS_USUAL
    ) -> dict[str, Any]:
        """The room as Rooms.create tells it, and what create raises. A rehearsal that was going on ends."""
        if not PLAYERS_LEAST <= players <= PLAYERS_MOST:
            reason = f"must be a whole number from {PLAYERS_LEAST} to {PLAYERS_MOST}"
            raise Invalid(f"The number of players {reason}.", [{"field": "players", "reason": reason}])
        if len(self._tasks) >= REHEARSALS_MOST:
            raise Overloaded(BUSY)
        room = await self._rooms.create(identity, quiz_id, settings, is_rehearsal=True)
        for earlier in await self._db.read(queries.rehearsals, identity.id):
            if earlier != room["id"]:
                await self._take_away(earlier)
        room_id = room["id"]
        self._moved[room_id] = asyncio.Event()
        task = asyncio.get_running_loop().create_task(self._run(room_id, room["pin"], players))
        self._tasks[room_id] = task
        task.add_done_callback(lambda done: self._finished(room_id, done))
        return room

    def _note(self, live: LiveRoom) -> None:
        if live.room.id in self._moved:
            self._moved[live.room.id].set()

    def _finished(self, room_id: str, task: asyncio.Task[None]) -> None:
        del self._tasks[room_id], self._moved[room_id]
        if not task.cancelled() and task.exception() is not None:
            logger.error("a rehearsal broke off", exc_info=task.exception())

    async def _run(self, room_id: str, pin: str, players: int) -> None:
        # What its people do follows from the room, and no secret is made with it.
        people = self._class_of(Random(room_id), self.pace)  # noqa: S311
        loop = asyncio.get_running_loop()
        busy = [loop.create_task(people.join(pin, players))]
        try:
            is_over = await self._follow(room_id, people, busy)
        except NotFound:
            return
        finally:
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)
        if not is_over:
            await self._take_away(room_id)

    async def _follow(self, room_id: str, people: SampleClass, busy: list[asyncio.Task[None]]) -> bool:
        """Lets them answer each round, until the room is over (True), has had its time, or is left alone (False)."""
        number, alone_since = 0, None
        while True:
            self._moved[room_id].clear()
            live = await self._live.hold(room_id)
            if live.room.phase is Phase.FINISHED:
                # Kept for a look at the results, until `tidy` takes it.
                return True
            now = self._clock.now_ms()
            if now - live.room.created_at > LONGEST_MS or now - (alone_since or now) >= ALONE_MOST_MS:
                return False
            if live.room.phase is Phase.OPEN and live.room.round != number:
                number = live.room.round
                busy.append(asyncio.get_running_loop().create_task(people.answer(live, number)))
            try:
                async with asyncio.timeout(self.look_every_s):
                    await self._moved[room_id].wait()
            except TimeoutError:
                alone_since = None if await self._is_watched(room_id) else alone_since or now

    def _is_watched_here(self, room_id: str) -> bool:
        return any(self._hub.subscribers(topic(room_id, audience)) for audience in (Audience.HOST, Audience.SCREEN))

    async def _is_watched(self, room_id: str) -> bool:
        """The teacher's page, remote or projector is open, at whatever node."""
        return self._is_watched_here(room_id) or any((await self._inquiries.ask(WATCHED, room_id)).values())

    async def _take_away(self, room_id: str) -> None:
        """Over and deleted, without the hour in which somebody might want it back."""
        try:
            await self._transitions.command(room_id, "room.end")
        except (RoomOver, NotFound):
            logger.debug("a rehearsal was over already")
        await self._db.write(queries.mark_deleted, room_id, self._clock.now_ms() - UNDO_MS - 1)

    async def tidy(self) -> None:
        """Takes away what has had its time, of whatever node: that may have died."""
        for room_id in await self._db.read(queries.rehearsals, None, self._clock.now_ms() - LONGEST_MS):
            await self._take_away(room_id)

    async def stop(self) -> None:
        """The people go; their rooms stay for as long as they have."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
