"""What an answer earns: the scoring profiles as a table, the streak bonus and the response time. docs/scoring.md
holds the same formulas with worked examples."""

from collections.abc import Callable, Mapping

import msgspec

from game.kinds import CORRECT_FROM

# Nobody reads and taps faster; below it the network decides, so all are equal.
AT_ONCE_MS = 500
# More than this of a round trip is the phone's own trouble, or a trick.
RTT_MOST_MS = 500
STREAK_STEP = 100
STREAK_BONUS_MOST = 500


class Profile(msgspec.Struct, frozen=True):
    """`factor(t, limit)`, both in ms and 0 <= t <= limit, is the share of the points that a right answer gets."""

    factor: Callable[[float, float], float]
    keeps_score: bool = True
    # Among equals, whoever took less time in all stands higher.
    ranks_by_time: bool = False


def _speed(t: float, limit: float) -> float:
    return 1 if t < AT_ONCE_MS else 1 - (t / limit) / 2


def _steady(t: float, limit: float) -> float:
    return 0.6 + 0.4 * (1 - t / limit)


def _whole(t: float, limit: float) -> float:
    return 1


PROFILES: Mapping[str, Profile] = {
    "speed": Profile(_speed, ranks_by_time=True),
    "accuracy": Profile(_whole),
    "steady": Profile(_steady, ranks_by_time=True),
    "survey": Profile(_whole, keeps_score=False),
}


def points(profile: str, *, max_points: int, credit: float, response_ms: int, time_limit_s: float | None) -> int:
    """The points of one answer without bonus, rounded to a whole number (a half to the even one).

    `credit` is 0 to 1; a response time beyond the limit counts as the limit, without a limit it does not matter.
    """
    rules = PROFILES[profile]
    if credit <= 0 or not rules.keeps_score:
        return 0
    if time_limit_s is None:
        return round(max_points * credit)
    limit_ms = time_limit_s * 1000
    t = min(max(response_ms, 0), limit_ms)
    return round(max_points * credit * rules.factor(t, limit_ms))


def streak_bonus(streak: int) -> int:
    """The extra points of a right answer that is the `streak`-th in a row."""
    return min(max(streak - 1, 0) * STREAK_STEP, STREAK_BONUS_MOST)


def is_correct(credit: float) -> bool:
    return credit >= CORRECT_FROM


def response_ms(received_at: int, opened_at: int, rtt_ms: int) -> int:
    """How long a participant took, less the way of the message: times in ms of the server's clock."""
    took_ms = received_at - opened_at - (rtt_ms if rtt_ms < RTT_MOST_MS else RTT_MOST_MS)
    return took_ms if took_ms > 0 else 0
