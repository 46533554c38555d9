"""When rooms go for good: RETENTION_DAYS after their end, or an hour after their owner deleted them."""

import logging

from clock import Clock
from models import removal
from models.database import Database
from models.tables import Room
from services.orders import Orders
from services.pins import REST_MS

logger = logging.getLogger(__name__)

DAY_MS = 24 * 60 * 60 * 1000
# How long whoever deleted a room may take that back.
UNDO_MS = 60 * 60 * 1000


class Retention:
    """`days` after which a room that is over is removed with all names and answers; 0 keeps rooms for ever."""

    def __init__(self, db: Database, clock: Clock, orders: Orders, days: int) -> None:
        self._db = db
        self._clock = clock
        self._orders = orders
        self.days = days

    def ends_at(self, room: Room) -> int | None:
        """When the room is removed by itself; None when never, or while it runs."""
        return room.ended_at + self.days * DAY_MS if self.days and room.ended_at is not None else None

    async def remove_due(self) -> None:
        """Removes what is due, in many small transactions: answers of rooms that are played get in between.

        Done twice at once, or ended midway and begun again, it does the same.
        """
        now = self._clock.now_ms()
        ended_before = now - self.days * DAY_MS if self.days else 0
        removed = 0
        while ids := await self._db.read(removal.due, now - UNDO_MS, ended_before, now - REST_MS):
            for room_id in ids:
                await self._orders.forget(room_id)
                while not await self._db.write(removal.remove_part, room_id, now - REST_MS):
                    pass
                removed += 1
        if removed:
            logger.info("removed %d rooms that were over for %d days, or deleted", removed, self.days)
