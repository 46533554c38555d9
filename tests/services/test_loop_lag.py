"""How late the event loop is."""

import asyncio
import time

import pytest

from clock import SystemClock
from services.loop_lag import LoopLag


@pytest.mark.gen_test
async def test_a_loop_that_is_held_up_is_seen():
    """Whatever blocks it, the next turn of the timer is late by about as much."""
    seen = asyncio.Queue()
    lag = LoopLag(SystemClock(), seen.put_nowait)
    lag.start()
    await seen.get()
    time.sleep(0.2)
    assert await seen.get() > 0.1
    lag.stop()
    assert lag.take_worst_s() > 0.1
    assert lag.take_worst_s() == 0


def test_a_timer_that_comes_early_is_not_late():
    """Timers have a grain; a negative lag would spoil the sums."""
    seen = []
    lag = LoopLag(SystemClock(), seen.append)
    lag.note(-0.001)
    assert seen == [0]
