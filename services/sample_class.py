"""The people of a rehearsal: they take seats, think and answer through the same services as real ones, without sockets.

What each answers its kind makes up (game/kinds/guessing.py), right or wrong by how much somebody knows.
"""

import asyncio
import logging
import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Any

from game.kinds import kind_of
from game.phases import Phase
from game.question import Question
from realtime.presence import Presence
from services.answering import Answers
from services.errors import ServiceError
from services.live import LiveRooms
from services.live_room import LiveRoom
from services.participants import Participants

logger = logging.getLogger(__name__)

# How a person on a phone is connected.
RTT_MS = 40
# What somebody takes to answer a question without a time limit is reckoned from this.
NO_LIMIT_S = 40


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast they are: half of them have answered after `think` of the time; tests are in a hurry."""

    join_s: float = 5.0
    think: float = 0.3
    think_most_s: float = 12.0


@dataclass(slots=True)
class SampleClass:
    """Of one room; `knows` is by participant how much they know, 0 to 1. `chance` decides everything."""

    live: LiveRooms
    presence: Presence
    participants: Participants
    answers: Answers
    chance: Random
    pace: Pace
    knows: dict[str, float] = field(default_factory=dict)

    async def join(self, pin: str, players: int) -> None:
        """One after the other; not all of them where somebody locks the room or starts it without latecomers."""
        for _ in range(players):
            await asyncio.sleep(self.chance.uniform(0, 2 * self.pace.join_s / players))
            client_id = str(uuid.uuid4())
            try:
                offered = await self.participants.names.offers(pin, client_id)
                joined = await self.participants.join(pin, offered[0], client_id)
            except ServiceError as error:
                logger.debug("a sample class is not complete: %s", error)
                return
            participant_id = joined["participant"]["id"]
            self.knows[participant_id] = self.chance.triangular(0.2, 0.98, 0.75)
            live = await self.live.by_pin(pin)
            self.presence.join(live.room.id, participant_id, client_id)
            self.live.people_changed(live)

    async def answer(self, live: LiveRoom, number: int) -> None:
        """Each when they have thought about it, as long as the round is open and they have their seat."""
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        for at_s, participant_id, answer in self._plan(live.content.question(number)):
            await asyncio.sleep(max(0.0, at_s - (loop.time() - began_s)))
            if live.room.phase is not Phase.OPEN or live.room.round != number:
                return
            if participant_id not in live.seats:
                continue
            try:
                await self.answers.submit(live, participant_id, number, answer, str(uuid.uuid4()), RTT_MS)
            except ServiceError as error:
                logger.debug("an answer of a sample class was refused: %s", error)

    def _plan(self, question: Question) -> list[tuple[float, str, dict[str, Any]]]:
        """[(seconds after the opening, who, what)] in that order; who has no idea may answer nothing."""
        kind, chance = kind_of(question), self.chance
        if not kind.takes_answers:
            return []
        half_s = min((question.time_limit_s or NO_LIMIT_S) * self.pace.think, self.pace.think_most_s)
        ease = chance.uniform(0.7, 1.2)
        plan = []
        for participant_id, knows in self.knows.items():
            answer = kind.guess(question, chance, chance.random() < knows * ease)
            if answer is not None:
                # Response times of people are skewed: a few take twice as long as most.
                plan.append((half_s * chance.lognormvariate(0, 0.45), participant_id, answer))
        return sorted(plan, key=lambda entry: entry[0])
