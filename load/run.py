"""One run from the sign-in to the report: makes the rooms, fills them, has them played, and asks the oracle."""

import asyncio
import contextlib
import resource
import ssl
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from clock import Clock
from load.api import Api
from load.errors import ApiError, LinkError, LoadError, UsageError
from load.figures import Pace
from load.lesson import Lesson
from load.oracle import judge
from load.peer import Peer
from load.plan import Plan
from load.questions import asked
from load.report import Report
from load.scene import Scene

T = TypeVar("T")
LAG_EVERY_S = 0.05
FILES_BESIDES = 100
# What getrusage counts the memory in: KiB, on macOS bytes.
MAXRSS_PER_MIB = 1024**2 if sys.platform == "darwin" else 1024
# What the service says when it wants to be asked again later; docs/load.md says which settings to raise.
AGAIN_STATUS = (429, 503)
SETTINGS = {"read_time_s": 0, "close_when_all_answered": False}


@dataclass(frozen=True)
class Teacher:
    """Who owns the rooms: an account, or a token of one."""

    email: str = ""
    password: str = ""
    token: str = ""


async def run(plan: Plan, teacher: Teacher, clock: Clock, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Plays and judges; `tell` hears a sentence at each step. LoadError when nothing could be played at all."""
    raise_file_limit(plan.everyone)
    tls = ssl.create_default_context() if plan.target.is_tls else None
    scene = Scene(plan, clock, Random(plan.seed), tls)  # noqa: S311 - chance for answers, not for secrets
    return await Run(scene, Api(plan.target, tls), tell).play(teacher)


def raise_file_limit(wanted: int) -> None:
    """Each participant is an open file. UsageError when the system allows too few."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY and most < wanted + FILES_BESIDES:
        needed = wanted + FILES_BESIDES
        raise UsageError(f"{wanted} participants need {needed} open files; this system allows {most} (ulimit -n).")


def cpu_s() -> float:
    """Processor seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Run:
    """The lessons of one run and the report that they come to."""

    def __init__(self, scene: Scene, api: Api, tell: Callable[[str], None] = lambda _: None) -> None:
        self._scene = scene
        self._api = api
        self._tell = tell
        self._report = Report(scene.plan, scene.figures)
        self._lessons: list[Lesson] = []
        self._asked = asked(scene.plan.rounds, scene.plan.time_limit_s)

    async def play(self, teacher: Teacher) -> Report:
        """Everything, within the plan's time."""
        plan, clock = self._scene.plan, self._scene.clock
        started_s, used_s = clock.monotonic_s(), cpu_s()
        try:
            async with asyncio.timeout(plan.most_s):
                await self._sign_in(teacher)
                await self._play_all()
        except TimeoutError:
            self._report.problems.append(f"The run was not over after {plan.most_s:g} s.")
        finally:
            self._scene.is_over = True
            await asyncio.gather(*(lesson.leave() for lesson in self._lessons))
            self._api.close()
        self._report.seconds = clock.monotonic_s() - started_s
        self._report.cpu_s = cpu_s() - used_s
        self._report.memory_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MAXRSS_PER_MIB
        return self._report

    async def _sign_in(self, teacher: Teacher) -> None:
        self._api.token = teacher.token
        if not teacher.token:
            sent = {"email": teacher.email, "password": teacher.password}
            self._api.token = (await self._api.call("POST", "/api/v1/login", sent))["token"]

    async def _play_all(self) -> None:
        plan = self._scene.plan
        title = f"Load: {plan.rooms} × {plan.participants}"
        quiz = {"title": title, "questions": [item.question for item in self._asked]}
        made = await self._api.call("POST", "/api/v1/quizzes", quiz)
        try:
            await self._make_rooms(made["id"])
            await self._fill_rooms()
            self._tell(f"Playing {plan.rounds} rounds.")
            lag = asyncio.create_task(self._watch_lag())
            await asyncio.gather(*(self._play_room(lesson) for lesson in self._lessons))
            lag.cancel()
            self._tell("Working out every score again.")
            # When all have ended: judging holds the loop, and would show in the rooms that still play.
            for lesson in self._lessons:
                await self._judge(lesson)
        finally:
            # The rooms have their own copy; the teacher's list stays as it was.
            with contextlib.suppress(LoadError):
                await self._api.call("DELETE", f"/api/v1/quizzes/{made['id']}")

    async def _make_rooms(self, quiz_id: str) -> None:
        wanted = {"quiz_id": quiz_id, "settings": SETTINGS | {"scoring": self._scene.plan.scoring}}
        for _ in range(self._scene.plan.rooms):
            made = await self._api.call("POST", "/api/v1/rooms", wanted)
            assert self._api.token is not None
            lesson = Lesson(self._scene, made, self._api.token, self._asked)
            self._lessons.append(lesson)
            await lesson.host.connect()
            await lesson.host.subscribe()

    async def _fill_rooms(self) -> None:
        """Three steps one after the other, so that each has a pace of its own."""
        plan, figures = self._scene.plan, self._scene.figures
        seats = [(lesson, f"Load {n:05}") for n in range(1, plan.participants + 1) for lesson in self._lessons]
        await self._each("joined", seats, self._join, figures.joins)
        people: list[Peer] = [person for lesson in self._lessons for person in lesson.participants]
        await self._each("upgraded", people, Peer.connect, figures.upgrades)
        connected = [peer for peer in people if peer.is_connected]
        await self._each("subscribed", connected, Peer.subscribe, figures.subscriptions)
        self._report.joined = len(people)
        for lesson in self._lessons:
            lesson.participants = [person for person in lesson.participants if person.seq is not None]
        self._report.connected = figures.subscriptions.count
        if figures.subscriptions.count < plan.everyone:
            missing = plan.everyone - figures.subscriptions.count
            self._report.problems.append(f"{missing} of {plan.everyone} participants could not come in.")

    async def _join(self, seat: tuple[Lesson, str]) -> None:
        lesson, nickname = seat
        # With it a lost reply does no harm, and the same call may be made again.
        wanted = {"nickname": nickname, "client_id": self._scene.rng.randbytes(16).hex()}
        path = f"/api/v1/rooms/{lesson.pin}/participants"
        while True:
            try:
                lesson.sit(await self._api.call("POST", path, wanted))
                return
            except ApiError as error:
                if error.status not in AGAIN_STATUS:
                    raise
                self._scene.figures.errors[f"http_{error.status}"] += 1
                await asyncio.sleep(1)

    async def _each(self, done: str, items: Iterable[T], work: Callable[[T], Awaitable[None]], pace: Pace) -> None:
        """Does `work` for all, so many at once; counts those that came to a good end, and the others by code."""
        rest = iter(items)

        async def worker() -> None:
            for item in rest:
                try:
                    await work(item)
                    pace.count += 1
                except ApiError as error:
                    self._scene.figures.errors[error.code or f"http_{error.status}"] += 1
                except LinkError as error:
                    self._scene.figures.errors[error.code] += 1

        started_s = self._scene.clock.monotonic_s()
        await asyncio.gather(*(worker() for _ in range(self._scene.plan.at_once)))
        pace.seconds = self._scene.clock.monotonic_s() - started_s
        self._tell(f"{pace.count} {done} in {pace.seconds:.1f} s.")

    async def _play_room(self, lesson: Lesson) -> None:
        try:
            await lesson.play()
        except LinkError as error:
            self._report.problems.append(f"Room {lesson.pin} was not played to its end: {error}.")

    async def _judge(self, lesson: Lesson) -> None:
        try:
            results: dict[str, Any] = await self._api.call("GET", f"/api/v1/rooms/{lesson.id}/results")
        except ApiError as error:
            self._report.problems.append(f"Room {lesson.pin} has no results: {error}")
            return
        records = [person.record for person in lesson.participants]
        scoring = self._scene.plan.scoring
        self._report.findings.add(judge(results, records, self._asked, lesson.host.opened_at, scoring))
        newest = max(peer.seq or 0 for peer in (lesson.host, *lesson.participants))
        for peer in (lesson.host, *lesson.participants):
            self._report.missed += peer.missed + (newest - (peer.seq or 0) if peer.is_connected else 0)

    async def _watch_lag(self) -> None:
        """How late this loop's own timers are."""
        clock = self._scene.clock
        while True:
            before_s = clock.monotonic_s()
            await asyncio.sleep(LAG_EVERY_S)
            late_s = clock.monotonic_s() - before_s - LAG_EVERY_S
            self._scene.figures.lag_ms.append(max(0.0, late_s * 1000))
