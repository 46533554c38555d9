"""One room from the first round to the podium: the host drives, everybody answers, storms take sockets away."""

import asyncio
from collections.abc import Sequence
from typing import Any

from load.errors import LinkError
from load.host import Host
from load.participant import Participant
from load.questions import Asked
from load.scene import Scene

# How long everyone may take to be told a grade or the end, those who come back from a storm among them.
TOLD_DEADLINE_S = 30.0
# Beyond a question's time limit.
RECEIPT_GRACE_S = 15.0


class Gate:
    """Opens when so many different participants have come by."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._came: set[str] = set()
        self._open = asyncio.Event()

    def enter(self, who: str) -> None:
        """Once or more often; it counts once."""
        self._came.add(who)
        if len(self._came) >= self._wanted:
            self._open.set()

    async def wait(self, deadline_s: float) -> bool:
        """Whether everyone came in time."""
        try:
            await asyncio.wait_for(self._open.wait(), deadline_s)
        except TimeoutError:
            return False
        return True


class Lesson:
    """`seats` are taken by `sit`; `play` needs the host and everyone connected and subscribed."""

    def __init__(self, scene: Scene, made: dict[str, Any], token: str, asked: Sequence[Asked]) -> None:
        self.scene = scene
        self.id: str = made["id"]
        self.pin: str = made["pin"]
        self.asked = asked
        self.host = Host(scene, self.pin, token)
        self.participants: list[Participant] = []
        self._gates: dict[tuple[str, int], Gate] = {}
        self._commanded_ms = 0.0
        # When the newest live message of a step reached a participant.
        self._last_ms: dict[tuple[str, int], float] = {}

    def sit(self, seat: dict[str, Any]) -> Participant:
        """A participant for a seat that the API gave."""
        participant = Participant(self.scene, self, self.pin, seat)
        self.participants.append(participant)
        return participant

    def on_step(self, step: str, number: int, who: str, *, is_live: bool) -> None:
        """What participants call when they have heard or done something."""
        if is_live and step in ("opened", "graded"):
            now = self.scene.heard_ms()
            self._last_ms[step, number] = now
            if step == "opened":
                self.scene.figures.delivery_ms.append(now - self._commanded_ms)
        self._gate(step, number).enter(who)

    async def play(self) -> None:
        """All rounds. What is not done in time shows in the records. LinkError when the host cannot go on."""
        for number in range(1, len(self.asked) + 1):
            await self._play_round(number)
        await self.host.command("room.next")
        await self._wait("finished", 0, TOLD_DEADLINE_S)

    async def leave(self) -> None:
        """Everyone closes his socket."""
        for peer in (self.host, *self.participants):
            await peer.close()

    async def _play_round(self, number: int) -> None:
        figures = self.scene.figures
        self._commanded_ms = self.scene.now_ms()
        await self.host.command("room.start" if number == 1 else "room.next")
        await self._storm()
        await self._wait("answered", number, self.scene.plan.time_limit_s + RECEIPT_GRACE_S)
        if ("opened", number) in self._last_ms:
            figures.last_delivery_ms.append(self._last_ms["opened", number] - self._commanded_ms)
        closing_ms = self.scene.now_ms()
        await self._close_round(number)
        await self._wait("graded", number, TOLD_DEADLINE_S)
        if ("graded", number) in self._last_ms:
            figures.grading_ms.append(self._last_ms["graded", number] - closing_ms)
        if number % 2 == 0:
            await self.host.command("room.standings")

    async def _close_round(self, number: int) -> None:
        if number in self.host.closed:
            return
        try:
            await self.host.command("round.close")
        except LinkError as error:
            # It may have closed at its deadline in the same moment.
            if error.code not in ("stale", "wrong_phase"):
                raise

    async def _storm(self) -> None:
        """Somewhere in the thinking time, a share of all sockets at the same instant: an access point restarts."""
        plan, rng = self.scene.plan, self.scene.rng
        if not plan.storm:
            return
        await asyncio.sleep(rng.uniform(0, plan.think.busy_s))
        there = [participant for participant in self.participants if participant.is_connected]
        struck = rng.sample(there, min(len(there), round(plan.storm * len(self.participants))))
        for participant in struck:
            participant.reset()
        self.scene.figures.reset += len(struck)

    def _gate(self, step: str, number: int) -> Gate:
        return self._gates.setdefault((step, number), Gate(len(self.participants)))

    async def _wait(self, step: str, number: int, deadline_s: float) -> None:
        if self.participants and not await self._gate(step, number).wait(deadline_s):
            self.scene.figures.errors[f"not_{step}_in_time"] += 1
