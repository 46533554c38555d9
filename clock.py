"""The time, as the rest of the program may ask for it: one real clock, one for tests. Nobody else asks."""

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol

# Of the database's answers to what time it is, one a second.
SAMPLES_KEPT = 10


class Clock(Protocol):
    """Milliseconds since the epoch for what is stored and sent; monotonic seconds for what is measured."""

    def now_ms(self) -> int: ...

    def monotonic_s(self) -> float: ...


def _elapsed() -> tuple[Callable[[], float], Callable[[], int]]:
    """Seconds, and nanoseconds, since some start that no one can set; they count a laptop's sleep where they can."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        boottime = time.CLOCK_BOOTTIME
        return partial(time.clock_gettime, boottime), partial(time.clock_gettime_ns, boottime)
    return time.monotonic, time.monotonic_ns


class SystemClock:
    """Real time. The wall is read once: a step of the machine's clock must not show in a round."""

    def __init__(self) -> None:
        # Asked several times for every message: no call of ours in between.
        self.monotonic_s, self._elapsed_ns = _elapsed()
        self._wall_at_start_ns = time.time_ns() - self._elapsed_ns()

    def now_ms(self) -> int:
        return (self._wall_at_start_ns + self._elapsed_ns()) // 1_000_000


class _Setting(NamedTuple):
    """How the database's clock follows from our own, since it was set last."""

    # How far it is ahead of ours.
    offset_ms: float
    # What it said when it was set, and our own at that moment: it never says less again.
    told_ms: float
    own_ms: int

    def at(self, own_ms: int) -> float:
        offset_ms, told_ms, since_ms = self
        ahead_ms, held_back_ms = own_ms + offset_ms, told_ms + (own_ms - since_ms) * 0.5
        return ahead_ms if ahead_ms > held_back_ms else held_back_ms


class DatabaseClock:
    """Our own clock, set by the database's: all nodes of one database tell the same time.

    It never goes back. When it turns out to be ahead, it runs at half speed until it is not. Safe on any thread:
    one sets it, and whoever reads it sees one setting or the next.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._samples: deque[tuple[float, float]] = deque(maxlen=SAMPLES_KEPT)
        self._setting: _Setting | None = None
        self.monotonic_s = own.monotonic_s

    def set_by(self, database_ms: float, asked_s: float, answered_s: float) -> None:
        """The database said `database_ms` between two moments of `monotonic_s`: in the middle, as far as we know.

        Of the last answers the quickest counts, as half its round trip bounds its fault. The first one, before which
        nobody relied on this clock, may set it back.
        """
        own_ms = self._own.now_ms()
        since_s = self._own.monotonic_s() - (asked_s + answered_s) / 2
        self._samples.append((answered_s - asked_s, database_ms + since_s * 1000 - own_ms))
        offset_ms = min(self._samples)[1]
        before = self._setting
        told_ms = own_ms + offset_ms if before is None else before.at(own_ms)
        self._setting = _Setting(offset_ms, told_ms, own_ms)

    @property
    def offset_ms(self) -> float:
        """How far the database's clock is ahead of our own."""
        return 0.0 if self._setting is None else self._setting.offset_ms

    def now_ms(self) -> int:
        setting, own_ms = self._setting, self._own.now_ms()
        return own_ms if setting is None else int(setting.at(own_ms))


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
