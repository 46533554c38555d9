"""Specification of realtime/shard.py; what a hub adds is in test_hub.py."""

import logging
from itertools import count

import pytest

from realtime.frames import encode_text
from realtime.shard import Shard

X = encode_text("x")


@pytest.fixture
def shard(clock):
    return Shard(clock)


@pytest.fixture
def deliver(shard):
    """`deliver(ephemeral=…)`: one run more of the same frame over the topic; to how many it went."""
    numbers = count(1)

    def run(*, ephemeral=False):
        return shard.deliver(shard.subscribers("t"), next(numbers), X, ephemeral=ephemeral)

    return run


@pytest.fixture
def subscribed(shard, make_connection):
    def make(user_id, topic="t", **limits):
        conn = make_connection(user_id, **limits)
        shard.add(conn)
        shard.subscribe(conn, topic)
        return conn

    return make


def test_an_id_is_registered_once(shard, make_connection):
    """A second connection under the same id would hide the first."""
    conn = make_connection()
    shard.add(conn)
    with pytest.raises(ValueError, match="registered already"):
        shard.add(conn)


def test_subscribing_twice_counts_once(shard, deliver, subscribed):
    """Also for the figures."""
    conn = subscribed("u1")
    assert not shard.subscribe(conn, "t")
    assert shard.stats()["subscriptions"] == 1
    assert deliver() == 1


def test_one_bad_peer_does_not_hurt_the_others(shard, deliver, subscribed, caplog):
    """Not even one whose transport breaks the contract and raises."""
    first, bad, last = subscribed("a"), subscribed("b"), subscribed("c")

    def explode(text):
        raise RuntimeError("boom")

    bad.transport.on_send = explode
    assert deliver() == 2
    assert first.transport.sent == last.transport.sent == ["x"]
    assert [(r.levelno, r.connection) for r in caplog.records] == [(logging.ERROR, bad.id)]
    assert shard.stats()["failed"] == 1


def test_figures_tell_sent_skipped_and_failed_apart(shard, deliver, subscribed):
    """Skipping is policy, failing is loss; whoever is closed already is neither."""
    subscribed("fine")
    behind = subscribed("behind", queue_low=10, queue_high=1000)
    behind.transport.queued = 11
    stuck = subscribed("stuck", queue_low=10, queue_high=1000)
    deliver(ephemeral=True)
    stuck.transport.queued = 1000
    deliver()
    deliver()
    figures = shard.stats()
    assert (figures["sent"], figures["skipped"], figures["failed"]) == (2 + 2 + 2, 1, 1)


def test_every_message_is_counted_once(shard, deliver, subscribed):
    """Replies as well as what is for many; a reply to one who is gone is neither sent nor lost."""
    fine, behind, gone = subscribed("a"), subscribed("b", queue_low=10, queue_high=1000), subscribed("c")
    behind.transport.queued = 11
    gone.mark_closed()
    for conn in (fine, behind, gone):
        conn.send("reply", ephemeral=True)
    deliver()
    shard.deliver([fine], 2, X, ephemeral=False)
    figures = shard.stats()
    assert (figures["sent"], figures["skipped"], figures["failed"]) == (1 + 2 + 1, 1, 0)


def test_what_is_queued_is_summed_when_asked(shard, subscribed):
    """Of those who are here now."""
    first, second = subscribed("a"), subscribed("b")
    first.transport.queued, second.transport.queued = 700, 50
    assert shard.stats()["queue_bytes"] == 750
    shard.unsubscribe(first, "t")
    shard.remove(first)
    assert shard.stats()["queue_bytes"] == 50


def test_a_send_may_change_the_subscriptions(shard, deliver, subscribed):
    """The broadcast under way is not disturbed by it."""
    first, second = subscribed("a"), subscribed("b")
    first.transport.on_send = lambda text: shard.unsubscribe(second, "t")
    assert deliver() == 2
    assert deliver() == 1


def test_subscribers_are_those_of_the_moment(shard, subscribed):
    """In the order in which they came; what was asked for before stays as it was."""
    first = subscribed("a")
    before = shard.subscribers("t")
    second = subscribed("b")
    assert shard.subscribers("t") == (first, second)
    shard.unsubscribe(first, "t")
    assert shard.subscribers("t") == (second,)
    assert before == (first,)


def test_a_run_reaches_nobody_twice(shard, subscribed):
    """Who has had it on another way is passed over."""
    first, second = subscribed("a"), subscribed("b")
    assert shard.deliver([first], 1, X, ephemeral=False) == 1
    assert shard.deliver([first, second], 1, X, ephemeral=False) == 1
    assert first.transport.sent == second.transport.sent == ["x"]


def test_fan_out_time_is_counted(shard, deliver, subscribed, clock):
    """So that a hot shard shows."""
    subscribed("a").transport.on_send = lambda text: clock.advance(0.25)
    deliver()
    assert shard.stats()["busy_ms"] == 250


def test_nothing_is_left_of_a_removed_connection(shard, subscribed):
    """No empty entry for its user or topic stays behind."""
    conn = subscribed("a")
    shard.unsubscribe(conn, "t")
    assert shard.remove(conn)
    assert not shard.remove(conn)
    assert not shard.has_topic("t")
    assert shard.connections_of("a") == list(shard.connections()) == []
    assert shard.subscribers("t") == ()
    assert not shard._by_topic
    assert not shard._subscribers
    assert not shard._by_user
