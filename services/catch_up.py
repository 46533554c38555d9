"""Brings the rooms held here up to date with the database, whatever the other nodes' hints did or did not say.

Everything that is read is merged into what is held by ids, so it does no harm when it is read twice.
"""

import logging
from typing import NamedTuple

from clock import Clock, DatabaseClock
from models import nodes, participants, rooms
from models.database import Database
from realtime.node import Node
from realtime.presence import Presence
from services.background import BackgroundTasks
from services.hints import Hint, Hints, News
from services.live import LiveRooms
from services.live_room import LiveRoom
from services.merged import Merged
from services.tail import Standpoint, Tail, load_answers, load_tail

logger = logging.getLogger(__name__)

# A seat's or an answer's time is taken before its commit, so what is stored late may look old.
SEAT_MARGIN_MS = 5_000
ANSWER_MARGIN_MS = 60_000


class _Look(NamedTuple):
    """What the database says of all rooms held, at one moment; people and nodes only where there are other nodes."""

    database: tuple[float, float, float] | None  # its time, and between which of our moments
    seqs: dict[str, int]
    people: list[participants.Change]
    others_alive: int


class CatchUp:
    def __init__(
        self, db: Database, clock: DatabaseClock, live: LiveRooms, hints: Hints, node: Node, presence: Presence
    ) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._node = node
        self._presence = presence
        self._checked_at = clock.now_ms()
        # room → when the move began that the next catching up will bring, as its maker said.
        self._began: dict[str, tuple[int, int]] = {}
        self._rooms = Merged(self._read_room)
        self._moves = Merged(self._read_moves)
        self._answers = Merged(self._read_answers)
        self._all = Merged(self._check)
        # The check of the next second does again what fails here.
        self._background = BackgroundTasks(logger, "a room could not be brought up to date")
        live.on_behind = self.soon
        hints.on_hint = self._hinted

    def _hinted(self, room_id: str, hint: Hint) -> None:
        if hint.removed is not None:
            self._live.lose_seat(room_id, hint.removed)
            return
        self._live.reader.moved(room_id)
        live = self._live.held(room_id)
        if live is not None and hint.seq > live.room.seq:
            if hint.news is not None and hint.began_at is not None and _continues(live, hint.news):
                self._take_news(live, hint.news, hint.began_at)
                return
            if hint.began_at is not None:
                self._began[room_id] = (hint.seq, hint.began_at)
            self.soon(room_id)

    def _take_news(self, live: LiveRoom, news: News, began_at: int) -> None:
        given = {event.params["round"]: news.given() for event in news.events if event.name == "round.closed"}
        self._live.take_tail(live, Tail(news.room, news.events, given, [], {}), self._since_s(began_at))

    def _since_s(self, began_at: int) -> float:
        """The same moment by the monotonic clock."""
        return self._clock.monotonic_s() - (self._clock.now_ms() - began_at) / 1000

    def soon(self, room_id: str) -> None:
        self._background.spawn(self.room(room_id))

    async def room(self, room_id: str) -> None:
        """Reads what the room lacks and tells the connections."""
        await self._rooms.ask(room_id)

    async def _read_room(self, room_id: str) -> None:
        live = self._live.held(room_id)
        if live is not None:
            asked_at = self._clock.now_ms()
            if await self._read_tail(live, live.people_as_of - SEAT_MARGIN_MS):
                live.people_as_of = max(live.people_as_of, asked_at)

    async def _read_moves(self, room_id: str) -> None:
        """Like _read_room, without the people: they come by hundreds, and each of them asks."""
        live = self._live.held(room_id)
        if live is not None:
            await self._read_tail(live, None)

    async def _read_tail(self, live: LiveRoom, people_as_of: int | None) -> bool:
        """False when the room is not held any more."""
        room_id, asked_at = live.room.id, self._clock.now_ms()
        at = Standpoint(room_id, live.room.seq, live.room.round, people_as_of)
        tail = await self._db.read(load_tail, at)
        # From here on nothing waits: what happens next happens to what is held.
        if tail is None or self._live.held(room_id) is not live:
            return False
        seq, began_at = self._began.get(room_id, (0, 0))
        if tail.room.seq >= seq:
            self._began.pop(room_id, None)
        began_s = self._since_s(began_at)
        if tail.room.round != live.room.round:
            live.answers_as_of = (tail.room.round, asked_at)
        self._live.take_tail(live, tail, began_s if seq and tail.room.seq >= seq else None)
        return True

    async def check(self) -> None:
        """One look into the database for all rooms held; whoever fell behind catches up. To be called every second."""
        await self._all.ask("")

    async def check_while_down(self) -> None:
        """To be called four times a second: the check alone tells of other nodes while the broker does not."""
        if self._node.broker.is_shared and not self._node.broker.is_up:
            await self.check()

    def check_soon(self) -> None:
        """News from other nodes may have been lost."""
        for live in self._live:
            live.is_doubtful = True
        self._background.spawn(self.check())

    async def _check(self, key: str) -> None:
        held = {live.room.id: live for live in self._live}
        is_shared = self._node.broker.is_shared
        if not held and not is_shared:
            return
        asked_at = self._clock.now_ms()
        since = self._checked_at - SEAT_MARGIN_MS
        look = await self._db.read(_look, list(held), since, self._clock, self._node.id if is_shared else None)
        self._checked_at = asked_at
        self._node.others_alive = look.others_alive
        if look.database is not None:
            self._clock.set_by(*look.database)
        self._live.take_people(look.people)
        if is_shared:
            self._doubt(held)
        for room_id, seq in look.seqs.items():
            if held[room_id].room.seq < seq:
                await self.room(room_id)
        for room_id, live in held.items():
            if live.is_doubtful and live.room.round:
                await self._answers.ask(room_id)

    def _doubt(self, held: dict[str, LiveRoom]) -> None:
        """Rooms of whose answers on other nodes we may not have heard."""
        is_cut_off = not self._node.broker.is_up and self._node.others_alive > 0
        for live in held.values():
            live.is_doubtful |= is_cut_off
        for room_id in self._presence.expire():
            concerned = self._live.held(room_id)
            if concerned is not None:
                concerned.is_doubtful = True
                self._live.people_changed(concerned)

    async def for_subscriber(self, live: LiveRoom, participant_id: str | None, after: int) -> None:
        """Before somebody is told how the room stands: reads what this node has not heard of them.

        Asks nothing for those it knows. However many come at once, they share a read or two.
        """
        if not self._node.broker.is_shared:
            return
        room_id = live.room.id
        is_stranger = participant_id is not None and not self._presence.was_here(room_id, participant_id)
        if participant_id is not None and participant_id not in live.seats:
            await self._rooms.ask(room_id)
        elif is_stranger or after > live.room.seq:
            await self._moves.ask(room_id)
        if participant_id is None:
            return
        receipt = live.answered.get(participant_id)
        if receipt is not None:
            is_known = receipt.answer is not None
        else:
            is_known = not live.is_doubtful and not is_stranger
        if live.room.round and not is_known:
            await self._answers.ask(room_id)

    def answers_soon(self, room_id: str) -> None:
        self._background.spawn(self._answers.ask(room_id))

    async def _read_answers(self, room_id: str) -> None:
        live = self._live.held(room_id)
        if live is None or not live.room.round:
            return
        number, asked_at = live.room.round, self._clock.now_ms()
        known_round, as_of = live.answers_as_of
        since = as_of - ANSWER_MARGIN_MS if known_round == number else 0
        live.is_doubtful = False
        try:
            found = await self._db.read(load_answers, room_id, number, since)
        except BaseException:
            live.is_doubtful = True
            raise
        live.answers_as_of = (number, asked_at)
        live.learn_answers(found)
        self._live.people_changed(live)

    async def settle(self) -> None:
        await self._background.settle()


