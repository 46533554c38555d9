"""Whether an answer is in: by round, phase and the time it was received."""

import pytest

from game.answering import Refusal, refusal
from game.phases import Phase


@pytest.mark.parametrize(
    ("phase", "current", "number", "expected"),
    [
        (Phase.LOBBY, 0, 1, Refusal.WRONG_PHASE),
        (Phase.READ, 1, 1, Refusal.WRONG_PHASE),
        (Phase.OPEN, 1, 1, None),
        (Phase.OPEN, 1, 2, Refusal.WRONG_PHASE),
        (Phase.OPEN, 2, 1, Refusal.ROUND_CLOSED),
        (Phase.REVEAL, 1, 1, Refusal.ROUND_CLOSED),
        (Phase.REVEAL, 1, 2, Refusal.WRONG_PHASE),
        (Phase.STANDINGS, 1, 1, Refusal.ROUND_CLOSED),
        (Phase.READ, 2, 1, Refusal.ROUND_CLOSED),
        (Phase.FINISHED, 2, 2, Refusal.ROUND_CLOSED),
        (Phase.FINISHED, 2, 3, Refusal.ROOM_OVER),
    ],
)
def test_by_phase_and_round(phase, current, number, expected):
    """A past round is closed, a coming one not open yet, a finished room over."""
    assert refusal(phase, current, None, number=number, received_at=5, rtt_ms=0) is expected


@pytest.mark.parametrize(
    ("received_at", "rtt_ms", "is_in"),
    [(1000, 0, True), (1001, 0, False), (1200, 200, True), (1201, 200, False), (1500, 900, True), (1501, 900, False)],
)
def test_time_on_the_way_counts_for_the_student_up_to_half_a_second(received_at, rtt_ms, is_in):
    """In by closes_at + min(round trip, 500 ms)."""
    reason = refusal(Phase.OPEN, 1, 1000, number=1, received_at=received_at, rtt_ms=rtt_ms)
    assert (reason is None) is is_in
