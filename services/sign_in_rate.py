"""How often one may try to sign in: exact to the single try, over all nodes, as passwords are worth trying out.

A sign-in takes a hash of some fifty milliseconds anyway, so Redis is asked each time; one that does not answer at
once is left out for a second, and this node's own count holds.
"""

import asyncio
import logging
import math
import time

from limits import RateLimitItem, parse_many
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter as SharedLimiter
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from realtime.counts import Counts
from services.rates import Usage

logger = logging.getLogger(__name__)

NAME = "login"
ANSWER_WITHIN_S = 0.05
LEAVE_OUT_S = 1.0


class SignInRate:
    """`shared` is Redis, None on a node alone; `counts` knows whether it answers."""

    def __init__(self, rates: str, counts: Counts, shared: Storage | None) -> None:
        self._items = parse_many(rates)
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = None if shared is None else SharedLimiter(shared)
        self._counts = counts
        self._left_out_until_s = 0.0

    async def take(self, *key: str) -> Usage:
        """Counts one; raises RateLimited with details limit, remaining, reset_s and retry_after_ms."""
        if not all(self._here.test(item, NAME, *key) for item in self._items):
            raise min((self._usage(item, key) for item in self._items), key=_tightest).refusal()
        for item in self._items:
            self._here.hit(item, NAME, *key)
        usages = [self._usage(item, key) for item in self._items]
        shared = await self._take_shared(key)
        return min(usages if shared is None else shared, key=_tightest)

    def _usage(self, item: RateLimitItem, key: tuple[str, ...]) -> Usage:
        stats = self._here.get_window_stats(item, NAME, *key)
        return _told(item, stats.remaining, stats.reset_time)

    async def _take_shared(self, key: tuple[str, ...]) -> list[Usage] | None:
        if self._shared is None or not self._counts.is_shared or time.monotonic() < self._left_out_until_s:
            return None
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                is_in = [await self._shared.hit(item, NAME, *key) for item in self._items]
                stats = [await self._shared.get_window_stats(item, NAME, *key) for item in self._items]
        except (RedisError, StorageError, OSError, TimeoutError) as error:
            self._left_out_until_s = time.monotonic() + LEAVE_OUT_S
            logger.info("a sign-in was counted by this node alone: %s", str(error) or type(error).__name__)
            return None
        usages = [_told(item, stat.remaining, stat.reset_time) for item, stat in zip(self._items, stats, strict=True)]
        if not all(is_in):
            raise min(usages, key=_tightest).refusal()
        return usages


def _told(item: RateLimitItem, remaining: int, reset_time: float) -> Usage:
    return Usage(item.amount, max(0, remaining), max(1, math.ceil(reset_time - time.time())))


def _tightest(usage: Usage) -> tuple[int, int]:
    return usage.remaining, -usage.reset_s
