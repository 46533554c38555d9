"""What nodes tell each other of the rooms they hold: that there is something new in the database.

It may be lost: whoever holds a room compares its seq with the database's every second (catch_up.py). A small move comes
along with it, for those who stand exactly where it begins; all others read (docs/adr/0010).
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import astuple

from game.room import Event, Room
from game.standings import Grade
from realtime.node import Node
from services.background import BackgroundTasks

logger = logging.getLogger(__name__)

LOG = "log:"
PEOPLE = "people:"
# Of a larger room the grades are read: to take them out of a message would hold the loop for longer than that.
GRADES_MOST = 500


class News(msgspec.Struct, frozen=True, omit_defaults=True):
    """A move as its maker has committed it: the room after it and its events; the grades when it closed a round."""

    room: Room
    events: list[Event]
    grades: list[tuple[Any, ...]] | None = None

    def given(self) -> list[Grade]:
        return [Grade(*row) for row in self.grades or ()]


class Hint(msgspec.Struct, frozen=True, omit_defaults=True):
    """On `log:<room>`. `began_at` is when the host's command came or the move was due; `removed` lost their seat."""

    node: str
    seq: int = 0
    began_at: int | None = None
    removed: str | None = None
    news: News | None = None


class Hints:
    """`on_hint(room_id, hint)` is called for those of other nodes."""

    def __init__(self, node: Node) -> None:
        self._node = node
        # The check of the next second finds what could not be told.
        self._background = BackgroundTasks(logger, "a hint could not be published")
        self.on_hint: Callable[[str, Hint], None] = lambda room_id, hint: None
        node.on(LOG, self._received)

    async def follow(self, room_id: str) -> None:
        """From now on nothing is published of the room that this node does not hear, as far as anybody hears it."""
        await self._node.follow(LOG + room_id, PEOPLE + room_id)

    async def unfollow(self, room_id: str) -> None:
        await self._node.unfollow(LOG + room_id, PEOPLE + room_id)

    def moved(self, room: Room, events: Sequence[Event], grades: Sequence[Grade] | None, began_at: int) -> None:
        if not self._node.broker.is_shared:
            return
        news = None
        if len(grades or ()) <= GRADES_MOST:
            news = News(room, list(events), None if grades is None else [astuple(grade) for grade in grades])
        self._publish(room.id, Hint(self._node.id, room.seq, began_at, news=news))

    def removed(self, room_id: str, participant_id: str) -> None:
        self._publish(room_id, Hint(self._node.id, removed=participant_id))

    def _publish(self, room_id: str, hint: Hint) -> None:
        if self._node.broker.is_shared:
            self._background.spawn(self._node.publish(LOG + room_id, msgspec.json.encode(hint)))

    def _received(self, name: str, payload: bytes) -> None:
        hint = msgspec.json.decode(payload, type=Hint)
        if hint.node != self._node.id:
            self.on_hint(name.removeprefix(LOG), hint)

    async def settle(self) -> None:
        await self._background.settle()
