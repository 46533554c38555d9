"""How many may join a room in a time, and who still gets in when strangers have used that up.

The budget is first come, first served. Whoever comes from where the room's host is has one that nobody else can use
up. When the budget of all others is gone, half as much again is kept for classes: addresses that several people come
from share it evenly, while those of whom there is one at each address have had their turn. docs/adr has why.
"""

from realtime.counts import Counts
from services.errors import RateLimited
from services.rates import TOO_MANY, Usage, Window, windows

# A lesson, the break before it, and the one after.
HOME_FOR_S = 12 * 3600
# A budget below it is too small to be shared out: it is what it says, and nothing is kept beyond it.
SHARED_FROM = 100
# The first of an address who is refused is told to come again: whoever follows, or comes back, makes it a class.
SOON_MS = 1_000


class JoinBudget:
    def __init__(self, counts: Counts, rates: str) -> None:
        self._counts = counts
        self._windows = windows(counts, "join", rates)

    def at_home(self, pin: str, address: str) -> None:
        """The room's host or screen is at this address."""
        key = _home(pin, address)
        if not self._counts.get(key):
            self._counts.add(key, self._counts.now_s() + HOME_FOR_S)

    def take(self, pin: str, address: str) -> Usage:
        """Counts one more in this room; raises RateLimited."""
        shares = [_Share(window, pin, address, is_home=self._is_home(pin, address)) for window in self._windows]
        for share in shares:
            share.check()
        return min((share.take() for share in shares), key=lambda usage: usage.remaining)

    def _is_home(self, pin: str, address: str) -> bool:
        # An amount of 0: another node may know that the host is there, and says so in a moment.
        return self._counts.add(_home(pin, address), self._counts.now_s() + HOME_FOR_S, 0) > 0


class _Share:
    """What one window of a room leaves to one address, at this moment."""

    def __init__(self, window: Window, pin: str, address: str, *, is_home: bool) -> None:
        self._window = window
        self._is_home = is_home
        # No PIN and no address has a slash: none of these names can be mistaken for another.
        self._room = f"{pin}/home" if is_home else pin
        self._tries = f"{pin}/tries/{address}"
        self._joined = f"{pin}/joined/{address}"
        self._classes = f"{pin}/classes"
        self._left = window.most - window.count(self._room, 0)

    def check(self) -> None:
        """Raises RateLimited."""
        tries = self._try()
        if self._left > 0:
            return
        kept = self._window.most // 2 if self._window.most >= SHARED_FROM and not self._is_home else 0
        if kept and tries < 2:
            refusal = self._window.usage(0)
            figures = {"limit": refusal.limit, "remaining": 0, "reset_s": refusal.reset_s}
            raise RateLimited(TOO_MANY, retry_after_ms=SOON_MS, **figures)
        share = kept // max(1, self._window.count(self._classes, 0)) - self._window.count(self._joined, 0)
        self._left = min(kept + self._left, share)
        if self._left <= 0:
            raise self._window.usage(0).refusal()

    def _try(self) -> int:
        """How many from this address have tried."""
        if self._is_home:
            return 0
        tries = self._window.count(self._tries)
        if tries == 2:
            self._window.count(self._classes)
        return tries

    def take(self) -> Usage:
        self._window.count(self._room)
        if not self._is_home:
            self._window.count(self._joined)
        return self._window.usage(self._left - 1)


def _home(pin: str, address: str) -> str:
    return f"home:{pin}:{address}"
