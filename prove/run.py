"""One run: starts the town, has rooms played while faults strike, and leaves the evidence in a folder."""

import asyncio
import contextlib
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from clock import SystemClock
from load.figures import Figures
from load.plan import Plan as LoadPlan
from load.plan import Target
from load.questions import Asked, asked
from load.run import raise_file_limit
from load.scene import Scene
from load.think import Think
from prove.desk import Desk
from prove.faults import Faults
from prove.journal import Journal
from prove.lesson import Lesson, School
from prove.people import Pupil
from prove.plan import SCENARIOS, Plan
from prove.schedule import Fault, make_schedule
from prove.town import PASSWORD, TEACHER, Town
from prove.witness import Doors

SCORINGS = ("speed", "accuracy", "steady")
TIME_LIMIT_S = 20
WATCH_EVERY_S = 0.5
# Our own process did not get its turn for so long: what people waited for meanwhile is not the service's doing.
STOOD_STILL_S = 0.25
# The last rooms are given this long to come to their end; it is part of the run's time.
END_S = 6.0
# However stuck a room is, a run ends this long after its time.
MOST_LATE_S = 120.0


async def run(plan: Plan, folder: Path, tell: Callable[[str], None]) -> list[Fault]:
    """The schedule that was carried out. RuntimeError when a process of ours does not start."""
    raise_file_limit(4 * plan.participants)
    schedule = make_schedule(plan)
    (folder / "plan.json").write_text(json.dumps(dataclasses.asdict(plan)))
    town = await asyncio.to_thread(Town, plan, folder)
    try:
        await asyncio.to_thread(town.start)
        tell(f"{plan.nodes} nodes on {plan.database} are up; {len(schedule)} faults in {plan.seconds:g} s.")
        await Run(plan, folder, town).play(schedule)
    finally:
        await asyncio.to_thread(town.stop)
    return schedule


class Run:
    """The people and the faults of one run in a town that is up."""

    def __init__(self, plan: Plan, folder: Path, town: Town) -> None:
        self._plan = plan
        self._folder = folder
        self._town = town
        self._clock = SystemClock()
        self._rng = Random(plan.seed)
        # The calm ones measure: they go straight to the nodes, without the proxy's own time.
        is_proxied = any(name.startswith("clients_") for name in SCENARIOS[plan.scenario].faults)
        scenes = {}
        for node in town.nodes:
            port = town.proxies.ports[f"{node.name}.clients"] if is_proxied else node.port
            scenes[node.name] = self._scene(Target("127.0.0.1", port, is_tls=False))
        self._scene_of_all = next(iter(scenes.values()))
        self._doors = Doors(scenes, self._rng, is_together=plan.is_together)
        self._desk = Desk([Target("127.0.0.1", node.port, is_tls=False) for node in town.nodes])
        self._lessons: list[Lesson] = []

    def _scene(self, target: Target) -> Scene:
        think = Think(0, TIME_LIMIT_S)
        plan = LoadPlan(target, 1, 1, 1, think, 0.0, "speed", 1, 1.0, self._plan.seed)
        return Scene(plan, self._clock, self._rng, figures=Figures())

    async def play(self, schedule: list[Fault]) -> None:
        """For the plan's time, and until every room has come to its end."""
        token = await self._desk.sign_in(TEACHER, PASSWORD)
        school = School(self._desk, self._doors, self._scene_of_all, self._clock, token)
        school.answering, school.patience_s = self._plan.answering, self._plan.patience_s
        school.waits_for_all, school.locks = self._plan.waits_for_all, self._plan.locks
        journal = Journal(self._folder / "faults.jsonl", self._clock)
        faults = Faults(self._town, Random(self._plan.seed + 1), journal, self._pupils)
        began_s = asyncio.get_running_loop().time()
        watching = asyncio.create_task(self._watch(faults))
        try:
            async with asyncio.timeout(self._plan.seconds + MOST_LATE_S):
                async with asyncio.TaskGroup() as tasks:
                    for number in range(self._plan.rooms):
                        tasks.create_task(self._play_rooms(school, number))
                    tasks.create_task(faults.run(schedule, began_s))
                    tasks.create_task(self._end(school))
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            await asyncio.gather(*(lesson.abandon() for lesson in self._lessons))
            self._desk.close()
            journal.close()

    def _pupils(self) -> list[Pupil]:
        return [pupil for lesson in self._lessons for pupil in lesson.pupils]

    async def _end(self, school: School) -> None:
        await asyncio.sleep(self._plan.seconds - END_S)
        school.is_over = True

    async def _watch(self, faults: Faults) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due_s = loop.time() + WATCH_EVERY_S
            await asyncio.sleep(WATCH_EVERY_S)
            if loop.time() - due_s > STOOD_STILL_S:
                faults.measured("stood_still_s", loop.time() - due_s)
            faults.watch()
            for lesson in self._lessons:
                for witness in lesson.everyone:
                    witness.watch()

    async def _play_rooms(self, school: School, number: int) -> None:
        """One room after the other, until the run is over."""
        count = 0
        while not school.is_over:
            questions = self._questions()
            title = f"Room {number}-{count}"
            quiz = await self._desk.call(
                "POST", "/api/v1/quizzes", {"title": title, "questions": [one.question for one in questions]}
            )
            folder = self._folder / "rooms" / f"{number:02}-{count:03}"
            lesson = Lesson(school, number, folder, quiz["id"], questions, SCORINGS[number % len(SCORINGS)])
            self._lessons.append(lesson)
            await lesson.open(self._plan.each)
            await lesson.play()
            await lesson.close()
            self._lessons.remove(lesson)
            count += 1

    def _questions(self) -> list[Asked]:
        """Each with an explanation that occurs nowhere else: who reads it before the reveal has been told too early."""
        return [
            Asked(one.question | {"explanation": f"revealed-{self._rng.randbytes(8).hex()}"}, one.answers)
            for one in asked(self._plan.rounds, TIME_LIMIT_S)
        ]
