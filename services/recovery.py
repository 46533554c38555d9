"""After every node was down: rounds that were open get the lost time back, at most a minute of it."""

import logging

from clock import Clock
from game.phases import Phase
from models import nodes, rooms
from models.database import Database
from services.transitions import Transitions

logger = logging.getLogger(__name__)

DOWNTIME_MOST_MS = 60_000


class Recovery:
    """`node_id` is the same before and after a restart, so that a node does not take itself for another."""

    def __init__(self, db: Database, clock: Clock, transitions: Transitions, node_id: str) -> None:
        self._db = db
        self._clock = clock
        self._transitions = transitions
        self._node_id = node_id
        self._started_at = clock.now_ms()

    async def recover(self) -> int:
        """Extends the rounds that were open while no node lived; returns how many. Before the first socket."""
        now = self._clock.now_ms()
        own, others = await self._db.write(nodes.come_back, self._node_id, self._started_at, now)
        if others is not None and now - others < nodes.ALIVE_WITHIN_MS:
            return 0
        last = max(own or 0, others or 0)
        extended = 0
        for row in await self._db.read(rooms.rooms_in_phase, Phase.OPEN.value):
            opened_at = int(row.opened_at or now)
            down_ms = min(now - max(last, opened_at), DOWNTIME_MOST_MS)
            if down_ms > 0 and await self._transitions.extend(row.id, down_ms):
                extended += 1
                logger.info("a round that was open got %d ms more, the time no node was up", down_ms)
        return extended

    async def beat(self) -> None:
        await self._db.write(nodes.beat, self._node_id, self._started_at, self._clock.now_ms())
