"""Percentiles and medians: what every table of the benchmarks is made of."""

import math

import pytest

from benchmarks.lab.figures import medians, percentile


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1), (0.5, 2), (0.75, 3), (0.99, 4), (1.0, 4)])
def test_a_percentile_is_one_of_the_values(share: float, expected: int) -> None:
    """The smallest that at least this share do not pass, whatever the order."""
    assert percentile([4, 1, 3, 2], share) == expected


def test_nothing_has_no_percentile() -> None:
    """An empty list gives NaN, which a table shows as a dash."""
    assert math.isnan(percentile([], 0.5))


def test_the_median_of_each_figure_is_its_own() -> None:
    """Figures are taken one by one, and over the rounds that have them."""
    found = medians([{"a": 1, "b": 30}, {"a": 9, "b": 10}, {"a": 2}])
    assert found == {"a": 2, "b": 20}
