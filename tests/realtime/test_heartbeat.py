"""Specification of realtime/heartbeat.py, mostly with the ticks given by hand."""

import asyncio

import pytest

from clock import SystemClock
from realtime.codes import CloseCode
from realtime.heartbeat import Heartbeat


@pytest.fixture
def heartbeat(hub, clock):
    return Heartbeat(hub, clock, ping_interval_s=10, pong_wait_s=8)


def answer(conn):
    conn.on_pong(conn.transport.pings[-1])


def run(heartbeat, clock, seconds, answering=()):
    """Lets time pass tick by tick; those answering do so half a tick after their ping."""
    removed = 0
    for _ in range(round(seconds / heartbeat.tick_interval_s)):
        clock.advance(heartbeat.tick_interval_s / 2)
        for conn in answering:
            if conn.awaits_pong:
                answer(conn)
        clock.advance(heartbeat.tick_interval_s / 2)
        removed += heartbeat.tick()
    return removed


def test_the_first_ping_goes_out_at_once(heartbeat, join, clock):
    """So that the round trip is known before the first answer."""
    conn = join("u1")
    heartbeat.add(conn)
    heartbeat.add(conn)
    assert len(conn.transport.pings) == 1
    clock.advance(0.04)
    answer(conn)
    assert conn.rtt_ms == 40


def test_a_peer_that_answers_is_pinged_about_every_interval(heartbeat, join, clock):
    """Up to a tenth and two ticks sooner, never later."""
    conn = join("u1")
    heartbeat.add(conn)
    assert run(heartbeat, clock, 600, [conn]) == 0
    assert 60 <= len(conn.transport.pings) - 1 <= 600 / (10 * 0.9 - 0.5) + 1
    assert conn.is_open


def test_a_silent_peer_is_aborted_and_unregistered(heartbeat, hub, join, clock):
    """After the pong wait, not before, without a word that it would not hear."""
    conn = join("u1", "t")
    heartbeat.add(conn)
    clock.advance(7.9)
    assert heartbeat.tick() == 0
    assert conn.is_open
    clock.advance(0.1)
    assert heartbeat.tick() == 1
    assert conn.transport.ended == [("abort",)]
    assert hub.connections_of("u1") == []
    assert hub.subscribers("t") == 0


@pytest.mark.parametrize("number", range(12))
def test_a_peer_that_dies_is_gone_within_interval_and_wait(heartbeat, make_connection, hub, clock, number):
    """18 s at the latest with the default settings, wherever its id places it, and never unasked."""
    conn = make_connection(f"u{number}")
    conn.id = f"connection-{number}"
    hub.register(conn)
    clock.advance(number * 0.07)
    heartbeat.add(conn)
    run(heartbeat, clock, 31, [conn])
    pings = len(conn.transport.pings)
    died_s = clock.monotonic_s()
    while conn.is_open:
        run(heartbeat, clock, heartbeat.tick_interval_s)
    assert clock.monotonic_s() - died_s <= 18
    assert len(conn.transport.pings) - pings <= 1


def test_only_the_dead_are_removed(heartbeat, hub, join, clock):
    """Among many, over a long time."""
    alive = [join(f"alive-{n}") for n in range(20)]
    dead = [join(f"dead-{n}") for n in range(5)]
    for conn in alive + dead:
        heartbeat.add(conn)
    assert run(heartbeat, clock, 100, alive) == 5
    assert set(hub.connections()) == set(alive)


def test_a_class_that_joins_together_is_not_pinged_together(heartbeat, hub, make_connection, clock):
    """The first pings come in one tick, the second ones are spread out."""
    connections = [make_connection(f"u{n}") for n in range(200)]
    for conn in connections:
        hub.register(conn)
        heartbeat.add(conn)
        answer(conn)
    most = 0
    before = 200
    for _ in range(40):
        run(heartbeat, clock, heartbeat.tick_interval_s, connections)
        now = sum(len(conn.transport.pings) for conn in connections)
        most, before = max(most, now - before), now
    assert before == 400
    assert most <= 100


def test_a_peer_whose_command_is_being_answered_is_not_judged(heartbeat, join, clock):
    """Its pong lies unread behind the command; when that is done it counts."""
    conn = join("u1")
    heartbeat.add(conn)
    conn.in_flight = 1
    assert run(heartbeat, clock, 60) == 0
    assert len(conn.transport.pings) == 1
    conn.in_flight = 0
    answer(conn)
    assert run(heartbeat, clock, 60, [conn]) == 0
    assert len(conn.transport.pings) > 1
    conn.in_flight = 1
    run(heartbeat, clock, 30)
    conn.in_flight = 0
    assert run(heartbeat, clock, 9) == 1


def test_the_hub_takes_connections_off_the_wheel(heartbeat, hub, join, clock):
    """Nobody has to remember to."""
    conn = join("u1")
    heartbeat.add(conn)
    hub.unregister(conn)
    assert run(heartbeat, clock, 60) == 0
    assert len(conn.transport.pings) == 1
    assert not heartbeat._beats
    assert not heartbeat._slots


def test_a_connection_that_is_closing_is_dropped(heartbeat, join, clock):
    """It is neither pinged nor counted as dead."""
    conn = join("u1")
    heartbeat.add(conn)
    answer(conn)
    conn.close(CloseCode.KICKED)
    assert run(heartbeat, clock, 60) == 0
    assert len(conn.transport.pings) == 1


def test_one_bad_transport_does_not_stop_the_wheel(heartbeat, join, clock, caplog):
    """It is logged and let go; the others keep their heartbeat."""
    bad, good = join("u1"), join("u2")
    for conn in (bad, good):
        heartbeat.add(conn)
        answer(conn)

    def explode(payload):
        raise RuntimeError("boom")

    bad.transport.ping = explode
    run(heartbeat, clock, 20, [good])
    assert [r.connection for r in caplog.records] == [bad.id]
    assert len(good.transport.pings) >= 2


def test_it_ticks_by_itself_once_started(hub, make_connection):
    """One timer of the loop for all, until it is stopped."""

    async def scenario():
        heartbeat = Heartbeat(hub, SystemClock(), ping_interval_s=0.04, pong_wait_s=0.02)
        conn = make_connection("u1")
        hub.register(conn)
        gone = asyncio.Event()
        hub.on_unregister.append(lambda conn: gone.set())
        heartbeat.add(conn)
        heartbeat.start()
        async with asyncio.timeout(5):
            await gone.wait()
        heartbeat.stop()
        heartbeat.stop()
        assert conn.transport.ended == [("abort",)]

    asyncio.run(scenario())


def test_a_process_that_stood_still_hears_its_peers_before_it_judges(heartbeat, join, clock):
    """A regression to guard against: after a suspended laptop wakes up, every living phone would be thrown out."""

    async def scenario():
        conn = join("u1")
        heartbeat.add(conn)
        due_s = clock.monotonic_s() + heartbeat.tick_interval_s
        clock.advance(3_600)
        heartbeat._on_timer(due_s)
        assert conn.is_open
        answer(conn)
        heartbeat._on_timer(due_s)
        assert conn.is_open
        heartbeat.stop()

    asyncio.run(scenario())


def test_a_loop_that_is_always_late_still_finds_the_dead(heartbeat, join, clock):
    """At most every other tick is let pass."""

    async def scenario():
        conn = join("u1")
        heartbeat.add(conn)
        due_s = clock.monotonic_s()
        clock.advance(3_600)
        heartbeat._on_timer(due_s)
        heartbeat._on_timer(due_s)
        assert not conn.is_open
        heartbeat.stop()

    asyncio.run(scenario())
