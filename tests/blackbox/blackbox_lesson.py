"""A whole lesson as a stranger gives it: 60 participants, four rounds, a SIGKILL in the third.

Plays and remembers; judging what came of it is the business of the tests.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Iterable
from typing import Any

from blackbox_http import Api, Json, Room
from blackbox_live import Host, LostError, Peer, Player
from blackbox_process import Service
from blackbox_rules import Asked

PLAYERS = 60
KILLED_ROUND = 3
DEADLINE_ROUND = 2


class Lesson:
    """One room of one service, its people, and what the host saw of each round."""

    def __init__(self, service: Service, api: Api, room: Room, asked: list[Asked], rng: random.Random) -> None:
        self.service, self.api, self.room, self.asked, self.rng = service, api, room, asked, rng
        assert api.token is not None
        self.host = Host(service.port, room.pin, api.token)
        screen = api.expect(200, "POST", f"/api/v1/rooms/{room.id}/screen")
        self.screen = Peer(service.port, room.pin, screen["token"])
        self.players: list[Player] = []
        # One in ten takes part and says nothing.
        self.silent: list[Player] = []
        self.opened_at: list[int] = []
        self.killed_at_ms = self.back_at_ms = 0
        self.in_flight = self.received_before_kill = 0

    @property
    def everyone(self) -> list[Peer]:
        return [self.host, self.screen, *self.players]

    @property
    def answering(self) -> list[Player]:
        return [player for player in self.players if player not in self.silent]

    async def gather(self, work: Iterable[Awaitable[Any]]) -> None:
        await asyncio.gather(*work)

    async def seat_everyone(self) -> None:
        """Joins by HTTP, then by socket; all stand at the same seq before the first round."""
        seats = [self.api.join(self.room.pin, f"Pupil {n:02} é", f"device-{n}") for n in range(PLAYERS)]
        self.players = [Player(self.service.port, self.room.pin, seat) for seat in seats]
        self.silent = self.players[::10]
        await self.gather(peer.join_room() for peer in self.everyone)

    async def play(self) -> None:
        """All rounds; the first is started, the others follow the one before."""
        for number in range(1, len(self.asked) + 1):
            await self.host.command("room.start" if number == 1 else "room.next")
            await self.wait_open(number)
            await self._answers(number)
            if number == DEADLINE_ROUND:
                await self.host.event("round.closed", round=number, deadline_s=15)
            else:
                await self.host.command("round.close", expect=self.host.seq)
            await self._revealed(number)
            if number % 2:
                shown = await self.host.command("room.standings")
                await self.gather(peer.event("standings.shown", seq=shown["seq"]) for peer in self.players)
        await self.host.command("room.next")
        await self.gather(player.event("participant.finished") for player in self.players)
        await self.gather(peer.event("room.ended") for peer in self.everyone)

    async def end(self) -> None:
        await self.gather(peer.close() for peer in self.everyone)

    async def wait_open(self, number: int) -> None:
        """Every peer holds `round.opened`; the host's says when the clock of the round began."""
        events = await asyncio.gather(*(peer.event("round.opened", round=number) for peer in self.everyone))
        self.opened_at.append(events[0]["opened_at"])

    async def _revealed(self, number: int) -> None:
        await self.gather(peer.event("round.closed", round=number) for peer in self.everyone)
        await self.gather(player.event("answer.graded", round=number) for player in self.players)

    async def _answers(self, number: int) -> None:
        answering = self.answering
        self.rng.shuffle(answering)
        if number == DEADLINE_ROUND:
            await self._drop_and_resume(answering[:5])
        if number == KILLED_ROUND:
            await self._answers_across_kill(number, answering)
        else:
            await self.gather(player.submit(number, self._choose(number)) for player in answering)

    def _send(self, number: int, players: list[Player]) -> list[asyncio.Task[Json]]:
        return [asyncio.create_task(player.submit(number, self._choose(number))) for player in players]

    def _choose(self, number: int) -> Json:
        answer, _ = self.rng.choice(self.asked[number - 1].answers)
        return answer

    async def _drop_and_resume(self, players: list[Player]) -> None:
        """Some phones lose their link in an open round; they come back to where they were."""
        await self.gather(player.close() for player in players)
        await self.gather(player.join_room() for player in players)

    async def _answers_across_kill(self, number: int, answering: list[Player]) -> None:
        """Some have receipts, some are in flight, some have not answered when the process dies."""
        third = len(answering) // 3
        await self.gather(player.submit(number, self._choose(number)) for player in answering[:third])
        burst = self._send(number, answering[third : 2 * third])
        await asyncio.wait(burst, return_when=asyncio.FIRST_COMPLETED)
        # With the first receipt of the burst another one goes out: the process dies while it arrives.
        burst += self._send(number, answering[2 * third :: 2])
        for _ in range(3):
            await asyncio.sleep(0)
        self.killed_at_ms = time.time_ns() // 1_000_000
        self.service.signal_kill()
        await self.gather(peer.lost() for peer in self.everyone)
        for outcome in await asyncio.gather(*burst, return_exceptions=True):
            assert isinstance(outcome, dict | LostError), outcome
        self.received_before_kill = sum(len(player.receipts) for player in self.players)
        self.in_flight = sum(len(player.unacknowledged) for player in self.players)
        await asyncio.to_thread(self.service.reap)
        await asyncio.to_thread(self.service.start)
        self.back_at_ms = time.time_ns() // 1_000_000
        await self.gather(peer.join_room() for peer in self.everyone)
        await self.gather(self._send_again(player) for player in answering)
        await self.gather(player.submit(number, self._choose(number)) for player in answering[2 * third + 1 :: 2])

    async def _send_again(self, player: Player) -> None:
        """All it ever sent, receipts or not: each id gets its one receipt, in any phase."""
        await player.resend_all()
        await self.gather(player.resend(answer_id) for answer_id in player.sent)
