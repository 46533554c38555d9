"""Rates and percentiles from figures that only grow."""

import math

from services.readings import KEPT_S, Reading, Readings


def reading(at_s, slow=0, quick=0, **counts):
    """`quick` deliveries below 10 ms and `slow` ones of up to 100 ms so far."""
    empty = ((0.01, 0), (0.1, 0), (math.inf, 0))
    delivery = ((0.01, quick), (0.1, quick + slow), (math.inf, quick + slow))
    values = {"events": 0, "answers": 0, "received": 0} | counts
    times = dict.fromkeys(("fan_out", "commit", "receipt", "loop_lag"), empty)
    return Reading(at_s=at_s, delivery=delivery, **values, **times)


def readings_of(*given):
    readings = Readings()
    for one in given:
        readings.add(one)
    return readings


def test_a_rate_is_of_the_time_that_went_by():
    """A job that came half a second late does not make a jump."""
    readings = readings_of(reading(10, events=100), reading(11, events=300), reading(12.5, events=600))
    assert readings.per_second("events") == 200
    assert readings.per_second("answers") == 0


def test_without_time_there_is_no_rate():
    """Nothing yet, one reading, two at the same moment."""
    assert readings_of().per_second("events") == 0
    assert readings_of(reading(1, events=5)).per_second("events") == 0
    assert readings_of(reading(1), reading(1, events=5)).per_second("events") == 0


def test_a_percentile_is_of_the_last_seconds_only():
    """What was slow earlier is forgotten: first by the short look, after a minute by the long one."""
    readings = readings_of(reading(0), reading(1, slow=100))
    for second in range(2, 12):
        readings.add(reading(second, slow=100, quick=100 * second))
    assert readings.p99_ms("delivery", 10) <= 10
    assert readings.p99_ms("delivery") > 10
    for second in range(12, KEPT_S + 2):
        readings.add(reading(second, slow=100, quick=100 * second))
    assert readings.p99_ms("delivery") <= 10


def test_when_nothing_happened_there_is_no_percentile():
    """Not 0: that would say that it was quick."""
    assert readings_of().p99_ms("delivery") is None
    assert readings_of(reading(1, quick=5)).p99_ms("delivery") is None
    assert readings_of(reading(1, quick=5), reading(2, quick=5)).p99_ms("delivery") is None
