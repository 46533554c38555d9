"""Percentiles and paces."""

import pytest

from load.figures import Pace, percentile


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.9, 90), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share, value):
    """Nearest rank: of 1 to 100, the 99th is 99."""
    assert percentile([*range(100, 0, -1)], share) == value


def test_few_values_have_percentiles_too():
    """Of none it is 0, of one it is that one, of two the p50 is the smaller."""
    assert (percentile([], 0.5), percentile([7], 0.5), percentile([7], 0.99)) == (0, 7, 7)
    assert (percentile([9, 7], 0.5), percentile([9, 7], 0.9)) == (7, 9)


def test_a_pace_without_time_is_none():
    """Nothing is divided by zero."""
    assert (Pace().per_second, Pace(10, 2).per_second) == (0, 5)
