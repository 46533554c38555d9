"""When things happen: the node's recurring jobs. What happens is the services' business."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from realtime.sweep import sweep_inactive
from services.container import Services

CHECK_EVERY_S = 1
SCAN_EVERY_S = 2
SWEEP_EVERY_S = 30
WATCH_EVERY_S = 5

Job = Callable[[], Awaitable[None]]


def build_scheduler(services: Services, inactive_after_s: float) -> AsyncIOScheduler:
    """The jobs of one node, not yet started. A job that is late runs once, never twice at a time."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 30}
    )

    async def check() -> None:
        await services.recovery.beat()
        await services.live.check()
        services.deadlines.judge_all()

    async def scan() -> None:
        await services.deadlines.scan()

    async def sweep() -> None:
        exempt = services.subscriptions.is_exempt_from_sweep
        sweep_inactive(services.hub, services.clock, inactive_after_s, exempt)
        services.live.sweep()

    async def watch() -> None:
        services.alert_watch.look()

    for name, job, seconds in (
        ("check", check, CHECK_EVERY_S),
        ("scan", scan, SCAN_EVERY_S),
        ("sweep", sweep, SWEEP_EVERY_S),
        ("watch", watch, WATCH_EVERY_S),
    ):
        scheduler.add_job(job, "interval", seconds=seconds, id=name)
    return scheduler
