"""Jobs that one node runs for all: whoever has the lease, a row in the database, and renews it by running the job.

A holder that dies is replaced when the lease has run out. Two nodes may still run a job at once, when one was
frozen in the middle of it: so each of these jobs does no harm when it is done twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from peewee import PeeweeException

from clock import Clock
from models import leases
from models.database import Database, WriteQueueFull

logger = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]
# In intervals of the job: a turn that comes late or fails does not lose the lease.
LASTS = 2.5
LET_GO_WITHIN_S = 1.0


class Leases:
    def __init__(self, db: Database, clock: Clock, node_id: str) -> None:
        self._db = db
        self._clock = clock
        self._node_id = node_id
        self._is_leaving = False

    def leased(self, name: str, every_s: float, job: Job) -> Job:
        """The job as each node's schedule may call it every `every_s`: it runs on one of them."""

        async def run() -> None:
            if await self._take(name, int(every_s * LASTS * 1000)):
                await job()

        return run

    async def _take(self, name: str, lasts_ms: int) -> bool:
        now = self._clock.now_ms()
        # Those who will not get it write nothing.
        if self._is_leaving or await self._db.read(leases.is_held_by_another, name, self._node_id, now):
            return False
        return await self._db.write(leases.take, name, self._node_id, now, now + lasts_ms)

    async def let_go(self) -> None:
        """This node leaves: the others need not wait for its leases to run out."""
        self._is_leaving = True
        try:
            async with asyncio.timeout(LET_GO_WITHIN_S):
                await self._db.write(leases.let_go, self._node_id)
        except (TimeoutError, PeeweeException, WriteQueueFull):
            logger.warning("the leases of this node were not given back; they run out by themselves")
