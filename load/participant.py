"""A student's phone: hears of a round, thinks, answers, and sends again what was not confirmed."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from load.peer import Peer
from load.questions import Asked
from load.record import Given, Record
from load.scene import Message, Scene

RETRY_MS = 250
# The service asks for patience: the same answer again, later (docs/protocol.md, "Answering").
AGAIN = frozenset({"overloaded", "rate_limited", "internal"})


class Room(Protocol):
    """Whom a participant tells how far he is."""

    @property
    def asked(self) -> Sequence[Asked]: ...

    def on_step(self, step: str, number: int, who: str, *, is_live: bool) -> None: ...


class Participant(Peer):
    """One seat; the token goes in the sub-protocol, as a browser sends it."""

    def __init__(self, scene: Scene, room: Room, pin: str, seat: dict[str, Any]) -> None:
        super().__init__(scene, pin, {"Sec-WebSocket-Protocol": f"quizhall.v1, bearer.{seat['token']}"})
        self._room = room
        self.record = Record(seat["participant"]["id"], seat["participant"]["nickname"])
        # When an answer was first sent, by round; and those whose socket was lost before the receipt.
        self._sent_ms: dict[int, float] = {}
        self._disturbed: set[int] = set()

    def on_event(self, method: str, params: dict[str, Any], *, is_live: bool) -> None:
        if method == "round.opened":
            self._tell("opened", params["round"], is_live)
            self._think(params["round"])
        elif method == "answer.graded":
            self.scene.figures.repeated += params["round"] in self.record.graded
            self._note_grade(params, is_live)
        elif method == "participant.finished":
            self.scene.figures.repeated += self.record.finished is not None
            self.record.finished = params
            self._tell("finished", 0, is_live)
        elif method == "room.ended" and not is_live:
            # Was away when the room ended: what is personal is not replayed.
            self._tell("finished", 0, is_live)

    def on_snapshot(self, snapshot: dict[str, Any]) -> None:
        if snapshot["phase"] == "OPEN":
            self._think(snapshot["round"])
        elif snapshot["phase"] == "FINISHED":
            self._tell("finished", 0, is_live=False)

    def on_you(self, you: dict[str, Any]) -> None:
        if "graded" in you:
            self._note_grade(you["graded"], is_live=False)

    def on_return(self) -> None:
        for number in list(self._sent_ms):
            if not self.record.given[number].is_settled:
                self._disturbed.add(number)
                self._submit(number)

    def _note_grade(self, params: dict[str, Any], is_live: bool) -> None:
        self.record.graded[params["round"]] = params
        self._tell("graded", params["round"], is_live)

    def _tell(self, step: str, number: int, is_live: bool) -> None:
        self._room.on_step(step, number, self.record.id, is_live=is_live)

    def _think(self, number: int) -> None:
        if number in self.record.given:
            return
        rng = self.scene.rng
        answer, _ = rng.choice(self._room.asked[number - 1].answers)
        self.record.given[number] = Given(number, answer, rng.randbytes(16).hex())
        asyncio.get_running_loop().call_later(self.scene.plan.think.delay_s(rng), self._submit, number)

    def _submit(self, number: int) -> None:
        self._sent_ms.setdefault(number, self.scene.now_ms())
        if not self.is_connected:
            return  # on_return sends it
        given = self.record.given[number]
        params = {"round": number, "answer": given.answer, "id": given.id}
        self.send("answer.submit", params, lambda reply: self._take_reply(given, reply))

    def _take_reply(self, given: Given, reply: Message | None) -> None:
        if reply is None:
            return  # lost on the way; on_return sends it again
        if reply.error is not None:
            self._take_refusal(given, reply.error)
            return
        is_first = given.receipt is None
        self.record.confirm(given, reply.result or {})
        if is_first:
            figures = self.scene.figures
            times = figures.resumed_receipt_ms if given.round in self._disturbed else figures.receipt_ms
            times.append(self.scene.heard_ms() - self._sent_ms[given.round])
        self._tell("answered", given.round, is_live=True)

    def _take_refusal(self, given: Given, error: dict[str, Any]) -> None:
        data = error.get("data") or {}
        code = str(data.get("code") or error.get("code"))
        self.scene.figures.errors[code] += 1
        if code in AGAIN:
            wait_s = (data.get("retry_after_ms") or RETRY_MS) / 1000
            asyncio.get_running_loop().call_later(wait_s, self._submit, given.round)
            return
        given.refused = code
        self._tell("answered", given.round, is_live=True)
