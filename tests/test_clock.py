"""Specification of clock.py."""

import time

import pytest

from clock import SAMPLES_KEPT, DatabaseClock, ManualClock, SystemClock


def test_system_clock_starts_at_the_wall_time():
    """What it says is the time of day, to within what a slow machine needs to ask twice."""
    before_ms = time.time_ns() // 1_000_000
    now_ms = SystemClock().now_ms()
    assert before_ms - 1 <= now_ms <= time.time_ns() // 1_000_000 + 1


def test_system_clock_does_not_show_steps_of_the_wall(monkeypatch):
    """A wall clock set an hour back in the middle of a round changes nothing."""
    clock = SystemClock()
    before_ms = clock.now_ms()
    hour_ago_ns = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: hour_ago_ns)
    assert 0 <= clock.now_ms() - before_ms < 60_000


def test_system_clock_moves_with_what_no_one_can_set(monkeypatch):
    """Both readings advance by the elapsed time, and by the same."""
    elapsed = {"ns": 5_000_000_000}
    monkeypatch.setattr("clock._elapsed", lambda: (lambda: elapsed["ns"] / 1e9, lambda: elapsed["ns"]))
    clock = SystemClock()
    now_ms, monotonic_s = clock.now_ms(), clock.monotonic_s()
    elapsed["ns"] += 1_500_000_000
    assert clock.now_ms() - now_ms == 1500
    assert clock.monotonic_s() - monotonic_s == 1.5


def test_system_clock_works_where_boottime_is_missing(monkeypatch):
    """Systems without CLOCK_BOOTTIME get the monotonic clock."""
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    monkeypatch.setattr(time, "monotonic", lambda: 7.0)
    monkeypatch.setattr(time, "monotonic_ns", lambda: 7_000_000_000)
    clock = SystemClock()
    assert clock.monotonic_s() == 7.0
    assert abs(clock.now_ms() - time.time() * 1000) < 60_000


def test_manual_clock_moves_only_when_told():
    """Both readings stand still, then move together, without rounding drift."""
    clock = ManualClock(1_000)
    assert (clock.now_ms(), clock.monotonic_s()) == (1_000, 0.0)
    for _ in range(10):
        clock.advance(0.1)
    assert (clock.now_ms(), clock.monotonic_s()) == (2_000, 1.0)


def test_manual_clock_does_not_go_back():
    """A negative step is a mistake in the test that makes it."""
    with pytest.raises(ValueError, match="does not go back"):
        ManualClock().advance(-1)


def ask(clock, own, ahead_ms, took_s=0.0, one_way_s=None):
    """The database, whose clock is so far ahead, is asked; the question takes half of the time, or `one_way_s`."""
    asked_s = clock.monotonic_s()
    there_s = took_s / 2 if one_way_s is None else one_way_s
    own.advance(there_s)
    database_ms = own.now_ms() + ahead_ms
    own.advance(took_s - there_s)
    clock.set_by(database_ms, asked_s, clock.monotonic_s())


def test_nodes_tell_the_databases_time():
    """Whatever their own clocks say: half the round trip is taken for the way there."""
    for own_ms, ahead_ms in ((5_000_000, -1_000_000), (1_000_000, 3_000_000)):
        own = ManualClock(own_ms)
        clock = DatabaseClock(own)
        ask(clock, own, ahead_ms, took_s=0.2)
        assert clock.now_ms() == 4_000_000 + 200
        own.advance(1.5)
        assert clock.now_ms() == 4_000_000 + 1700


def test_the_quickest_answer_counts():
    """A slow one may be wrong by half of what it took; it is forgotten when its time has come."""
    own = ManualClock(0)
    clock = DatabaseClock(own)
    ask(clock, own, 5_000, took_s=0.01)
    ask(clock, own, 5_000, took_s=2.0, one_way_s=2.0)
    assert clock.offset_ms == 5_000
    for _ in range(SAMPLES_KEPT):
        ask(clock, own, 5_040, took_s=0.02)
    assert clock.offset_ms == 5_040


def test_a_database_clock_never_goes_back():
    """Ahead of the database, it runs at half speed until it is not; behind it, it jumps."""
    own = ManualClock(0)
    clock = DatabaseClock(own)
    ask(clock, own, 10_000)
    assert clock.now_ms() == 10_000
    for _ in range(SAMPLES_KEPT):
        ask(clock, own, 9_000)
    told = [clock.now_ms()]
    for _ in range(4):
        own.advance(1)
        told.append(clock.now_ms())
    assert told == [10_000, 10_500, 11_000, 12_000, 13_000]
    for _ in range(SAMPLES_KEPT):
        ask(clock, own, 20_000)
    assert clock.now_ms() == 24_000


def test_without_a_database_of_its_own_clock_the_machines_counts():
    """SQLite's nodes share a machine."""
    own = ManualClock(7_000)
    clock = DatabaseClock(own)
    own.advance(2)
    assert (clock.now_ms(), clock.monotonic_s(), clock.offset_ms) == (9_000, 2.0, 0)
