"""How often something happened within a time: counted here, at once and without waiting; shared by counts_redis.py.

A count is what this node counted and what it last heard of the others. Without others it is exact.
"""

import time
from collections.abc import Callable

PURGE_EVERY_S = 30.0
# What the others counted is asked for again when somebody wants to know and it is older than this.
OLD_AFTER_S = 1.0


class Count:
    """One key's, as this node knows it."""

    __slots__ = ("asked_s", "ends_s", "others", "own", "unsent")

    def __init__(self, ends_s: float) -> None:
        self.own = 0
        self.others = 0
        self.unsent = 0  # of `own`, what the others have not been told
        self.ends_s = ends_s
        self.asked_s = 0.0


class Counts:
    """Keys are the caller's; each is forgotten at `ends_s`, in seconds since the epoch."""

    def __init__(self, now_s: Callable[[], float] = time.time) -> None:
        self.now_s = now_s
        self._counts: dict[str, Count] = {}
        self._purge_at_s = 0.0

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def is_shared(self) -> bool:
        """True while what other nodes count is known here."""
        return False

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def add(self, key: str, ends_s: float, amount: int = 1) -> int:
        """Counts, and returns what the count is now. An amount of 0 only asks: what the others have is known soon."""
        count = self._counts.get(key)
        if count is None:
            self._purge()
            count = self._counts[key] = Count(ends_s)
            self._touch(key, count)
        elif (amount and not count.unsent) or (not amount and self.now_s() - count.asked_s > OLD_AFTER_S):
            self._touch(key, count)
        count.own += amount
        count.unsent += amount
        return count.own + count.others

    def get(self, key: str) -> int:
        count = self._counts.get(key)
        return 0 if count is None else count.own + count.others

    def _touch(self, key: str, count: Count) -> None:
        """The others are to be told of this key, and asked."""
        count.asked_s = self.now_s()

    def _purge(self) -> None:
        now_s = self.now_s()
        if now_s >= self._purge_at_s:
            self._purge_at_s = now_s + PURGE_EVERY_S
            for key in [key for key, count in self._counts.items() if count.ends_s <= now_s]:
                del self._counts[key]
