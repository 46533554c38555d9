"""What a run measures while it plays: times, counts and errors by code. Pure; the report is made of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all does not exceed (nearest rank); 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


@dataclass
class Pace:
    """So many things in so many seconds."""

    count: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """0 when there was none."""
        return self.count / self.seconds if self.seconds else 0.0


@dataclass
class Figures:
    """Times are milliseconds. A list of them holds one entry for each time it happened."""

    joins: Pace = field(default_factory=Pace)
    upgrades: Pace = field(default_factory=Pace)
    subscriptions: Pace = field(default_factory=Pace)
    # From sending an answer to its receipt, on a socket that stayed; and across a reconnect, the first try counts.
    receipt_ms: list[float] = field(default_factory=list)
    resumed_receipt_ms: list[float] = field(default_factory=list)
    # From the host's command to round.opened: at each participant, and at the last one of each round.
    delivery_ms: list[float] = field(default_factory=list)
    last_delivery_ms: list[float] = field(default_factory=list)
    # From the host's command that closes a round until the last participant has his grade.
    grading_ms: list[float] = field(default_factory=list)
    reset: int = 0
    reconnects: int = 0
    snapshots: int = 0
    # Events that somebody was sent a second time: the protocol has them ignored, a good service seldom does it.
    repeated: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    # How late the generator's own timers were: when it is large, its figures tell of the generator.
    lag_ms: list[float] = field(default_factory=list)
