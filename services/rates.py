"""One rate such as `6000/minute`, kept over all nodes: windows of the wall clock, the same ones on every node."""

import math
from dataclasses import dataclass

from limits import RateLimitItem, parse_many

from realtime.counts import Counts
from services.errors import RateLimited

TOO_MANY = "That was tried too often. Wait a moment, then try again."


@dataclass(frozen=True, slots=True)
class Usage:
    """What is left of a rate: how many in all, how many still, and in how many seconds it begins anew."""

    limit: int
    remaining: int
    reset_s: int

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset_s),
        }

    def refusal(self) -> RateLimited:
        figures = {"limit": self.limit, "remaining": 0, "reset_s": self.reset_s}
        return RateLimited(TOO_MANY, retry_after_ms=self.reset_s * 1000, **figures)


class Window:
    """One rate of a name: `most` in each span of `seconds`."""

    def __init__(self, counts: Counts, name: str, item: RateLimitItem) -> None:
        self._counts = counts
        self._name = name
        self.most = item.amount
        self.seconds = item.get_expiry()

    def _now(self, key: str) -> tuple[str, float]:
        number = int(self._counts.now_s() // self.seconds)
        return f"{self._name}:{self.seconds}:{number}:{key}", float((number + 1) * self.seconds)

    def used(self, key: str) -> int:
        return self._counts.get(self._now(key)[0])

    def count(self, key: str, amount: int = 1) -> int:
        """Counts whatever the rate says; returns how many there are now. An amount of 0 only looks, over all nodes."""
        name, ends_s = self._now(key)
        return self._counts.add(name, ends_s, amount)

    def usage(self, left: int) -> Usage:
        now_s = self._counts.now_s()
        return Usage(self.most, max(0, left), max(1, math.ceil(self.seconds - now_s % self.seconds)))


class Rate:
    """One setting: a rate, or several that must all be kept."""

    def __init__(self, counts: Counts, name: str, rates: str) -> None:
        self._windows = windows(counts, name, rates)

    def take(self, key: str) -> Usage:
        """Counts one; raises RateLimited with details limit, remaining, reset_s and retry_after_ms."""
        self.check(key)
        usages = [window.usage(window.most - window.count(key)) for window in self._windows]
        return min(usages, key=lambda usage: usage.remaining)

    def count(self, key: str) -> None:
        """Like take, for a caller who does not ask what is left."""
        self.check(key)
        for window in self._windows:
            window.count(key)

    def check(self, key: str) -> None:
        """Counts nothing; raises RateLimited when another one would be too many."""
        for window in self._windows:
            if window.used(key) >= window.most:
                raise window.usage(0).refusal()


def windows(counts: Counts, name: str, rates: str) -> list[Window]:
    return [Window(counts, name, item) for item in parse_many(rates)]
