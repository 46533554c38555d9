"""How often an address or a room may try something: sign-in, wrong PINs, joining, opening sockets.

Counts in this node's memory over a moving window; the rates come from the settings (`10/5minutes`).
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from limits.util import WindowStats

from services.errors import RateLimited

# Of one address. A class mistypes a few; who tries them out gets nowhere.
WRONG_PINS = "60/minute"
FORGET_EVERY_S = 60.0
TOO_MANY = "That was tried too often. Wait a moment, then try again."


@dataclass(frozen=True, slots=True)
class Usage:
    """What is left of a rate: how many in all, how many still, and in how many seconds the oldest one is forgotten."""

    limit: int
    remaining: int
    reset_s: int

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset_s),
        }


class Limiter(Protocol):
    """What a rate needs of a strategy of the limits library, or of ours."""

    def hit(self, item: RateLimitItem, *key: str) -> bool: ...

    def test(self, item: RateLimitItem, *key: str) -> bool: ...

    def get_window_stats(self, item: RateLimitItem, *key: str) -> WindowStats: ...


class Windows:
    """One number for each key, which begins anew when its window is over.

    The library's fixed windows do the same, and start a thread a hundred times a second to forget: a tenth of a
    handshake. These forget while they count.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        # (how many, when the window ends) by rate and key
        self._windows: dict[tuple[object, ...], tuple[int, float]] = {}
        self._forget_at = 0.0

    def hit(self, item: RateLimitItem, *key: str) -> bool:
        """False when that was one too many."""
        now = self._now()
        if now >= self._forget_at:
            self._forget(now)
        place = (item.amount, item.get_expiry(), key)
        count, ends_at = self._windows.get(place, (0, 0.0))
        if ends_at <= now:
            count, ends_at = 0, now + item.get_expiry()
        self._windows[place] = count + 1, ends_at
        return count < item.amount

    def test(self, item: RateLimitItem, *key: str) -> bool:
        return self.get_window_stats(item, *key).remaining > 0

    def get_window_stats(self, item: RateLimitItem, *key: str) -> WindowStats:
        now = self._now()
        count, ends_at = self._windows.get((item.amount, item.get_expiry(), key), (0, 0.0))
        if ends_at <= now:
            count, ends_at = 0, now
        return WindowStats(ends_at, max(0, item.amount - count))

    def __len__(self) -> int:
        """Keys that are remembered."""
        return len(self._windows)

    def _forget(self, now: float) -> None:
        self._windows = {place: window for place, window in self._windows.items() if window[1] > now}
        self._forget_at = now + FORGET_EVERY_S


class Rate:
    """One setting: a rate, or several that must all be kept."""

    def __init__(self, limiter: Limiter, name: str, rates: str) -> None:
        self._limiter = limiter
        self._name = name
        self._items = parse_many(rates)

    def take(self, *key: str) -> Usage:
        """Counts one; raises RateLimited with details limit, remaining, reset_s and retry_after_ms."""
        self.count(*key)
        return min((self._usage(item, key) for item in self._items), key=lambda usage: usage.remaining)

    def count(self, *key: str) -> None:
        """Like take, for a caller who does not ask what is left."""
        if len(self._items) > 1:  # else one of them might count what another refuses
            self.check(*key)
        for item in self._items:
            if not self._limiter.hit(item, self._name, *key):
                raise self._refusal(item, key)

    def check(self, *key: str) -> None:
        """Counts nothing; raises RateLimited when another one would be too many."""
        for item in self._items:
            if not self._limiter.test(item, self._name, *key):
                raise self._refusal(item, key)

    def _refusal(self, item: RateLimitItem, key: tuple[str, ...]) -> RateLimited:
        usage = self._usage(item, key)
        figures = {"limit": usage.limit, "remaining": 0, "reset_s": usage.reset_s}
        return RateLimited(TOO_MANY, retry_after_ms=usage.reset_s * 1000, **figures)

    def _usage(self, item: RateLimitItem, key: tuple[str, ...]) -> Usage:
        stats = self._limiter.get_window_stats(item, self._name, *key)
        return Usage(item.amount, max(0, stats.remaining), max(1, math.ceil(stats.reset_time - time.time())))


class Limits:
    """The rates of the settings RATE_LIMIT_LOGIN, RATE_LIMIT_JOIN and RATE_LIMIT_WS."""

    def __init__(self, login: str, join: str, ws: str, wrong_pins: str = WRONG_PINS) -> None:
        # Exact where few are allowed; where a whole lecture hall comes at once, one number to count up.
        exact, cheap = MovingWindowRateLimiter(MemoryStorage()), Windows()
        self._login = Rate(exact, "login", login)
        self._wrong_pin = Rate(exact, "wrong-pin", wrong_pins)
        self._join = Rate(cheap, "join", join)
        self._ws = Rate(cheap, "ws", ws)

    def login(self, address: str, account: str) -> Usage:
        """One sign-in attempt: per address *and* account, as a whole school may share the address."""
        return self._login.take(address, account.strip().lower()[:254])

    def check_pin_guesses(self, address: str) -> None:
        """Before a PIN is looked up: refuses an address that named too many wrong ones."""
        self._wrong_pin.check(address)

    def count_wrong_pin(self, address: str) -> Usage:
        """After a PIN was not found; right ones cost nothing. Raises RateLimited like check_pin_guesses."""
        return self._wrong_pin.take(address)

    def join(self, pin: str) -> Usage:
        """One more participant of a room that exists."""
        return self._join.take(pin)

    def upgrade(self, address: str) -> None:
        """One WebSocket handshake."""
        self._ws.count(address)
