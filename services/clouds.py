"""The words of an open word cloud, for host and screen: all nodes', as the database has them, while they come in."""

import asyncio
import logging
from typing import Any

import msgspec

from game.content import Content
from game.kinds import kind_of
from game.phases import Phase
from game.views import Audience
from models.answers import answer_counts
from models.database import Database
from realtime.hub import Hub
from realtime.presence import Presence
from realtime.protocol import encode_event
from services.background import BackgroundTasks
from services.live import LiveRooms, topic
from services.live_room import LiveRoom
from services.masking import masked
from services.subscriptions import Subscriptions

logger = logging.getLogger(__name__)

EVERY_S = 1.0
# Of a large room less often: what thousands wrote takes a while to read.
ANSWERS_PER_S = 2000
STAFF = (Audience.HOST, Audience.SCREEN)


class Clouds:
    def __init__(
        self, db: Database, live: LiveRooms, hub: Hub, presence: Presence, subscriptions: Subscriptions
    ) -> None:
        self._db = db
        self._live = live
        self._hub = hub
        self._presence = presence
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._background = BackgroundTasks(logger, "a word cloud could not be told")
        live.on_people.append(self.mark)
        subscriptions.on_watched.append(self.mark)

    def mark(self, live: LiveRoom) -> None:
        """Somebody answered, or has begun to look: the cloud is told soon, once for all that happens until then."""
        room_id = live.room.id
        if room_id in self._timers or not _grows(live) or not self._staff(room_id):
            return
        every_s = max(EVERY_S, len(live.answered) / ANSWERS_PER_S)
        self._timers[room_id] = asyncio.get_running_loop().call_later(every_s, self._begin, room_id)

    def _staff(self, room_id: str) -> list[str]:
        """The topics of those who look, here."""
        topics = [topic(room_id, audience) for audience in STAFF]
        return [name for name in topics if self._hub.subscribers(name)]

    def _begin(self, room_id: str) -> None:
        self._timers.pop(room_id, None)
        live = self._live.held(room_id)
        if live is not None and _grows(live):
            self._background.spawn(self._tell(live, live.room.round))

    async def _tell(self, live: LiveRoom, number: int) -> None:
        cloud = await self._db.read(_read, live.content, live.room.id, number)
        if not _grows(live) or live.room.round != number:
            return
        params = {
            "room": live.room.pin,
            "round": number,
            "answered": len(live.answered),
            "connected": self._presence.count(live.room.id),
            "cloud": cloud,
        }
        text = encode_event("round.progress", params)
        for name in self._staff(live.room.id):
            self._hub.broadcast(name, text, ephemeral=True)

    async def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        await self._background.settle()


def _grows(live: LiveRoom) -> bool:
    """The round on stage is open, and everybody is to see what is written while it is."""
    return live.room.phase is Phase.OPEN and kind_of(live.content.question(live.room.round)).has_cloud


def _read(content: Content, room_id: str, number: int) -> list[dict[str, Any]]:
    """[{value, count}], the most frequent first."""
    question = content.question(number)
    kind = kind_of(question)
    given = []
    for text, count in answer_counts(room_id, number):
        given += [kind.parse_answer(question, msgspec.json.decode(text))] * count
    values = masked(kind.distribution(question, given), content.quiz.language)["values"]
    return [{"value": entry["value"], "count": entry["count"]} for entry in values]
