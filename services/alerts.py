"""When a node's figures are worth waking somebody: pure rules over what happened in a short window of time.

Owns the thresholds, as data. When to look, and whom to tell, is alerting.py's.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from services.figures import Buckets

# Below so much there is nothing to compare: one phone on an empty node is all there is to its shard.
HOT_FROM_PER_S = 500
RECEIPTS_LEAST = 20
DELIVERIES_LEAST = 5
MESSAGES_LEAST = 200
PUBLISHED_LEAST = 5

# How a value is told: 0.12 is "0.12 s", "12 %" or "0.12 times".
UNITS: dict[str, Callable[[float], str]] = {
    "seconds": lambda value: f"{value:.3g} s",
    "share": lambda value: f"{value * 100:.3g} %",
    "times": lambda value: f"{value:.3g} times",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What happened in the last `seconds`; `handled` is messages by shard, sent or not. Of what was `published` to
    other nodes `unheard` reached nobody; `line_down_s` is for how long the line to them has been down by now.

    `deliveries` are of the last minute: a class makes one every few seconds.
    """

    seconds: float
    handled: Sequence[int]
    sent: int
    failed: int
    skipped: int
    lag_s: float
    published: int
    unheard: int
    line_down_s: float
    receipts: Buckets
    deliveries: Buckets


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Raised when the value was above `raise_above` in `raise_after` windows running, cleared likewise.

    Between the two bounds nothing changes, so that a value which trembles around one says nothing twice.
    `measure` gives None for "too little happened to tell", which is calm. `sentence` says what is wrong, with the value
    in it, `advice` what to do about it.
    """

    name: str
    severity: Literal["warning", "critical"]
    sentence: str
    advice: str
    unit: Literal["seconds", "share", "times"]
    measure: Callable[[Window], float | None]
    raise_above: float
    clear_below: float
    raise_after: int = 2
    clear_after: int = 3

    def told(self, value: float) -> str:
        """What is wrong and what to do, for a person."""
        return f"{self.sentence.format(UNITS[self.unit](value))} {self.advice}"


@dataclass(frozen=True, slots=True)
class Change:
    """An alert was raised or cleared; `since_ms` is when it was raised, `value` what was measured now."""

    rule: Rule
    is_raised: bool
    value: float
    since_ms: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that stands; `value` is what was measured last."""

    rule: Rule
    since_ms: int
    value: float


def quantile(buckets: Buckets, share: float, least: int = 1) -> float | None:
    """What `share` of the observations were at or below, as Prometheus' histogram_quantile estimates it.

    None for fewer than `least` observations; the highest finite bound for what lies beyond it.
    """
    total = buckets[-1][1] if buckets else 0
    if total < max(1, least):
        return None
    rank = share * total
    low_bound, low_count = 0.0, 0
    for bound, count in buckets:
        if count >= rank:
            if math.isinf(bound):
                return low_bound
            return low_bound + (bound - low_bound) * (rank - low_count) / max(1, count - low_count)
        low_bound, low_count = bound, count
    return low_bound


def hottest_shard(window: Window) -> float | None:
    """How many times the mean shard's events the busiest one had."""
    hottest = max(window.handled, default=0)
    if len(window.handled) < 2 or hottest < max(1, HOT_FROM_PER_S * window.seconds):
        return None
    return hottest * len(window.handled) / sum(window.handled)


def worst_latency_s(window: Window) -> float | None:
    """99 of 100 receipts, or deliveries, whichever is slower, took no longer."""
    times = (
        quantile(window.receipts, 0.99, RECEIPTS_LEAST),
        quantile(window.deliveries, 0.99, DELIVERIES_LEAST),
    )
    return max((seconds for seconds in times if seconds is not None), default=None)


def share_skipped(window: Window) -> float | None:
    return _share(window.skipped, window)


def share_lost(window: Window) -> float | None:
    """On the way to connections or to other nodes, whichever is worse."""
    unheard = window.unheard / window.published if window.published >= PUBLISHED_LEAST else None
    return max((share for share in (_share(window.failed, window), unheard) if share is not None), default=None)


def _share(part: int, window: Window) -> float | None:
    whole = window.sent + window.skipped + window.failed
    return part / whole if whole >= MESSAGES_LEAST else None


