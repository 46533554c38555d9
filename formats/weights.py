"""What Moodle's weights make of choices: a question with one right choice, with several, or a poll."""

from collections.abc import Callable
from typing import Any

WHOLE = 0.999
"""From this weight on an answer earns everything; 33.33333 % three times is less than 1."""


def mark_right(
    choices: list[dict[str, Any]], weights: list[float], is_single: bool, warn: Callable[[str, str], None]
) -> dict[str, Any]:
    """{kind, choices} with the right ones marked; `weights` are -1 to 1, one for each choice."""
    positive = [weight for weight in weights if weight > 0]
    if not positive:
        warn("read_as_poll", "No answer is marked as right, so the question became a poll.")
        return {"kind": "poll", "choices": choices}
    # One right answer at 100 % is a single choice, however it was written.
    is_single = is_single or (len(positive) == 1 and positive[0] >= WHOLE)
    least = min(WHOLE, max(weights)) if is_single else 1e-9
    is_weighted = not is_single or not set(weights) <= {0.0, 1.0}
    for choice, weight in zip(choices, weights, strict=True):
        if weight >= least:
            choice["correct"] = True
        if is_weighted:
            choice["weight"] = round(weight, 7)
    if not is_single:
        _judge(weights, positive, warn)
    return {"kind": "single" if is_single else "multi", "choices": choices}


def _judge(weights: list[float], positive: list[float], warn: Callable[[str, str], None]) -> None:
    total = sum(positive)
    if abs(total - 1) > 0.01:
        warn("weights_sum", f"The right answers add up to {total * 100:.6g} % instead of 100 %.")
    if not any(weight < 0 for weight in weights) and len(positive) < len(weights):
        warn("no_loss", "Wrong answers cost nothing here: who ticks everything gets all points.")
