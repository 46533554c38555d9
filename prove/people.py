"""Pupils and the teacher of one room, as witnesses: who answers when, and where the teacher sees the room."""

import asyncio
from collections.abc import Sequence
from typing import Any

from load.errors import LinkError
from load.questions import Asked
from load.scene import Message
from prove.witness import Witness

AGAIN_S = 0.25
# Refused for now, not for good (docs/protocol.md, "Answering, so that nothing is lost").
AGAIN = frozenset({"overloaded", "rate_limited", "internal"})
PHASES = {
    "round.announced": "READ",
    "round.opened": "OPEN",
    "round.closed": "REVEAL",
    "standings.shown": "STANDINGS",
    "room.ended": "FINISHED",
}


class Teacher(Witness):
    """Commands are given by the lesson."""

    phase = "LOBBY"
    round = 0

    def on_event(self, method: str, params: dict[str, Any], *, is_live: bool) -> None:
        self.phase = PHASES.get(method, self.phase)
        self.round = params.get("round", self.round) if method in PHASES else self.round

    def on_snapshot(self, snapshot: dict[str, Any]) -> None:
        self.phase, self.round = snapshot["phase"], snapshot["round"]


class Pupil(Witness):
    """Answers every round that it hears of, and sends again what has no receipt."""

    asked: Sequence[Asked] = ()
    think_s = 1.0
    answering = 1.0
    is_finished = False
    # The phone is switched off: it does not come back until it is on again.
    is_off = False

    async def connect(self) -> None:
        if self.is_off:
            raise LinkError("the phone is off", "off")
        await super().connect()

    def start(self) -> "Pupil":
        """Before the first message."""
        # By round: what is sent, the same however often. Without those that are settled.
        self._open: dict[int, dict[str, Any]] = {}
        self.settled: set[int] = set()
        return self

    @property
    def is_settled(self) -> bool:
        """Nothing that was sent is without receipt or refusal."""
        return not self._open

    def on_event(self, method: str, params: dict[str, Any], *, is_live: bool) -> None:
        if method == "round.opened":
            self._think(params["round"])
        elif method == "room.ended":
            self.is_finished = True

    def on_snapshot(self, snapshot: dict[str, Any]) -> None:
        if snapshot["phase"] == "OPEN":
            self._think(snapshot["round"])
        elif snapshot["phase"] == "FINISHED":
            self.is_finished = True

    def on_return(self) -> None:
        super().on_return()
        for number in list(self._open):
            self._submit(number)

    def _think(self, number: int) -> None:
        if number in self._open or number in self.settled:
            return
        rng = self.scene.rng
        if rng.random() >= self.answering:
            self.settled.add(number)
            return
        answer, _ = rng.choice(self.asked[number - 1].answers)
        self._open[number] = {"round": number, "answer": answer, "id": rng.randbytes(16).hex()}
        asyncio.get_running_loop().call_later(rng.uniform(0, self.think_s), self._submit, number)

    def _submit(self, number: int) -> None:
        params = self._open.get(number)
        if params is not None and self.is_connected:
            self.send("answer.submit", params, lambda reply: self._take_reply(number, reply))

    def _take_reply(self, number: int, reply: Message | None) -> None:
        if reply is None:
            return  # lost on the way; on_return sends it again
        code = ((reply.error or {}).get("data") or {}).get("code")
        if code in AGAIN:
            asyncio.get_running_loop().call_later(AGAIN_S, self._submit, number)
            return
        self._open.pop(number, None)
        self.settled.add(number)
