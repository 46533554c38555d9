"""Recurring jobs: they run, and a stop lets what has begun come to its end."""

import asyncio
import logging

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
