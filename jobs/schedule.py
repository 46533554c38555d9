"""When things happen: the recurring jobs of a node, and those that one node runs for all.

What happens is the services' business.
"""

import asyncio
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from realtime.sweep import sweep_inactive
from services.container import Services

CHECK_EVERY_S = 1
CHECK_WHILE_DOWN_EVERY_S = 0.25
SCAN_EVERY_S = 2
SWEEP_EVERY_S = 30
WATCH_EVERY_S = 5
POINT_EVERY_S = 1
TIDY_EVERY_S = 600
SWEEP_DESK_EVERY_S = 86_400

Job = Callable[[], Awaitable[None]]


class Schedule:
    """The recurring jobs of one node. A job that is late runs once, never twice at a time."""

    def __init__(self) -> None:
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

    async def stop(self) -> None:
        """Begins nothing new and lets what runs come to its end: the scheduler's own shutdown cancels it midway."""
        self._scheduler.pause()
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
        services.live.sweep()

    async def watch() -> None:
        services.alert_watch.look()

    async def point() -> None:
        services.admin_stats.tick()

    schedule.every(CHECK_EVERY_S, "check", check)
    if services.node.broker.is_shared:
        schedule.every(CHECK_WHILE_DOWN_EVERY_S, "check while down", services.catch_up.check_while_down)
    schedule.every(SWEEP_EVERY_S, "sweep", sweep)
    schedule.every(WATCH_EVERY_S, "watch", watch)
    schedule.every(POINT_EVERY_S, "point", point)
    for_all(SCAN_EVERY_S, "scan", services.deadlines.scan)
    for_all(TIDY_EVERY_S, "tidy", services.accounts.tidy)
    for_all(SWEEP_DESK_EVERY_S, "desk", services.desk.sweep)
    return schedule
