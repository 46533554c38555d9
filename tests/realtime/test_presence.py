"""Specification of realtime/presence.py."""

import pytest

from realtime.presence import SILENT_S, Presence


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


def test_counts_are_over_all_nodes(presence):
    """What another node said last counts; what is told of here is apart."""
    presence.join("room", "ada", "c1")
    assert presence.heard("room", "n2", 3)
    assert not presence.heard("room", "n2", 3)
    assert presence.heard("room", "n3", 1)
    assert (presence.count("room"), presence.count_here("room")) == (5, 1)
    assert presence.heard("room", "n2", 0)
    assert (presence.count("room"), presence.present("room")) == (2, {"ada"})


def test_what_a_silent_node_said_is_dropped(presence, clock):
    """And nothing of those that go on saying it."""
    presence.heard("room", "n2", 3)
    presence.heard("other", "n3", 1)
    clock.advance(SILENT_S / 2)
    presence.heard("other", "n3", 1)
    assert presence.expire() == []
    clock.advance(SILENT_S / 2 + 0.1)
    assert presence.expire() == ["room"]
    assert (presence.count("room"), presence.count("other")) == (0, 1)


def test_who_was_here_is_remembered(presence):
    """Until the key is forgotten."""
    presence.join("room", "ada", "c1")
    presence.leave("room", "ada", "c1")
    assert presence.was_here("room", "ada")
    assert not presence.was_here("room", "bob")
    presence.forget("room")
    assert not presence.was_here("room", "ada")
