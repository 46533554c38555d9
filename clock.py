"""The time, as the rest of the program may ask for it: one real clock, one for tests. Nobody else asks."""

import time
from typing import Protocol


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