def _continues(live: LiveRoom, news: News) -> bool:
    """The move begins where this node stands, of the same life of the room, and nothing of it is missing."""
    seqs = [event.seq for event in news.events]
    is_next = seqs == list(range(live.room.seq + 1, news.room.seq + 1)) and news.room.epoch == live.room.epoch
    return is_next and (news.grades is not None or not any(event.name == "round.closed" for event in news.events))


def _look(room_ids: list[str], since: int, clock: Clock, node_id: str | None) -> _Look:
    asked_s = clock.monotonic_s()
    database_ms = nodes.database_ms()
    answered_s = clock.monotonic_s()
    database = None if database_ms is None else (database_ms, asked_s, answered_s)
    seqs = rooms.seqs_of(room_ids) if room_ids else {}
    if node_id is None:
        return _Look(database, seqs, [], 0)
    people = participants.changed_since(room_ids, since)
    others = nodes.others_alive(node_id, clock.now_ms() - nodes.ALIVE_WITHIN_MS)
    return _Look(database, seqs, people, others)


async def learn_time(db: Database, clock: DatabaseClock) -> None:
    """Before a node begins: the time as all nodes of this database have it."""
    look = await db.read(_look, [], 0, clock, None)
    if look.database is not None:
        clock.set_by(*look.database)
