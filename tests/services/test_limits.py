"""How often something may be tried, and what the one who tried too often is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import parse

from services.errors import RateLimited
from services.limits import Limits, Windows


@pytest.fixture
def limits() -> Limits:
    return Limits("3/5minutes", "2/minute", "2/minute;3/hour", wrong_pins="2/minute")


def test_what_is_left_is_counted_down(limits: Limits) -> None:
    """The headers say how many there are, how many are left, and when it begins anew."""
    first, second = limits.login("192.0.2.1", "ada@school.example"), limits.login("192.0.2.1", "ada@school.example")
    assert (first.limit, first.remaining) == (3, 2)
    assert second.remaining == 1
    assert 1 <= int(second.headers()["X-RateLimit-Reset"]) <= 300


def test_one_too_many_is_refused_and_told_when_to_come_back(limits: Limits) -> None:
    """Exactly the rate goes through."""
    for _ in range(3):
        limits.login("192.0.2.1", "ada@school.example")
    with pytest.raises(RateLimited) as refused:
        limits.login("192.0.2.1", "ada@school.example")
    details = refused.value.details
    assert 0 < details["retry_after_ms"] <= 300_000
    assert (details["limit"], details["remaining"]) == (3, 0)


def test_another_account_at_the_same_address_is_not_held_up(limits: Limits) -> None:
    """A school sits behind one address."""
    for _ in range(3):
        limits.login("192.0.2.1", "ada@school.example")
    assert limits.login("192.0.2.1", "bo@school.example").remaining == 2
    assert limits.login("192.0.2.2", "ada@school.example").remaining == 2


def test_an_address_is_one_account_however_it_is_written(limits: Limits) -> None:
    """Capitals and blanks give no further attempts."""
    limits.login("192.0.2.1", "Ada@School.example ")
    assert limits.login("192.0.2.1", "ada@school.example").remaining == 1


def test_right_pins_cost_nothing(limits: Limits) -> None:
    """Only wrong ones are counted; then even a right one is not looked up."""
    limits.check_pin_guesses("192.0.2.1")
    limits.count_wrong_pin("192.0.2.1")
    limits.check_pin_guesses("192.0.2.1")
    limits.count_wrong_pin("192.0.2.1")
    with pytest.raises(RateLimited):
        limits.check_pin_guesses("192.0.2.1")
    limits.check_pin_guesses("192.0.2.2")


def test_joining_is_counted_for_each_room(limits: Limits) -> None:
    """A flood in one room leaves the others alone."""
    limits.join("123456")
    limits.join("123456")
    with pytest.raises(RateLimited):
        limits.join("123456")
    limits.join("654321")


def test_of_several_rates_every_one_must_be_kept(limits: Limits) -> None:
    """What the tighter one refuses the other does not count."""
    limits.upgrade("192.0.2.1")
    limits.upgrade("192.0.2.1")
    for _ in range(5):
        with pytest.raises(RateLimited) as refused:
            limits.upgrade("192.0.2.1")
        assert refused.value.details["limit"] == 2
    limits.upgrade("192.0.2.2")


class Hand:
    """Time that stands still until it is told to move."""

    now_s = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now_s


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 7)), max_size=40))
def test_a_window_takes_its_amount_and_begins_anew(steps: list[tuple[str, int]]) -> None:
    """Each key for itself, from its first one on; a plain list of what was taken says the same."""
    hand = Hand()
    windows, rate = Windows(hand), parse("3/10 seconds")
    begun: dict[str, list[float]] = {}
    for key, seconds in steps:
        hand.now_s += seconds
        window = begun.get(key, [])
        if not window or hand.now_s >= window[0] + 10:
            window = begun[key] = []
        assert windows.test(rate, "name", key) == (len(window) < 3)
        assert windows.hit(rate, "name", key) == (len(window) < 3)
        window.append(hand.now_s)
        assert windows.get_window_stats(rate, "name", key) == (window[0] + 10, max(0, 3 - len(window)))


def test_what_is_over_is_forgotten() -> None:
    """Addresses come and go for ever; the memory for them does not grow."""
    hand = Hand()
    windows, rate = Windows(hand), parse("3/10 seconds")
    for number in range(1000):
        windows.hit(rate, str(number))
    hand.now_s += 60
    windows.hit(rate, "another")
    assert len(windows) == 1
