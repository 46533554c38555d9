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
FAN_OUTS_LEAST = 20
EVENTS_LEAST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What happened in the last `seconds`; `handled` is events by shard, sent or not."""

    seconds: float
    handled: Sequence[int]
    sent: int
    failed: int
    skipped: int
    lag_s: float
    receipts: Buckets
    fan_outs: Buckets


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Raised when the value was above `raise_above` in `raise_after` windows running, cleared likewise.

    Between the two bounds nothing changes, so that a value which trembles around one says nothing twice.
    `measure` gives None for "too little happened to tell", which is calm.
    """

    name: str
    sentence: str
    measure: Callable[[Window], float | None]
    raise_above: float
    clear_below: float
    raise_after: int = 2
    clear_after: int = 3
    severity: Literal["warning", "critical"] = "warning"


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
    """99 of 100 receipts, or broadcasts, whichever is slower, took no longer."""
    times = (
        quantile(window.receipts, 0.99, RECEIPTS_LEAST),
        quantile(window.fan_outs, 0.99, FAN_OUTS_LEAST),
    )
    return max((seconds for seconds in times if seconds is not None), default=None)


def share_skipped(window: Window) -> float | None:
    return _share(window.skipped, window)


def share_failed(window: Window) -> float | None:
    return _share(window.failed, window)


def _share(part: int, window: Window) -> float | None:
    whole = window.sent + window.skipped + window.failed
    return part / whole if whole >= EVENTS_LEAST else None


RULES = (
    Rule(
        name="hot_shard",
        sentence="One shard hands out many times the events of the others.",
        measure=hottest_shard,
        raise_above=3.0,
        clear_below=2.0,
    ),
    Rule(
        name="high_latency",
        sentence="Receipts or events take long (99th percentile, seconds).",
        measure=worst_latency_s,
        raise_above=0.25,
        clear_below=0.1,
    ),
    Rule(
        name="slow_consumers",
        sentence="Many connections are behind and do without ephemeral events (share of all events).",
        measure=share_skipped,
        raise_above=0.1,
        clear_below=0.05,
    ),
    Rule(
        name="loop_blocked",
        sentence="The event loop stood still (seconds).",
        measure=lambda window: window.lag_s,
        raise_above=0.5,
        clear_below=0.1,
        # Half a second is felt by everyone, even once.
        raise_after=1,
        severity="critical",
    ),
    Rule(
        name="message_loss",
        sentence="Events do not reach connections, which will have to catch up (share of all events).",
        measure=share_failed,
        raise_above=0.01,
        clear_below=0.002,
        severity="critical",
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
        """The alerts that stand now."""
        return [Raised(rule, s.since_ms, s.value) for rule, s in self._standings.items() if s.since_ms is not None]

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
