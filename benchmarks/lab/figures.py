"""Percentiles, and medians over rounds."""

import math
import statistics
from collections.abc import Mapping, Sequence

Figures = dict[str, float]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of them do not pass; of an empty list, NaN."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def medians(rounds: Sequence[Mapping[str, float]]) -> Figures:
    """Of each figure over the rounds; a figure that a round has not is taken over those that have it."""
    names = list(dict.fromkeys(name for one in rounds for name in one))
    return {name: statistics.median([one[name] for one in rounds if name in one]) for name in names}
