"""Specification of realtime/connection.py."""

import pytest

from realtime.codes import CloseCode


def test_a_message_goes_to_the_transport(make_connection):
    """The ordinary case."""
    conn = make_connection()
    assert conn.send("hello")
    assert conn.transport.sent == ["hello"]


@pytest.mark.parametrize(
    ("queued", "ephemeral", "is_sent"),
    [(100, True, True), (101, True, False), (101, False, True), (993, False, True), (993, True, False)],
)
def test_above_the_low_mark_only_ephemeral_messages_are_skipped(make_connection, queued, ephemeral, is_sent):
    """They heal with the next one, the others would be missed."""
    conn = make_connection(queue_low=100, queue_high=1000)
    conn.transport.queued = queued
    assert conn.send("12345", ephemeral=ephemeral) is is_sent
    assert conn.transport.sent == ["12345"] * is_sent
    assert conn.is_open


def test_a_message_beyond_the_high_mark_closes_the_connection(make_connection):
    """What it cannot take is dropped, and it is told to come back."""
    conn = make_connection(queue_low=100, queue_high=1000)
    conn.transport.queued = 994
    assert not conn.send("12345")
    assert conn.transport.ended == [("drop", 4001, "slow_connection")]
    assert (conn.is_open, conn.close_code) == (False, CloseCode.SLOW_CONNECTION)
    assert not conn.send("again")
    assert conn.transport.sent == []


def test_an_ephemeral_message_never_closes_a_connection(make_connection):
    """It is worth less than the connection."""
    conn = make_connection(queue_low=100, queue_high=1000)
    conn.transport.queued = 5_000
    assert not conn.send("12345", ephemeral=True)
    assert conn.is_open


def test_the_marks_count_bytes(make_connection):
    """A text of 400 characters may be 1200 bytes."""
    conn = make_connection(queue_low=100, queue_high=1000)
    conn.transport.queued = 100
    assert not conn.send("あ" * 400)
    assert not conn.is_open


def test_a_large_message_reaches_a_peer_that_keeps_up(make_connection):
    """Whoever has nothing queued is not slow, however long the reply."""
    conn = make_connection(queue_low=100, queue_high=1000)
    assert conn.send("x" * 5_000)
    assert conn.is_open


def test_closing_twice_says_the_first_reason(make_connection):
    """The browser acts on the code, so there is one."""
    conn = make_connection()
    conn.close(CloseCode.KICKED)
    conn.close(CloseCode.INACTIVE)
    assert conn.transport.ended == [("close", 4502, "kicked")]
    assert conn.close_code is CloseCode.KICKED


def test_a_closed_connection_sends_no_pings(make_connection):
    """Nor anything else."""
    conn = make_connection()
    conn.abort()
    conn.ping()
    assert (conn.transport.pings, conn.transport.ended) == ([], [("abort",)])


def measure(conn, clock, seconds):
    conn.ping()
    clock.advance(seconds)
    conn.on_pong(conn.transport.pings[-1])


def test_the_round_trip_is_the_smallest_of_the_last_five(make_connection, clock):
    """Delay only adds, so the smallest is the link; old ones are forgotten, for people move."""
    conn = make_connection()
    assert conn.rtt_ms == 0
    for seconds, rtt_ms in [(0.2, 200), (0.05, 50), (0.3, 50), (0.3, 50), (0.3, 50), (0.3, 50), (0.3, 300)]:
        measure(conn, clock, seconds)
        assert conn.rtt_ms == rtt_ms


def test_a_round_trip_below_a_millisecond_is_one(make_connection, clock):
    """0 means unknown."""
    conn = make_connection()
    measure(conn, clock, 0.0001)
    assert conn.rtt_ms == 1


def test_only_the_pong_of_the_last_ping_counts(make_connection, clock):
    """An unasked, an old or a repeated pong neither measures nor proves life."""
    conn = make_connection()
    conn.on_pong(b"")
    conn.ping()
    clock.advance(1)
    conn.ping()
    conn.on_pong(conn.transport.pings[0])
    conn.on_pong(b"made up")
    assert (conn.rtt_ms, conn.awaits_pong) == (0, True)
    clock.advance(0.03)
    conn.on_pong(conn.transport.pings[1])
    clock.advance(5)
    conn.on_pong(conn.transport.pings[1])
    assert (conn.rtt_ms, conn.awaits_pong) == (30, False)


def test_touch_moves_the_last_activity(make_connection, clock):
    """It starts with the connection."""
    clock.advance(1)
    conn = make_connection()
    assert conn.last_activity_s == clock.monotonic_s() == 1
    clock.advance(5)
    conn.touch()
    assert conn.last_activity_s == clock.monotonic_s() == 6
