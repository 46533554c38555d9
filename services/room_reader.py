"""Reads rooms that this node takes up from the database, while things go on happening to them.

What happens to a room's people while it is being read is done again to what was read: a class that joins or answers
without a pause delays nobody. A move, which is rare, makes it be read again.
"""

from collections.abc import Callable

from clock import Clock
from models.database import Database
from services.contents import Contents
from services.live_room import LiveRoom, load_live_room

# Something that happened to a room's people; doing it twice is doing it once.
Change = Callable[[LiveRoom], None]


class _Reading:
    """A read under way, and what has happened to its room since it began."""

    __slots__ = ("changes", "has_moved")

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.has_moved = False


class RoomReader:
    """Tell it of every change and every move, in the order in which they were committed."""

    def __init__(self, db: Database, clock: Clock, contents: Contents) -> None:
        self._db = db
        self._clock = clock
        self._contents = contents
        self._under_way: dict[str, set[_Reading]] = {}

    async def read(self, room_id: str) -> LiveRoom | None:
        """The room as it is at the moment of the return; None when there is none."""
        while True:
            reading = _Reading()
            self._under_way.setdefault(room_id, set()).add(reading)
            try:
                live = await self._db.read(load_live_room, room_id, self._contents, self._clock.now_ms())
            finally:
                self._end(room_id, reading)
            if reading.has_moved:
                continue
            if live is not None:
                for change in reading.changes:
                    change(live)
            return live

    def _end(self, room_id: str, reading: _Reading) -> None:
        others = self._under_way[room_id]
        others.discard(reading)
        if not others:
            del self._under_way[room_id]

    def changed(self, room_id: str, change: Change) -> None:
        for reading in self._under_way.get(room_id, ()):
            reading.changes.append(change)

    def moved(self, room_id: str) -> None:
        for reading in self._under_way.get(room_id, ()):
            reading.has_moved = True
