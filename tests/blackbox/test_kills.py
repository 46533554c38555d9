"""SIGKILL at random moments of answer bursts: whatever had a receipt is in the results, once and unchanged.

QUIZHALL_KILLS raises the number of kills, QUIZHALL_SEED repeats a run.
"""

import asyncio
import contextlib
import logging
import os
import random
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from blackbox_http import Api, Json, Room
from blackbox_live import Host, LostError, Peer, Player
from blackbox_process import Service

logger = logging.getLogger(__name__)
pytestmark = pytest.mark.process
KILLS = int(os.environ.get("QUIZHALL_KILLS") or 10)
ROUNDS_OF_A_ROOM = 50
PLAYERS = 40
# Answers that are on their way at the same time: each line of senders goes on with the receipt of the one before.
LINES = 8
# About as long as a batch of answers takes to be stored.
COMMIT_S = 0.003
KILL_DEADLINE_S = 30.0
QUESTION = {
    "kind": "single",
    "prompt": "Which one?",
    "choices": [{"text": "this", "correct": True}, {"text": "that"}, {"text": "neither"}],
    "time_limit_s": None,
}
SETTINGS = {"read_time_s": 0, "close_when_all_answered": False, "scoring": "speed"}


class Burst:
    """One room; each of its rounds has no end of its own and takes one burst of answers and one kill."""

    def __init__(self, service: Service, rng: random.Random, rounds: int) -> None:
        self.service, self.rng, self.rounds = service, rng, rounds
        self.api = Api(service.port).login()
        quiz_id = self.api.quiz([QUESTION] * rounds)
        self.room: Room = self.api.room(quiz_id, **SETTINGS)
        seats = [self.api.join(self.room.pin, f"Pupil {number}") for number in range(PLAYERS)]
        self.players = [Player(service.port, self.room.pin, seat) for seat in seats]
        assert self.api.token is not None
        self.host = Host(service.port, self.room.pin, self.api.token)
        # (receipts, answers without one) at the moment of each kill.
        self.moments: list[tuple[int, int]] = []
        # For each kill whether the round was found closed afterwards.
        self.survived: list[bool] = []

    @property
    def everyone(self) -> list[Peer]:
        return [self.host, *self.players]

    async def play(self, round_and_kill: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        """All rounds, a kill in each."""
        await self._connect()
        for number in range(1, self.rounds + 1):
            await asyncio.wait_for(round_and_kill(number), KILL_DEADLINE_S)
        await self.host.command("room.next")
        await asyncio.gather(*(peer.event("room.ended") for peer in self.everyone))
        await asyncio.gather(*(peer.close() for peer in self.everyone))

    async def _connect(self) -> None:
        await asyncio.gather(*(peer.join_room() for peer in self.everyone))

    async def answer_and_kill(self, number: int) -> None:
        """The kill comes while answers are; everyone sends again and the host closes the round."""
        await self.host.command("room.start" if number == 1 else "room.next")
        await asyncio.gather(*(player.event("round.opened", round=number) for player in self.players))
        await self._burst_and_kill(number)
        await asyncio.to_thread(self.service.reap)
        await asyncio.to_thread(self.service.start)
        await self._connect()
        # All of it, acknowledged or not; a receipt that differs from the first is noted as a fault.
        await asyncio.gather(*(player.resend(self._newest(player)) for player in self.players))
        await self.host.command("round.close")
        await asyncio.gather(*(player.event("answer.graded", round=number) for player in self.players))

    async def _burst_and_kill(self, number: int) -> None:
        """The kill comes a random moment after a random receipt, while the next answers are on their way."""
        loop = asyncio.get_running_loop()
        killed = asyncio.Event()
        last_receipt = self.rng.randrange(PLAYERS - LINES)
        receipts = 0

        def kill() -> None:
            self.service.signal_kill()
            killed.set()

        def count() -> None:
            nonlocal receipts
            if receipts == last_receipt:
                loop.call_later(self.rng.uniform(0.0, COMMIT_S), kill)
            receipts += 1

        async def line(players: list[Player]) -> None:
            for player in players:
                with contextlib.suppress(LostError):
                    await player.submit(number, {"choices": [self.rng.randrange(3)]})
                    count()

        senders = self.rng.sample(self.players, PLAYERS)
        lines = [asyncio.create_task(line(senders[first::LINES])) for first in range(LINES)]
        count()
        await killed.wait()
        await asyncio.gather(*(peer.lost() for peer in self.everyone))
        await asyncio.gather(*lines)
        flying = sum(bool(player.unacknowledged) for player in self.players)
        self.moments.append((PLAYERS - flying, flying))

    async def close_and_kill(self, number: int) -> None:
        """The kill comes while the round is being closed: it is closed for everyone then, or still open."""
        await self.host.command("room.start" if number == 1 else "room.next")
        await asyncio.gather(*(player.event("round.opened", round=number) for player in self.players))
        await asyncio.gather(*(player.submit(number, {"choices": [0]}) for player in self.players))
        killed = asyncio.Event()

        def kill() -> None:
            self.service.signal_kill()
            killed.set()

        closing = asyncio.create_task(self.host.command("round.close"))
        asyncio.get_running_loop().call_later(self.rng.uniform(0.0, 6 * COMMIT_S), kill)
        await killed.wait()
        await asyncio.gather(*(peer.lost() for peer in self.everyone))
        await asyncio.gather(closing, return_exceptions=True)
        await asyncio.to_thread(self.service.reap)
        await asyncio.to_thread(self.service.start)
        await self._connect()
        self.survived.append(self._is_closed(number))
        if not self.survived[-1]:
            await self.host.command("round.close")
        await asyncio.gather(
            *(player.until(lambda p=player: knows_grade(p, number), "grade") for player in self.players)
        )

    def _is_closed(self, number: int) -> bool:
        events = [event for event in self.host.events.values() if event["method"] == "round.closed"]
        return any(event["params"]["round"] == number for event in events)

    @staticmethod
    def _newest(player: Player) -> str:
        return list(player.sent)[-1]


def test_no_kill_loses_doubles_or_changes_an_answer(make_service: Callable[..., Service], rng: random.Random) -> None:
    """Every answer has one receipt, the same before and after, and one place in the results."""
    service = make_service()
    moments: list[tuple[int, int]] = []
    for first in range(0, KILLS, ROUNDS_OF_A_ROOM):
        burst = Burst(service, rng, min(ROUNDS_OF_A_ROOM, KILLS - first))
        asyncio.run(burst.play(burst.answer_and_kill))
        moments += burst.moments
        faults = [fault for peer in burst.everyone for fault in peer.faults]
        assert not faults, faults[:10]
        check_results(burst)
    logger.info("receipts and answers in flight at each kill: %s", moments)
    assert service.starts == KILLS + 1
    mixed = sum(bool(received and flying) for received, flying in moments)
    assert mixed * 4 >= KILLS if KILLS >= 20 else mixed, f"too few kills came in the middle of a burst: {moments}"


def test_no_kill_leaves_a_round_half_closed(make_service: Callable[..., Service], rng: random.Random) -> None:
    """Whatever moment of the closing it hits: one `round.closed`, a grade for everyone, the same log for all."""
    burst = Burst(make_service(), rng, max(5, KILLS // 4))
    asyncio.run(burst.play(burst.close_and_kill))
    logger.info("rounds that were closed when the process died: %s", burst.survived)
    faults = [fault for peer in burst.everyone for fault in peer.faults]
    assert not faults, faults[:10]
    check_results(burst)


def knows_grade(player: Player, number: int) -> bool:
    """The grade came as an event or, when that was lost with the process, in the reply to the subscription."""
    graded = [event["params"] for event in player.others if event["method"] == "answer.graded"]
    held = (player.you or {}).get("graded")
    return any(one["round"] == number and one["correct"] is True for one in [*graded, *([held] if held else [])])


def check_results(burst: Burst) -> None:
    """The results hold what was sent and when the receipt said, nothing else; the log is the same for all."""
    results = burst.api.results(burst.room)
    rows: dict[str, Json] = {row["id"]: row for row in results["participants"]}
    assert set(rows) == {player.id for player in burst.players}
    for player in burst.players:
        told = [
            (receipt["round"], player.sent[answer_id]["answer"], receipt["received_at"])
            for answer_id, receipt in player.receipts.items()
        ]
        stored = [(entry["round"], entry["answer"], entry["received_at"]) for entry in rows[player.id]["answers"]]
        assert sorted(told, key=lambda one: one[0]) == stored, player.nickname
        assert rows[player.id]["score"] == sum(1000 for entry in stored if entry[1] == {"choices": [0]}), (
            "without a time limit a right answer is worth all of its points"
        )
        assert player.events == burst.players[0].events, player.nickname
    assert [entry["answered"] for entry in results["rounds"]] == [PLAYERS] * burst.rounds
    for entry in results["rounds"]:
        assert sum(entry["distribution"]["counts"]) == PLAYERS
