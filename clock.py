"""The time, as the rest of the program may ask for it: one real clock, one for tests. Nobody else asks."""

import threading
import time
from collections import deque
from typing import Protocol

# Of the database's answers to what time it is, one a second.
SAMPLES_KEPT = 10


class Clock(Protocol):
    """Milliseconds since the epoch for what is stored and sent; monotonic seconds for what is measured."""

    def now_ms(self) -> int: ...

    def monotonic_s(self) -> float: ...


def _elapsed_ns() -> int:
    """Since some start that no one can set; counts a suspended laptop's sleep where the system can."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()


class SystemClock:
    """Real time. The wall is read once: a step of the machine's clock must not show in a round."""

    def __init__(self) -> None:
        self._anchor_ns = _elapsed_ns()
        self._wall_ns = time.time_ns()

    def now_ms(self) -> int:
        return (self._wall_ns + _elapsed_ns() - self._anchor_ns) // 1_000_000

    def monotonic_s(self) -> float:
        return _elapsed_ns() / 1e9


class DatabaseClock:
    """Our own clock, set by the database's: all nodes of one database tell the same time.

    It never goes back. When it turns out to be ahead, it runs at half speed until it is not. Safe on any thread.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._samples: deque[tuple[float, float]] = deque(maxlen=SAMPLES_KEPT)
        self._offset_ms = 0.0
        self._lock = threading.Lock()
        self._told_ms = float(own.now_ms())
        self._told_at_ms = own.now_ms()

    def set_by(self, database_ms: float, asked_s: float, answered_s: float) -> None:
        """The database said `database_ms` between two moments of `monotonic_s`: in the middle, as far as we know.

        Of the last answers the quickest counts, as half its round trip bounds its fault. The first one, before which
        nobody relied on this clock, may set it back.
        """
        since_s = self._own.monotonic_s() - (asked_s + answered_s) / 2
        offset_ms = database_ms + since_s * 1000 - self._own.now_ms()
        with self._lock:
            if not self._samples:
                self._told_ms += offset_ms - self._offset_ms
            self._samples.append((answered_s - asked_s, offset_ms))
            self._offset_ms = min(self._samples)[1]

    @property
    def offset_ms(self) -> float:
        """How far the database's clock is ahead of our own."""
        return self._offset_ms

    def now_ms(self) -> int:
        with self._lock:
            own_ms = self._own.now_ms()
            elapsed_ms = own_ms - self._told_at_ms
            self._told_ms = max(own_ms + self._offset_ms, self._told_ms + elapsed_ms / 2)
            self._told_at_ms = own_ms
            return int(self._told_ms)

    def monotonic_s(self) -> float:
        return self._own.monotonic_s()


class ManualClock:
    """Time that stands still until it is told to move."""

    def __init__(self, now_ms: int = 0) -> None:
        self._start_ms = now_ms
        self._elapsed_us = 0  # whole numbers: ten steps of 0.1 s are one second

    def now_ms(self) -> int:
        return self._start_ms + self._elapsed_us // 1000

    def monotonic_s(self) -> float:
        return self._elapsed_us / 1e6

    def advance(self, seconds: float) -> None:
        """Moves both clocks on. ValueError when asked to go back, which no clock of ours does."""
        if seconds < 0:
            raise ValueError("a clock does not go back")
        self._elapsed_us += round(seconds * 1e6)
