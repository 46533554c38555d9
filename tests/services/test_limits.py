"""How often something may be tried, and what the one who tried too often is told."""

import pytest

from realtime.counts import Counts
from services.errors import RateLimited
from services.limits import Limits, network

START_S = 1_700_000_000.0  # twenty seconds into a minute


class Now:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.s = START_S

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def limits(now: Now) -> Limits:
    return Limits(
        Counts(now),
        login="3/5minutes",
        join="2/minute",
        ws="2/minute;3/hour",
        api="2/minute",
        sign_up="2/minute",
        wrong_pins="4/minute",
        all_wrong_pins="10/minute",
    )


@pytest.mark.gen_test
async def test_what_is_left_of_the_sign_ins_is_counted_down(limits: Limits) -> None:
    """The headers say how many there are, how many are left, and when it begins anew."""
    first = await limits.login("192.0.2.1", "ada@school.example")
    second = await limits.login("192.0.2.1", "ada@school.example")
    assert (first.limit, first.remaining) == (3, 2)
    assert second.remaining == 1
    assert 1 <= int(second.headers()["X-RateLimit-Reset"]) <= 300


@pytest.mark.gen_test
async def test_one_too_many_is_refused_and_told_when_to_come_back(limits: Limits) -> None:
    """Exactly the rate goes through."""
    for _ in range(3):
        await limits.login("192.0.2.1", "ada@school.example")
    with pytest.raises(RateLimited) as refused:
        await limits.login("192.0.2.1", "ada@school.example")
    details = refused.value.details
    assert 0 < details["retry_after_ms"] <= 300_000
    assert (details["limit"], details["remaining"]) == (3, 0)


@pytest.mark.gen_test
async def test_another_account_at_the_same_address_is_not_held_up(limits: Limits) -> None:
    """A school sits behind one address."""
    for _ in range(3):
        await limits.login("192.0.2.1", "ada@school.example")
    assert (await limits.login("192.0.2.1", "bo@school.example")).remaining == 2
    assert (await limits.login("192.0.2.2", "ada@school.example")).remaining == 2


@pytest.mark.gen_test
async def test_an_address_is_one_account_however_it_is_written(limits: Limits) -> None:
    """Capitals and blanks give no further attempts."""
    await limits.login("192.0.2.1", "Ada@School.example ")
    assert (await limits.login("192.0.2.1", "ada@school.example")).remaining == 1


def test_right_pins_cost_nothing(limits: Limits) -> None:
    """Only wrong ones are counted; then even a right one is not looked up."""
    for _ in range(4):
        limits.check_pin_guesses("192.0.2.1")
        limits.count_right_pin("192.0.2.1")
        limits.count_wrong_pin("192.0.2.1")
    with pytest.raises(RateLimited):
        limits.check_pin_guesses("192.0.2.1")
    limits.check_pin_guesses("192.0.2.2")


def test_guesses_from_everywhere_are_slowed_down_together(limits: Limits) -> None:
    """Ten wrong ones in all; from then on three for each address, who had more gets none."""
    for number in range(10):
        limits.count_wrong_pin(f"198.51.100.{number}")
    bot = "198.51.100.99"
    for _ in range(3):
        limits.check_pin_guesses(bot)
        limits.count_wrong_pin(bot)
    with pytest.raises(RateLimited):
        limits.check_pin_guesses(bot)


def test_a_school_that_mistypes_is_not_locked_out_by_guesses_from_everywhere(limits: Limits) -> None:
    """It also types right ones: each lets another one mistype."""
    for number in range(10):
        limits.count_wrong_pin(f"198.51.100.{number}")
    school = "192.0.2.1"
    for _ in range(4):
        limits.check_pin_guesses(school)
        limits.count_right_pin(school)
    for _ in range(4):
        limits.check_pin_guesses(school)
        limits.count_wrong_pin(school)
    with pytest.raises(RateLimited) as refused:  # what holds for any one address
        limits.check_pin_guesses(school)
    assert refused.value.details["limit"] == 4


def test_joining_is_counted_for_each_room(limits: Limits) -> None:
    """A flood in one room leaves the others alone."""
    limits.join("123456", "192.0.2.1")
    limits.join("123456", "192.0.2.2")
    with pytest.raises(RateLimited):
        limits.join("123456", "192.0.2.3")
    limits.join("654321", "192.0.2.1")


def test_a_new_window_begins_when_it_was_said(limits: Limits, now: Now) -> None:
    """Not a second earlier, and then with all of it."""
    limits.join("123456", "192.0.2.1")
    assert limits.join("123456", "192.0.2.1").reset_s == 40
    now.s += 39
    with pytest.raises(RateLimited) as refused:
        limits.join("123456", "192.0.2.1")
    assert refused.value.details["retry_after_ms"] == 1000
    now.s += 1
    assert limits.join("123456", "192.0.2.1").remaining == 1


def test_of_several_rates_every_one_must_be_kept(limits: Limits, now: Now) -> None:
    """What the tighter one refuses the other does not count."""
    limits.upgrade("192.0.2.1")
    limits.upgrade("192.0.2.1")
    for _ in range(5):
        with pytest.raises(RateLimited) as refused:
            limits.upgrade("192.0.2.1")
        assert refused.value.details["limit"] == 2
    limits.upgrade("192.0.2.2")
    now.s += 60
    limits.upgrade("192.0.2.1")
    with pytest.raises(RateLimited) as refused:
        limits.upgrade("192.0.2.1")
    assert refused.value.details["limit"] == 3


def test_what_was_counted_is_forgotten_when_its_time_is_over(limits: Limits, now: Now) -> None:
    """Whoever comes with ever new addresses fills no memory for long."""
    for number in range(200):
        limits.upgrade(f"198.51.100.{number}")
    assert len(limits.counts) >= 200
    now.s += 2 * 3600
    limits.upgrade("192.0.2.1")
    assert len(limits.counts) == 2


def test_each_refusal_is_told(limits: Limits) -> None:
    """For the figures, by what was tried."""
    told: list[str] = []
    limits.on_refused = told.append
    limits.api("ada")
    limits.api("ada")
    with pytest.raises(RateLimited):
        limits.api("ada")
    limits.api("bo")
    assert told == ["api"]


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(address: str, same: str) -> None:
    """Whoever has a line of IPv6 has more addresses than one could count."""
    assert network(address) == same