RULES = (
    Rule(
        name="hot_shard",
        severity="warning",
        sentence="One shard hands out {} the messages of a mean one.",
        advice="Look for a person with very many connections, or a program that floods one account; "
        "more HUB_SHARDS help when many rooms met by chance.",
        unit="times",
        measure=hottest_shard,
        raise_above=3.0,
        clear_below=2.0,
    ),
    Rule(
        name="high_latency",
        severity="warning",
        sentence="One in a hundred waits {} or longer for an event or for the receipt of an answer.",
        advice="Look at the commit times (a slow disk), at the loop's lag (a busy processor) and at what else "
        "runs on this machine.",
        unit="seconds",
        measure=worst_latency_s,
        raise_above=0.5,
        clear_below=0.25,
    ),
    Rule(
        name="slow_consumers",
        severity="warning",
        sentence="{} of all messages are left out for connections that are behind.",
        advice="People's network cannot keep up: look at the Wi-Fi and at the uplink. Nothing that counts is lost.",
        unit="share",
        measure=share_skipped,
        raise_above=0.1,
        clear_below=0.05,
    ),
    Rule(
        name="loop_blocked",
        severity="critical",
        sentence="The event loop stood still for {}.",
        advice="Something else took the processor, or the machine slept: look at its load, and give the service a core "
        "of its own.",
        unit="seconds",
        measure=lambda window: window.lag_s,
        raise_above=0.5,
        clear_below=0.1,
        # Half a second is felt by everyone, even once.
        raise_after=1,
    ),
    Rule(
        name="message_loss",
        severity="critical",
        sentence="{} of all messages do not reach their connection, or the other nodes, which have to catch up.",
        advice="Look at the network between here and the people, at a proxy's limits, at WS_QUEUE_HIGH, and at Redis.",
        unit="share",
        measure=share_lost,
        raise_above=0.01,
        clear_below=0.002,
    ),
    Rule(
        name="redis_down",
        severity="critical",
        sentence="Redis has not answered for {}.",
        advice="Rooms go on, and news of other nodes comes a little later. Look at Redis and at the network to it.",
        unit="seconds",
        measure=lambda window: window.line_down_s,
        raise_above=1.0,
        clear_below=0.5,
        raise_after=1,
        clear_after=1,
    ),
)


class _Standing:
    """Where one rule is: raised or not, and for how many windows the other way."""

    __slots__ = ("since_ms", "streak", "value")

    def __init__(self) -> None:
        self.since_ms: int | None = None  # None: not raised
        self.streak = 0
        self.value = 0.0  # as measured last


class Alerts:
    """Give it every window in order."""

    def __init__(self, rules: Iterable[Rule] = RULES) -> None:
        self._standings = {rule: _Standing() for rule in rules}

    def names(self) -> list[str]:
        return [rule.name for rule in self._standings]

    def raised(self) -> list[Raised]:
        """The alerts that stand now, the worst and oldest first."""
        standing = [Raised(rule, s.since_ms, s.value) for rule, s in self._standings.items() if s.since_ms is not None]
        return sorted(standing, key=lambda raised: (raised.rule.severity != "critical", raised.since_ms))

    def evaluate(self, window: Window, now_ms: int) -> list[Change]:
        """What changed with this window; an alert that goes on standing is no change."""
        changes = (self._judge(rule, standing, window, now_ms) for rule, standing in self._standings.items())
        return [change for change in changes if change is not None]

    def _judge(self, rule: Rule, standing: _Standing, window: Window, now_ms: int) -> Change | None:
        measured = rule.measure(window)
        value = standing.value = 0.0 if measured is None else measured
        is_raised = standing.since_ms is not None
        turns = value < rule.clear_below if is_raised else value > rule.raise_above
        standing.streak = standing.streak + 1 if turns else 0
        if standing.streak < (rule.clear_after if is_raised else rule.raise_after):
            return None
        since_ms = now_ms if standing.since_ms is None else standing.since_ms
        standing.since_ms = None if is_raised else now_ms
        standing.streak = 0
        return Change(rule, not is_raised, value, since_ms, now_ms)
