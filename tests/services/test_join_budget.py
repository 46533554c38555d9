"""A room's budget: first come, first served, and what is kept for classes when strangers have used it up."""

import pytest

from realtime.counts import Counts
from services.errors import RateLimited
from services.join_budget import JoinBudget

PIN = "123456"
SCHOOL = "192.0.2.1"


@pytest.fixture
def budget() -> JoinBudget:
    return JoinBudget(Counts(lambda: 1_700_000_000.0), "100/minute")


def joined(budget: JoinBudget, address: str, times: int) -> int:
    """How many of so many tries got in."""
    inside = 0
    for _ in range(times):
        try:
            budget.take(PIN, address)
        except RateLimited:
            continue
        inside += 1
    return inside


def bots(number: int) -> list[str]:
    return [f"10.{n // 65536}.{n // 256 % 256}.{n % 256}" for n in range(number)]


def test_one_address_may_have_all_of_it_and_no_more(budget: JoinBudget) -> None:
    """A hall behind one address, and a flood from one address: both get what the setting says."""
    assert joined(budget, SCHOOL, 500) == 100


def test_two_addresses_have_it_together(budget: JoinBudget) -> None:
    """It is the room's budget."""
    assert sum(joined(budget, address, 1) for _ in range(300) for address in (SCHOOL, "192.0.2.2")) == 100


def test_a_class_gets_in_after_strangers_have_used_it_up(budget: JoinBudget) -> None:
    """A thousand of them, one at each address: all but one of forty at once, and that one when it comes back."""
    assert sum(joined(budget, address, 1) for address in bots(1000)) == 100
    assert joined(budget, SCHOOL, 40) == 39
    assert joined(budget, SCHOOL, 1) == 1


def test_the_first_of_a_class_is_told_to_come_back_soon(budget: JoinBudget) -> None:
    """The window may last long, what is kept is there at once."""
    assert sum(joined(budget, address, 1) for address in bots(100)) == 100
    with pytest.raises(RateLimited) as refused:
        budget.take(PIN, SCHOOL)
    assert refused.value.details["retry_after_ms"] == 1000
    assert refused.value.details["reset_s"] == 40


def test_what_is_kept_is_shared_by_the_addresses_that_come_again(budget: JoinBudget) -> None:
    """Five classes of forty, each gets a fifth of the fifty; who had more of the budget than that gets none."""
    assert joined(budget, "198.51.100.1", 100) == 100
    classes = [f"192.0.2.{number}" for number in range(1, 5)]
    got = [0] * 4
    for _ in range(40):
        for number, address in enumerate(classes):
            got[number] += joined(budget, address, 1)
    assert all(10 <= number <= 13 for number in got), got
    assert joined(budget, "198.51.100.1", 10) == 0


def test_whoever_sits_with_the_host_is_held_up_by_nobody(budget: JoinBudget) -> None:
    """However many addresses the others have, and however often each of them comes."""
    budget.at_home(PIN, SCHOOL)
    assert sum(joined(budget, address, 5) for address in bots(1000)) <= 150
    assert joined(budget, SCHOOL, 40) == 40
    assert joined(budget, SCHOOL, 100) == 60, "it is a budget too"


def test_another_rooms_host_is_nobody_here(budget: JoinBudget) -> None:
    """Else everyone could open a room to get into all."""
    budget.at_home("654321", "198.51.100.1")
    assert joined(budget, "198.51.100.1", 200) == 100
    assert joined(budget, SCHOOL, 1) == 0


def test_a_small_budget_is_what_it_says() -> None:
    """Nothing is kept beyond it: there is nothing to share."""
    small = JoinBudget(Counts(lambda: 1_700_000_000.0), "10/minute")
    assert sum(joined(small, address, 3) for address in bots(20)) == 10
