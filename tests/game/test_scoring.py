"""The worked examples of docs/scoring.md, read from it, and what must hold for every answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scoring import PROFILES, is_correct, points, response_ms, streak_bonus

DOCUMENT = Path(__file__).parents[2] / "docs" / "scoring.md"

profiles = st.sampled_from(sorted(PROFILES))
max_points = st.integers(0, 10000)
credits = st.floats(0, 1)
times = st.integers(0, 4_000_000)
limits = st.one_of(st.none(), st.integers(1, 3600), st.floats(1, 3600))


def table(first_header: str) -> list[list[str]]:
    """The rows of the document's table whose header line starts so."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_header} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    assert rows
    return rows


@pytest.mark.parametrize("row", table("profile | points | credit"), ids=" ".join)
def test_points_are_those_of_the_document(row: list[str]) -> None:
    """Each worked example earns what its last column says."""
    profile, most, credit, t, limit, earned = row
    assert points(
        profile,
        max_points=int(most),
        credit=float(credit),
        response_ms=int(t),
        time_limit_s=None if limit == "none" else float(limit),
    ) == int(earned)


@pytest.mark.parametrize("row", table("in a row"), ids=" ".join)
def test_bonus_is_that_of_the_document(row: list[str]) -> None:
    """The streak bonus grows by 100 up to 500."""
    assert streak_bonus(int(row[0])) == int(row[1])


def test_every_profile_is_in_the_document() -> None:
    """A profile that can be chosen has its formula written down, and no other has."""
    assert {row[0].strip("`") for row in table("profile | points earned")} == set(PROFILES)


def test_no_bonus_without_a_streak() -> None:
    """A streak of none earns nothing, not less."""
    assert streak_bonus(0) == 0


@given(profiles, max_points, credits, st.integers(-1000, 4_000_000), limits)
def test_points_stay_between_nothing_and_all(
    profile: str, most: int, credit: float, t: int, limit: float | None
) -> None:
    """No answer costs points and none earns more than the question has."""
    earned = points(profile, max_points=most, credit=credit, response_ms=t, time_limit_s=limit)
    assert 0 <= earned <= most


@given(profiles, max_points, credits, times, times, limits)
def test_faster_never_earns_less(
    profile: str, most: int, credit: float, one: int, other: int, limit: float | None
) -> None:
    """With all else equal, the earlier answer earns at least as much."""
    fast, slow = sorted((one, other))
    earned = [points(profile, max_points=most, credit=credit, response_ms=t, time_limit_s=limit) for t in (fast, slow)]
    assert earned[0] >= earned[1]


@given(profiles, max_points, credits, credits, times, limits)
def test_more_right_never_earns_less(
    profile: str, most: int, one: float, other: float, t: int, limit: float | None
) -> None:
    """With all else equal, the higher credit earns at least as much."""
    low, high = sorted((one, other))
    earned = [points(profile, max_points=most, credit=c, response_ms=t, time_limit_s=limit) for c in (low, high)]
    assert earned[0] <= earned[1]


@given(max_points, credits, times, limits)
def test_accuracy_ignores_time(most: int, credit: float, t: int, limit: float | None) -> None:
    """In accuracy the points are credit times points whenever the answer came."""
    earned = points("accuracy", max_points=most, credit=credit, response_ms=t, time_limit_s=limit)
    assert earned == round(credit * most)


def test_correct_allows_for_thirds() -> None:
    """Three times 33.33333 % is right, 99 % is not."""
    assert is_correct(3 * 0.3333333)
    assert not is_correct(0.99)


@pytest.mark.parametrize(
    ("received_at", "rtt_ms", "expected"),
    [(12_000, 0, 2000), (12_000, 80, 1920), (12_000, 900, 1500), (10_030, 80, 0), (9_000, 0, 0)],
)
def test_response_time_is_less_the_way(received_at: int, rtt_ms: int, expected: int) -> None:
    """At most half a second of round trip is taken off, and nobody answers before the round opened."""
    assert response_ms(received_at, 10_000, rtt_ms) == expected
