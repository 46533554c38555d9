"""How late the event loop is: a timer that asks for a moment and looks when it gets its turn."""

import asyncio
from collections.abc import Callable

from clock import Clock

# Often enough that a stop of a few hundredths of a second meets it, rare enough to cost nothing.
EVERY_S = 0.05


class LoopLag:
    """Each of `on_lag` gets every measurement, in seconds; the worst is kept until somebody takes it."""

    def __init__(self, clock: Clock, observe: Callable[[float], None]) -> None:
        self._clock = clock
        self.on_lag = [observe]
        self._worst_s = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Measures on the running loop until `stop`."""
        due_s = self._clock.monotonic_s() + EVERY_S
        self._timer = asyncio.get_running_loop().call_later(EVERY_S, self._on_timer, due_s)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timer(self, due_s: float) -> None:
        self.note(self._clock.monotonic_s() - due_s)
        self.start()

    def note(self, late_s: float) -> None:
        late_s = max(0.0, late_s)
        for listener in self.on_lag:
            listener(late_s)
        self._worst_s = max(self._worst_s, late_s)

    def take_worst_s(self) -> float:
        """The worst since this was asked last."""
        worst_s, self._worst_s = self._worst_s, 0.0
        return worst_s
