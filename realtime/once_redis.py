"""Names that can be taken once over all nodes, for a short while: Redis remembers them.

While Redis does not answer everybody gets what they ask for: whoever asks has a memory of its own for what it did
itself. That is said once, and so is its end.
"""

import asyncio
import logging

from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

ANSWER_WITHIN_S = 0.25
# One that did not answer is not waited for again so soon.
LEAVE_OUT_S = 1.0
# Clocks of nodes differ a little.
GRACE_MS = 2_000


class RedisOnce:
    """`what` are the names, for the log; `pool` is closed by whoever made it."""

    def __init__(self, pool: ConnectionPool, prefix: str, what: str) -> None:
        self._client = Redis(connection_pool=pool)
        self._prefix = prefix
        self._what = what
        self._is_shared = True
        self._left_out_until_s = 0.0

    async def take(self, name: str, for_ms: int) -> bool:
        """False when somebody, on whatever node, took it within the last `for_ms`."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._left_out_until_s:
            return True
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                is_first = await self._client.set(self._prefix + name, 1, nx=True, px=max(1, for_ms) + GRACE_MS)
        except (RedisError, OSError, TimeoutError) as error:
            self._left_out_until_s = loop.time() + LEAVE_OUT_S
            self._become(is_shared=False, why=str(error) or type(error).__name__)
            return True
        self._become(is_shared=True)
        return bool(is_first)

    def _become(self, *, is_shared: bool, why: str = "") -> None:
        if is_shared is self._is_shared:
            return
        self._is_shared = is_shared
        if is_shared:
            logger.warning("%s are used up over all nodes again", self._what)
        else:
            logger.warning("%s are used up by each node for itself: Redis does not answer (%s)", self._what, why)
