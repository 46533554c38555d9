"""Counts that all nodes share over Redis: told and heard a moment later, never waited for.

Whoever counts is answered from memory. What has changed goes to Redis every few milliseconds, all of it in one round
trip, which brings back the sums over all nodes. While Redis does not answer each node counts for itself.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from realtime.counts import Count, Counts
from realtime.ignore import ignore

logger = logging.getLogger(__name__)

TELL_EVERY_S = 0.02
# A Redis that is asked for nothing is looked at this often, and one that is down tried again.
LOOK_EVERY_S = 1.0
ANSWER_WITHIN_S = 1.0
CONNECTIONS_MOST = 50
# Keys of one round trip: packing more would hold up the loop.
PORTION = 100
# Kept a little longer than it counts: the clocks of nodes differ.
GRACE_MS = 2_000
PREFIX = "quizhall:count:"

_FAULTS = (RedisError, OSError, TimeoutError)


def counts_pool(url: str) -> ConnectionPool:
    """Connections that give up early: whoever waits for them goes on without."""
    return ConnectionPool.from_url(
        url,
        protocol=3,
        max_connections=CONNECTIONS_MOST,
        socket_timeout=ANSWER_WITHIN_S,
        socket_connect_timeout=ANSWER_WITHIN_S,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )


class RedisCounts(Counts):
    """`on_change(is_shared)` is called when Redis stops to answer, and when it does again."""

    def __init__(self, pool: ConnectionPool, now_s: Callable[[], float] = time.time) -> None:
        super().__init__(now_s)
        self._pool = pool
        self._client = Redis(connection_pool=pool)
        self._untold: dict[str, None] = {}
        self._something = asyncio.Event()
        self._telling: asyncio.Task[None] | None = None
        self._is_shared = True
        self._is_ending = False
        self.on_change: Callable[[bool], None] = ignore

    @property
    def is_shared(self) -> bool:
        return self._is_shared

    async def start(self) -> None:
        self._telling = asyncio.get_running_loop().create_task(self._keep_telling(), name="counts")

    async def stop(self) -> None:
        # What lies beneath may lose a cancellation.
        self._is_ending = True
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.wait([self._telling])
            self._telling = None
        await self._client.aclose()
        await self._pool.aclose()

    def _touch(self, key: str, count: Count) -> None:
        super()._touch(key, count)
        self._untold[key] = None
        self._something.set()

    async def _keep_telling(self) -> None:
        while not self._is_ending:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._something.wait()
            except TimeoutError:
                pass
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    await self._tell()
            except _FAULTS as error:
                self._become(is_shared=False, why=str(error) or type(error).__name__)
                await asyncio.sleep(LOOK_EVERY_S)
            else:
                self._become(is_shared=True)
                await asyncio.sleep(TELL_EVERY_S)

    async def _tell(self) -> None:
        if not self._untold:
            await self._client.ping()
        while self._untold:
            portion = list(self._untold)[:PORTION]
            for key in portion:
                del self._untold[key]
            if not self._untold:
                self._something.clear()
            await self._exchange([key for key in portion if key in self._counts])

    async def _exchange(self, keys: list[str]) -> None:
        """Tells what was counted here, learns what was counted anywhere.

        What is lost on the way is not told again: too few makes a limit a little wide, twice would lock people out.
        """
        now_s = self.now_s()
        told: list[int] = []
        async with self._client.pipeline(transaction=False) as pipeline:
            for key in keys:
                count = self._counts[key]
                amount, count.unsent = count.unsent, 0
                # All that was counted here up to now is in the sum that comes back.
                told.append(count.own)
                pipeline.incrby(PREFIX + key, amount)
                pipeline.pexpire(PREFIX + key, max(1, int((count.ends_s - now_s) * 1000) + GRACE_MS))
            sums = (await pipeline.execute())[::2]
        for key, own, total in zip(keys, told, sums, strict=True):
            known = self._counts.get(key)
            if known is not None:
                known.others = max(0, int(total) - own)

    def _become(self, *, is_shared: bool, why: str = "") -> None:
        if self._is_shared is is_shared:
            return
        self._is_shared = is_shared
        if is_shared:
            logger.warning("limits are counted over all nodes again")
        else:
            logger.warning("limits are counted by each node for itself: Redis does not answer (%s)", why)
        self.on_change(is_shared)
