"""What may be played, and against whom."""

import dataclasses

import pytest

from load.errors import UsageError
from load.plan import Plan, Target, check, parse_target
from load.think import Think

PLAN = Plan(Target("127.0.0.1", 8888, False), 2, 20, 4, Think(0.2, 3), 0.3, "speed", 64, 300, 1)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8888", "http://localhost:8888/", "http://[::1]:8888", "http://127.9.9.9"]
)
def test_this_machine_needs_no_permission(url):
    """By number, or by the one name that is never anyone else's."""
    assert parse_target(url, owns_it=False).is_loopback


@pytest.mark.parametrize("url", ["http://192.0.2.7:8888", "https://quiz.school.example", "http://localhost.example"])
def test_another_machine_is_refused_with_the_reason(url):
    """And the flag that says whose it is opens it."""
    with pytest.raises(UsageError, match=r"take a service down.*--i-own-this-server"):
        parse_target(url, owns_it=False)
    assert not parse_target(url, owns_it=True).is_loopback


def test_the_parts_of_an_address():
    """The scheme's port when none is given; brackets around an IPv6 address."""
    assert parse_target("https://quiz.school.example", owns_it=True) == Target("quiz.school.example", 443, True)
    assert parse_target("http://[::1]:8888", owns_it=False).authority == "[::1]:8888"


@pytest.mark.parametrize("url", ["", "127.0.0.1:8888", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999"])
def test_what_is_no_address_is_explained(url):
    """Before anything is sent anywhere."""
    with pytest.raises(UsageError, match="--url is"):
        parse_target(url, owns_it=True)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("rooms", 0, "--rooms"),
        ("participants", 20_001, "--players"),
        ("rooms", 1001, "--rooms"),
        ("participants", 10_001, "times --players"),
        ("rounds", 0, "--rounds"),
        ("storm", 1.1, "--storm"),
        ("at_once", 0, "--at-once"),
        ("most_s", 0, "--most-seconds"),
        ("scoring", "survey", "--scoring"),
    ],
)
def test_bounds_are_named(field, value, said):
    """Each by the flag that sets it."""
    with pytest.raises(UsageError, match=said):
        check(dataclasses.replace(PLAN, **{field: value}))


def test_a_round_outlasts_the_slowest_thinker():
    """An answer refused as late is then the service's doing."""
    assert check(PLAN).time_limit_s > PLAN.think.most_s + 30
