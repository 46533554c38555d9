"""Specification of clock.py."""

import time

import pytest

from clock import ManualClock, SystemClock


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
    monkeypatch.setattr("clock._elapsed_ns", lambda: elapsed["ns"])
    clock = SystemClock()
    now_ms, monotonic_s = clock.now_ms(), clock.monotonic_s()
    elapsed["ns"] += 1_500_000_000
    assert clock.now_ms() - now_ms == 1500
    assert clock.monotonic_s() - monotonic_s == 1.5


def test_system_clock_works_where_boottime_is_missing(monkeypatch):
    """Systems without CLOCK_BOOTTIME get the monotonic clock."""
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    monkeypatch.setattr(time, "monotonic_ns", lambda: 7_000_000_000)
    assert SystemClock().monotonic_s() == 7.0


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
