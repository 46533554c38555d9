"""One room from the lobby to the podium, whatever happens on the way, and the evidence that is left of it."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clock import Clock
from load.errors import LinkError
from load.questions import Asked
from load.scene import Scene
from prove.desk import Desk
from prove.journal import Journal
from prove.people import Pupil, Teacher
from prove.witness import Doors

STUCK_AFTER_S = 60.0
HEARD_WITHIN_S = 20.0
LOOK_EVERY_S = 0.05
LOCK_EVERY_S = 0.1


@dataclass
class School:
    """What the lessons of a run share. `is_over`: rooms that still play come to their end."""

    desk: Desk
    doors: Doors
    scene: Scene
    clock: Clock
    token: str
    answering: float = 1.0
    patience_s: float = 6.0
    waits_for_all: bool = False
    locks: int = 0
    is_over: bool = False


class Lesson:
    """`pupils` take seats in `open`; the evidence lies in `folder`."""

    def __init__(self, school: School, number: int, folder: Path, quiz: str, asked: list[Asked], scoring: str) -> None:
        self._school = school
        self._number = number
        self._folder = folder
        self._quiz = quiz
        self._asked = asked
        self._scoring = scoring
        self.pupils: list[Pupil] = []
        self.teacher: Teacher | None = None
        self._replied = 0
        self._trouble: list[str] = []

    @property
    def everyone(self) -> list[Pupil | Teacher]:
        """The teacher last."""
        return [*self.pupils, *([self.teacher] if self.teacher else [])]

    async def open(self, size: int) -> None:
        """Makes the room, seats everybody, connects and subscribes."""
        school, desk = self._school, self._school.desk
        self._folder.mkdir(parents=True)
        settings = {"read_time_s": 0, "scoring": self._scoring, "close_when_all_answered": self._number % 2 == 0}
        self._room = await desk.call("POST", "/api/v1/rooms", {"quiz_id": self._quiz, "settings": settings})
        pin, doors = self._room["pin"], school.doors
        place = doors.first(self._number, 0)
        headers = {"Authorization": f"Bearer {school.token}"}
        journal = Journal(self._folder / "teacher.jsonl", school.clock)
        journal.note(who={"role": "host", "id": "host", "nickname": "teacher"})
        self.teacher = Teacher(school.scene, pin, headers, journal, doors, place)
        for person in range(size):
            seat = await self._seat(pin, f"Pupil {self._number}-{person}")
            headers = {"Sec-WebSocket-Protocol": f"quizhall.v1, bearer.{seat['token']}"}
            journal = Journal(self._folder / f"pupil-{person:03}.jsonl", school.clock)
            journal.note(who={"role": "player", **seat["participant"]})
            own = place if doors.is_together else doors.first(self._number, person + 1)
            pupil = Pupil(school.scene, pin, headers, journal, doors, own).start()
            pupil.asked, pupil.answering = self._asked, school.answering
            self.pupils.append(pupil)
        for witness in self.everyone:
            await witness.arrive()

    async def _seat(self, pin: str, nickname: str) -> dict[str, Any]:
        wanted = {"nickname": nickname, "client_id": self._school.scene.rng.randbytes(16).hex()}
        seat: dict[str, Any] = await self._school.desk.call("POST", f"/api/v1/rooms/{pin}/participants", wanted)
        return seat

    async def play(self) -> None:
        """Until the room is over; a room in which nothing moves any more is written down."""
        teacher, clock = self.teacher, self._school.clock
        assert teacher is not None
        await self._lock_and_unlock(teacher)
        moved_s, where = clock.monotonic_s(), (0, "")
        while teacher.phase != "FINISHED":
            if where != (teacher.seq or 0, teacher.phase):
                moved_s, where = clock.monotonic_s(), (teacher.seq or 0, teacher.phase)
            if clock.monotonic_s() - moved_s > STUCK_AFTER_S:
                where_to = f"is at {teacher.node}" if teacher.is_connected else "has no socket"
                after = f"after seq {teacher.seq}, {teacher.phase}; the teacher {where_to}"
                self._trouble.append(f"nothing moved for {STUCK_AFTER_S:g} s {after}")
                return
            await self._step(teacher)

    async def _step(self, teacher: Teacher) -> None:
        rng = self._school.scene.rng
        is_answered_to_its_end = self._school.waits_for_all and teacher.phase == "OPEN"
        if self._school.is_over and not is_answered_to_its_end:
            await self._move(teacher, "room.end")
        elif teacher.phase == "LOBBY":
            await self._move(teacher, "room.start")
        elif teacher.phase == "OPEN":
            await self._wait(lambda: self._have_answered(teacher.round), self._school.patience_s)
            if teacher.phase == "OPEN":
                await self._move(teacher, "round.close")
        else:
            await asyncio.sleep(rng.uniform(0.2, 0.6))
            is_shown = teacher.phase == "REVEAL" and teacher.round % 3 == 0
            await self._move(teacher, "room.standings" if is_shown else "room.next")

    async def _lock_and_unlock(self, teacher: Teacher) -> None:
        """So many events at a steady pace, which cost the service next to nothing but to tell them."""
        clock = self._school.clock
        due_s = clock.monotonic_s()
        for count in range(self._school.locks):
            due_s += LOCK_EVERY_S
            await self._move(teacher, "room.lock", locked=count % 2 == 0)
            await asyncio.sleep(max(0.0, due_s - clock.monotonic_s()))

    def _have_answered(self, number: int) -> bool:
        waits_for_all = self._school.waits_for_all
        return all(number in pupil.settled for pupil in self.pupils if waits_for_all or pupil.is_connected)

    async def _move(self, teacher: Teacher, method: str, **params: Any) -> None:
        """One try; what came of it is seen in the phase."""
        try:
            reply = await teacher.ask(method, {"expect": max(teacher.seq or 0, self._replied)} | params)
            self._replied = int(reply["seq"])
            await self._wait(lambda: (teacher.seq or 0) >= self._replied, 2.0)
        except LinkError as error:
            teacher.journal.note(refused=method, code=error.code)
            # Another node may have stood further back than the one that replied.
            self._replied = 0
            await asyncio.sleep(0.2)

    async def _wait(self, is_so: Any, within_s: float) -> bool:
        end_s = self._school.clock.monotonic_s() + within_s
        while not is_so():
            if self._school.clock.monotonic_s() > end_s:
                return False
            await asyncio.sleep(LOOK_EVERY_S)
        return True

    async def close(self) -> None:
        """Waits until everybody has heard the end, asks the service what it knows, and writes it all down."""
        await self._wait(self._have_all_heard, HEARD_WITHIN_S)
        desk, path = self._school.desk, f"/api/v1/rooms/{self._room['id']}"
        events: list[Any] = []
        found: dict[str, Any] = {"next": 0}
        while found["next"] is not None:
            found = await desk.call("GET", f"{path}/events?after={found['next']}")
            events += found["events"]
        evidence = {
            "room": self._room,
            "scoring": self._scoring,
            "questions": [asked.question for asked in self._asked],
            "results": await desk.call("GET", f"{path}/results"),
            "events": events,
            "trouble": self._trouble,
        }
        for witness in self.everyone:
            await witness.close()
        await asyncio.to_thread((self._folder / "room.json").write_text, json.dumps(evidence))

    def _have_all_heard(self) -> bool:
        newest = max(witness.seq or 0 for witness in self.everyone)
        return all(witness.seq == newest and witness.is_connected for witness in self.everyone) and all(
            pupil.is_settled for pupil in self.pupils
        )

    async def abandon(self) -> None:
        """Ends it without evidence: the run has failed elsewhere."""
        for witness in self.everyone:
            with contextlib.suppress(Exception):  # a journal may be closed already
                await witness.close()
