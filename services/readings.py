"""Figures that only grow, read once a second and kept for a minute: two readings make a rate or a percentile."""

from collections import deque
from typing import NamedTuple

from services.alerts import quantile
from services.figures import Buckets, since

KEPT_S = 60


class Reading(NamedTuple):
    """Counts and histograms as they stood at one moment, `at_s` on the monotonic clock."""

    at_s: float
    events: int
    answers: int
    received: int
    delivery: Buckets
    fan_out: Buckets
    commit: Buckets
    receipt: Buckets
    loop_lag: Buckets


COUNTS = ("events", "answers", "received")


class Readings:
    """Give it one reading a second."""

    def __init__(self) -> None:
        self._kept: deque[Reading] = deque(maxlen=KEPT_S + 1)

    def add(self, reading: Reading) -> None:
        self._kept.append(reading)

    def per_second(self, name: str) -> float:
        """How fast one of COUNTS grew between the last two readings; 0 with fewer."""
        if len(self._kept) < 2:
            return 0.0
        before, after = self._kept[-2], self._kept[-1]
        seconds = after.at_s - before.at_s
        return round((getattr(after, name) - getattr(before, name)) / seconds, 1) if seconds > 0 else 0.0

    def p99_ms(self, name: str, seconds: int = KEPT_S) -> float | None:
        """99 of 100 of one of TIMES, over the last so many seconds, took no longer; None when nothing happened."""
        if len(self._kept) < 2:
            return None
        before, after = self._kept[max(0, len(self._kept) - 1 - seconds)], self._kept[-1]
        found = quantile(since(getattr(before, name), getattr(after, name)), 0.99)
        return None if found is None else round(found * 1000, 2)
