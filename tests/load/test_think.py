"""How long participants think."""

from random import Random

import pytest

from load.errors import UsageError
from load.think import Think, parse_think


@pytest.mark.parametrize(
    ("text", "think"),
    [
        ("uniform:0.2-3s", Think(0.2, 3)),
        ("uniform:1-1", Think(1, 1)),
        ("fixed:1.5s", Think(1.5, 1.5)),
        ("burst", Think(0, 0)),
        ("lognormal:4s", Think(0, 20, 4)),
    ],
)
def test_a_distribution_is_read(text, think):
    """As docs/load.md writes it."""
    assert parse_think(text) == think


@pytest.mark.parametrize(
    "text",
    [
        "",
        "uniform",
        "uniform:3-0.2s",
        "uniform:-1-2",
        "fixed:",
        "burst:1",
        "fixed:9999s",
        "lognormal:",
        "lognormal:121s",
    ],
)
def test_anything_else_is_explained(text):
    """The sentence says what may stand there."""
    with pytest.raises(UsageError, match="--think is"):
        parse_think(text)


def test_delays_fill_the_range():
    """All of it, and nothing outside."""
    rng = Random(1)
    delays = [Think(0.2, 3).delay_s(rng) for _ in range(2000)]
    assert 0.2 <= min(delays) < 0.25
    assert 2.95 < max(delays) <= 3
    assert abs(sum(delays) / len(delays) - 1.6) < 0.1


def test_people_are_skewed():
    """Half of them below the middle, few much later, the last at the bound."""
    rng = Random(1)
    delays = sorted(parse_think("lognormal:2s").delay_s(rng) for _ in range(4000))
    assert abs(delays[2000] - 2) < 0.1
    assert delays[3960] > 2.5 * delays[2000]
    assert delays[0] > 0
    assert delays[-1] <= 10


def test_a_storm_falls_where_most_answer():
    """Not in the long tail of the slow ones, where it would find everyone done."""
    assert Think(0.2, 3).busy_s == 3
    assert parse_think("lognormal:4s").busy_s == 8
