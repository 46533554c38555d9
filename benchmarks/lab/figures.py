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


def linear_fit(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """a and b of y = a + b·x, by least squares of the relative error: a small size counts as much as a large one."""
    weights = [1 / y**2 for _, y in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _) in zip(weights, points, strict=True)) / total
    mean_y = sum(w * y for w, (_, y) in zip(weights, points, strict=True)) / total
    spread = sum(w * (x - mean_x) ** 2 for w, (x, _) in zip(weights, points, strict=True))
    slope = sum(w * (x - mean_x) * (y - mean_y) for w, (x, y) in zip(weights, points, strict=True)) / spread
    return mean_y - slope * mean_x, slope
