"""Recurring jobs: they run, and a stop lets what has begun come to its end."""

import asyncio
import logging
import time
from datetime import datetime, timedelta

import apscheduler.executors.base
import apscheduler.schedulers.base
import pytest

from jobs.schedule import Schedule


@pytest.mark.gen_test
async def test_a_job_runs_again_and_again():
    """Until the schedule is stopped."""
    schedule = Schedule()
    runs: asyncio.Queue[int] = asyncio.Queue()

    async def job() -> None:
        runs.put_nowait(1)

    schedule.every(0.01, "job", job)
    schedule.start()
    for _ in range(3):
        await runs.get()
    await schedule.stop()


@pytest.mark.gen_test
async def test_stopping_waits_for_the_job_that_runs(caplog):
    """It is not cancelled midway, and nothing is logged as an error."""
    schedule = Schedule()
    begun, go_on, done = asyncio.Event(), asyncio.Event(), []

    async def job() -> None:
        begun.set()
        await go_on.wait()
        done.append(True)

    schedule.every(0.01, "job", job)
    schedule.start()
    await begun.wait()
    stopping = asyncio.ensure_future(schedule.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    go_on.set()
    await stopping
    assert done == [True]
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.gen_test
async def test_a_job_that_was_begun_in_the_turn_of_the_stop_is_not_cancelled(caplog):
    """Its task has not had a turn yet; the scheduler's own shutdown cancelled it, and logged a traceback."""
    loop = asyncio.get_running_loop()
    schedule = Schedule()
    done = []

    async def job() -> None:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        done.append(True)

    schedule.every(0.05, "job", job)
    schedule.start()
    stopping = asyncio.Event()
    await asyncio.sleep(0.01)  # the scheduler has set its timer
    # Both are due when the loop turns again, the job first: whoever waits comes between it and its task.
    loop.call_later(0.06, stopping.set)
    time.sleep(0.1)  # holds the loop up, as a long turn does
    await stopping.wait()
    await schedule.stop()
    assert done == [True]
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.gen_test
async def test_jobs_go_on_when_the_clock_of_the_machine_is_set_back(monkeypatch):
    """The scheduler waited until the old time came again: no heartbeat and no check for as long."""
    ahead = timedelta(0)

    class Wall(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + ahead

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Wall)
    monkeypatch.setattr(apscheduler.executors.base, "datetime", Wall)
    schedule = Schedule(lambda: time.time() + ahead.total_seconds())
    runs: asyncio.Queue[int] = asyncio.Queue()

    async def job() -> None:
        runs.put_nowait(1)

    schedule.every(0.01, "job", job)
    schedule.start()
    await runs.get()
    ahead = timedelta(hours=-1)
    while not runs.empty():
        runs.get_nowait()
    for _ in range(3):
        await asyncio.wait_for(runs.get(), 10)
    await schedule.stop()
