"""Specification of realtime/presence.py."""

import pytest

from realtime.presence import Presence


@pytest.fixture
def presence(clock):
    return Presence(clock)


def test_a_user_counts_once_however_many_connections(presence):
    """And is there until the last of them goes."""
    assert presence.join("room", "ada", "c1")
    assert not presence.join("room", "ada", "c2")
    assert (presence.count("room"), presence.present("room")) == (1, {"ada"})
    assert not presence.leave("room", "ada", "c1")
    assert presence.present("room") == {"ada"}
    assert presence.leave("room", "ada", "c2")
    assert (presence.count("room"), presence.present("room")) == (0, set())


def test_joining_and_leaving_twice_is_harmless(presence):
    """A connection is a member or it is not."""
    presence.join("room", "ada", "c1")
    presence.join("room", "ada", "c1")
    assert presence.leave("room", "ada", "c1")
    assert not presence.leave("room", "ada", "c1")
    assert not presence.leave("elsewhere", "ada", "c1")


def test_keys_are_apart(presence):
    """One room's members are nobody to the next."""
    presence.join("room", "ada", "c1")
    assert presence.count("other") == 0
    assert presence.present("other") == presence.expected("other", 0) == set()


def test_who_left_is_expected_during_the_grace_only(presence, clock):
    """A phone that reconnects within 15 s is waited for, one that is gone is not."""
    since_ms = clock.now_ms()
    presence.join("room", "ada", "c1")
    presence.leave("room", "ada", "c1")
    clock.advance(14.999)
    assert presence.expected("room", since_ms) == {"ada"}
    clock.advance(0.001)
    assert presence.expected("room", since_ms) == set()


def test_who_left_before_the_time_asked_for_is_not_expected(presence, clock):
    """Whoever went before the round opened has no part in it, grace or not."""
    presence.join("room", "ada", "c1")
    presence.leave("room", "ada", "c1")
    clock.advance(1)
    since_ms = clock.now_ms()
    assert presence.expected("room", since_ms) == set()


def test_who_is_here_is_expected_whenever_they_came(presence, clock):
    """Before the time asked for, or after."""
    presence.join("room", "ada", "c1")
    clock.advance(60)
    since_ms = clock.now_ms()
    clock.advance(1)
    presence.join("room", "bob", "c2")
    assert presence.expected("room", since_ms) == {"ada", "bob"}


def test_who_comes_back_is_here(presence, clock):
    """As if they had never gone; a later leave starts a new grace."""
    presence.join("room", "ada", "c1")
    presence.leave("room", "ada", "c1")
    clock.advance(10)
    presence.join("room", "ada", "c2")
    clock.advance(60)
    assert presence.expected("room", 0) == {"ada"}
    presence.leave("room", "ada", "c2")
    clock.advance(10)
    assert presence.expected("room", 0) == {"ada"}
    assert presence.expected("room", 0, grace_ms=5_000) == set()


def test_a_forgotten_key_is_empty(presence):
    """Also of those who had left."""
    presence.join("room", "ada", "c1")
    presence.join("room", "bob", "c2")
    presence.leave("room", "bob", "c2")
    presence.forget("room")
    presence.forget("room")
    assert (presence.count("room"), presence.expected("room", 0)) == (0, set())
    assert not presence.leave("room", "ada", "c1")
