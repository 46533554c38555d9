"""Whether an answer is in: the one rule, used where the answer is stored and nowhere else."""

from enum import StrEnum

from game.phases import Phase

# How late an answer may be received for the time it spent on the way.
LATE_AT_MOST_MS = 500


class Refusal(StrEnum):
    ROUND_CLOSED = "round_closed"
    WRONG_PHASE = "wrong_phase"
    ROOM_OVER = "room_over"


def refusal(
    phase: Phase, current: int, closes_at: int | None, number: int, received_at: int, rtt_ms: int
) -> Refusal | None:
    """Why an answer to round `number` cannot be taken now, or None.

    `phase`, `current` (round) and `closes_at` are the room's row as read in the storing transaction.
    """
    if number == current and phase is Phase.OPEN:
        if closes_at is None or received_at <= closes_at:
            return None
        return None if received_at <= closes_at + min(rtt_ms, LATE_AT_MOST_MS) else Refusal.ROUND_CLOSED
    if number < current or (number == current and phase in (Phase.REVEAL, Phase.STANDINGS, Phase.FINISHED)):
        return Refusal.ROUND_CLOSED
    if phase is Phase.FINISHED:
        return Refusal.ROOM_OVER
    return Refusal.WRONG_PHASE
