"""When things happen: the recurring jobs of a node, and those that one node runs for all.

What happens is the services' business.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from realtime.sweep import sweep_inactive
from services.container import Services

CHECK_EVERY_S = 1
CHECK_WHILE_DOWN_EVERY_S = 0.25
SCAN_EVERY_S = 2
SWEEP_EVERY_S = 30
WATCH_EVERY_S = 5
POINT_EVERY_S = 1
RECHECK_EVERY_S = 30
TIDY_EVERY_S = 600
SWEEP_DESK_EVERY_S = 3600
REMOVE_EVERY_S = 600

# A wall clock that has moved by more than this against the steady one was set by somebody.
STEP_S = 0.5
LOOK_EVERY_S = 1.0

logger = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]


class Schedule:
    """The recurring jobs of one node. A job that is late runs once, never twice at a time.

    The scheduler reckons by the wall clock: set back by an hour, it would run nothing for an hour. So the clock is
    watched, and whenever it was set every job runs at once and goes on from there. `wall_s` is that clock.
    """

    def __init__(self, wall_s: Callable[[], float] = time.time) -> None:
        self._wall_s = wall_s
        self._ahead_s = 0.0
        self._looking: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 30}
        )
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def every(self, seconds: float, name: str, job: Job) -> None:
        async def run() -> None:
            self._running += 1
            self._idle.clear()
            try:
                await job()
            finally:
                self._running -= 1
                if not self._running:
                    self._idle.set()

        self._scheduler.add_job(run, "interval", seconds=seconds, id=name, name=name)

    def start(self) -> None:
        """To be called on the running loop."""
        self._scheduler.start()
        self._ahead_s = self._wall_s() - time.monotonic()
        self._look()

    def _look(self) -> None:
        """Again and again: was the wall clock set?"""
        ahead_s = self._wall_s() - time.monotonic()
        step_s, self._ahead_s = ahead_s - self._ahead_s, ahead_s
        if abs(step_s) > STEP_S:
            logger.warning("the machine's clock was set by %+.1f s", step_s)
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.fromtimestamp(self._wall_s(), UTC))
        self._looking = asyncio.get_running_loop().call_later(LOOK_EVERY_S, self._look)

    async def stop(self) -> None:
        """Begins nothing new and lets what runs come to its end: the scheduler's own shutdown cancels it midway."""
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.pause()
        # A job that was begun in this very turn has a task that has not run yet, and counts as running only then.
        await asyncio.sleep(0)
        await self._idle.wait()
        self._scheduler.shutdown(wait=False)


def build_schedule(services: Services, inactive_after_s: float) -> Schedule:
    """The jobs as they run in a node, not yet started."""
    schedule = Schedule()

    def for_all(seconds: float, name: str, job: Job) -> None:
        schedule.every(seconds, name, services.leases.leased(name, seconds, job))

    async def check() -> None:
        await services.recovery.beat()
        await services.catch_up.check()
        await services.doorkeeper.check()
        services.shares.renew()
        services.deadlines.judge_all()

    async def sweep() -> None:
        exempt = services.subscriptions.is_exempt_from_sweep
        await sweep_inactive(services.hub, services.clock, inactive_after_s, exempt)
        services.room_sweep.sweep()

    async def watch() -> None:
        services.alert_watch.look()

    async def point() -> None:
        await services.admin_stats.tick()

    async def tidy() -> None:
        await services.people.sign_ins.tidy()
        await services.people.invitations.tidy()
        await services.people.sign_ups.tidy()
        await services.rehearsals.tidy()

    schedule.every(CHECK_EVERY_S, "check", check)
    if services.node.broker.is_shared:
        schedule.every(CHECK_WHILE_DOWN_EVERY_S, "check while down", services.catch_up.check_while_down)
    schedule.every(SWEEP_EVERY_S, "sweep", sweep)
    schedule.every(WATCH_EVERY_S, "watch", watch)
    schedule.every(POINT_EVERY_S, "point", point)
    schedule.every(RECHECK_EVERY_S, "recheck", services.doorkeeper.recheck)
    for_all(SCAN_EVERY_S, "scan", services.deadlines.scan)
    for_all(TIDY_EVERY_S, "tidy", tidy)
    for_all(SWEEP_DESK_EVERY_S, "desk", services.desk.sweep)
    for_all(REMOVE_EVERY_S, "remove", services.desk.retention.remove_due)
    return schedule
