"""The rooms this node holds, and telling its connections what happened in them.

Events come in seq order or are fetched from the database; whatever the way, a browser never sees a gap.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from clock import Clock
from game.phases import Phase
from game.room import Event
from game.views import Audience
from models import participants, rooms
from models.database import Database
from realtime.codes import CloseCode
from realtime.hub import Hub, TextFor
from realtime.ignore import ignore
from realtime.presence import Presence
from realtime.protocol import encode_event
from services.background import BackgroundTasks
from services.contents import Contents
from services.errors import NotFound
from services.hints import Hints
from services.live_room import LiveRoom, Receipt
from services.room_reader import Change, RoomReader
from services.tail import Tail
from services.transitions import Made

logger = logging.getLogger(__name__)

UNKNOWN_PIN = "That PIN isn't in use right now. Check it with your teacher."
OVER = "This quiz is over."


def topic(room_id: str, audience: Audience) -> str:
    return f"room:{room_id}:{audience}"


def _own_event(name: str, params_of: Callable[[str], Any]) -> TextFor:
    def text_for(participant_id: str) -> str | None:
        params = params_of(participant_id)
        return None if params is None else encode_event(name, params)

    return text_for


class LiveRooms:
    """`on_changed(live)` is called after a room got events, `on_people(live)` after a seat or answers.

    `on_seat(live, participant, nickname)` and `on_answers(live, receipts)` are called for what this node stored itself;
    `on_behind(room_id)` when a room must be read because something is missing. `on_delivered(seconds)` is called when
    the last player here was served an event: since the host's command, or since the move was due.
    """

    def __init__(
        self, db: Database, clock: Clock, contents: Contents, hub: Hub, hints: Hints, presence: Presence
    ) -> None:
        self._db = db
        self._clock = clock
        self._hub = hub
        self._hints = hints
        self._presence = presence
        self._rooms: dict[str, LiveRoom] = {}
        self._pins: dict[str, str] = {}
        self._loading: dict[str, asyncio.Future[LiveRoom]] = {}
        self.reader = RoomReader(db, clock, contents)
        self._background = BackgroundTasks(logger, "a room could not be let go of")
        self.on_changed: list[Callable[[LiveRoom], None]] = []
        self.on_people: list[Callable[[LiveRoom], None]] = []
        self.on_seat: list[Callable[[LiveRoom, str, str], None]] = []
        self.on_answers: list[Callable[[LiveRoom, dict[str, Receipt]], None]] = []
        self.on_dropped: list[Callable[[LiveRoom], None]] = []
        self.on_behind: Callable[[str], None] = lambda room_id: None
        self.on_delivered: Callable[[float], None] = lambda seconds: None

    def __iter__(self) -> Iterator[LiveRoom]:
        return iter(list(self._rooms.values()))

    def held(self, room_id: str | None) -> LiveRoom | None:
        return self._rooms.get(room_id) if room_id is not None else None

    async def by_pin(self, pin: str) -> LiveRoom:
        """The room people mean by this PIN: the live one, else the last one. Raises NotFound."""
        room_id = self._pins.get(pin)
        if room_id is None:
            row = await self._db.read(rooms.room_by_pin, pin)
            if row is None:
                raise NotFound(UNKNOWN_PIN)
            room_id = row.id
        return await self.hold(room_id)

    async def hold(self, room_id: str) -> LiveRoom:
        """The room, read from the database when this node does not hold it yet. Raises NotFound."""
        live = self._rooms.get(room_id)
        if live is None:
            if room_id not in self._loading:
                self._loading[room_id] = asyncio.ensure_future(self._load(room_id))
            live = await asyncio.shield(self._loading[room_id])
        live.used_at = self._clock.now_ms()
        return live

    async def _load(self, room_id: str) -> LiveRoom:
        try:
            # Before reading, so that nothing happens unheard between the two.
            await self._hints.follow(room_id)
            live = await self.reader.read(room_id)
            if live is None:
                await self._hints.unfollow(room_id)
                raise NotFound("There is no such room.")
            live.used_at = self._clock.now_ms()
            self._rooms[room_id] = live
            if live.room.phase is not Phase.FINISHED:
                self._pins[live.room.pin] = room_id
            self._tell(self.on_changed, live)
            return live
        finally:
            self._loading.pop(room_id, None)

    def _change(self, room_id: str, change: Change) -> LiveRoom | None:
        """The held room, changed; None when it is not held. A room that is being read is changed too, when it is."""
        self.reader.changed(room_id, change)
        live = self._rooms.get(room_id)
        if live is not None:
            change(live)
        return live

    def made(self, made: Made) -> None:
        """A move of this node was committed."""
        room = made.step.room
        self.reader.moved(room.id)
        live = self._rooms.get(room.id)
        if live is not None:
            events = [event for event in made.step.events if event.seq > live.room.seq]
            if events and events[0].seq == live.room.seq + 1:
                if made.grades is not None:
                    live.take_grades(made.grades, made.step.events[0].params["round"])
                for event in events:
                    live.apply(room, event)
                self._broadcast(live, events, lambda: self._delivered(live, made.began_s))
            elif events:
                self.on_behind(room.id)
        began_ago_s = self._clock.monotonic_s() - made.began_s
        began_at = self._clock.now_ms() - round(began_ago_s * 1000)
        self._hints.moved(room, made.step.events, made.grades, began_at)

    def take_tail(self, live: LiveRoom, tail: Tail, began_s: float | None) -> None:
        """What the database has more of a held room; with `began_s`, since when its last move is waited for."""
        self.take_people(tail.people)
        missed = [event for event in tail.events if event.seq > live.room.seq]
        for event in missed:
            if event.name == "round.closed":
                number = event.params["round"]
                live.take_grades(tail.grades[number], number)
            live.apply(tail.room, event)
            is_last = event is missed[-1] and began_s is not None
            self._broadcast(live, [event], (lambda: self._delivered(live, began_s or 0.0)) if is_last else ignore)
        if tail.answers:
            live.learn_answers(tail.answers)
            self.people_changed(live)

    def take_people(self, people: list[participants.Change]) -> None:
        """Who joined rooms that are held, or lost their seat, as the database has it."""
        changed: dict[str, LiveRoom] = {}
        for change in people:
            live = self._rooms.get(change.room_id)
            if live is None or (change.id in live.seats) is not change.is_removed:
                continue
            if change.is_removed:
                self.lose_seat(change.room_id, change.id)
            elif change.id not in live.removed:
                live.take_seat(change.id, change.nickname)
                changed[change.room_id] = live
        for live in changed.values():
            self.people_changed(live)

    def learn(self, room_id: str, receipts: dict[str, Receipt]) -> None:
        """Answers that were stored on whatever node."""
        self._change(room_id, lambda live: live.learn_answers(receipts))

    def _delivered(self, live: LiveRoom, began_s: float) -> None:
        seconds = self._clock.monotonic_s() - began_s
        live.lag_ms = round(seconds * 1000, 2)
        self.on_delivered(seconds)

    def _broadcast(self, live: LiveRoom, events: list[Event], delivered: Callable[[], None] = ignore) -> None:
        """`delivered` is called for each event that players here were sent, after the last of them."""
        for event in events:
            for audience in Audience:
                text = encode_event(event.name, live.params_for(event, audience))
                name = topic(live.room.id, audience)
                if audience is Audience.PLAYERS:
                    own = self._own(live, event.name)
                    self._hub.broadcast(name, text, ephemeral=False, own=own, done=delivered)
                else:
                    self._hub.broadcast(name, text, ephemeral=False)
            if event.name == "room.ended":
                self._pins.pop(live.room.pin, None)
        self._tell(self.on_changed, live)

    def _own(self, live: LiveRoom, name: str) -> TextFor | None:
        """What each participant is told of their own behind the event of that name."""
        if name == "round.closed":
            return _own_event("answer.graded", live.grader())
        if name == "room.ended":
            return _own_event("participant.finished", partial(self._place, live))
        return None

    def _place(self, live: LiveRoom, participant_id: str) -> dict[str, Any] | None:
        """Where somebody ended; who has no graded round shares the last place with a score of 0."""
        if participant_id not in live.seats:
            return None
        graded, of = live.standing.get(participant_id), len(live.seats)
        rank = graded.rank if graded else min(len(live.standing) + 1, of)
        return {"room": live.room.pin, "rank": rank, "score": graded.score if graded else 0, "of": of}

    def joined(self, room_id: str, participant_id: str, nickname: str) -> None:
        live = self._change(room_id, lambda live: live.take_seat(participant_id, nickname))
        if live is not None:
            for listener in self.on_seat:
                listener(live, participant_id, nickname)
            self.people_changed(live)

    def take_names(self, room_id: str, names: list[tuple[str, str]]) -> None:
        """Seats that were taken on another node: (id, nickname)."""

        def change(live: LiveRoom) -> None:
            for participant_id, nickname in names:
                live.take_seat(participant_id, nickname)

        self._change(room_id, change)

    def stored(self, room_id: str, receipts: dict[str, Receipt]) -> None:
        """Answers of these participants were committed together."""
        live = self._change(room_id, lambda live: live.take_answers(receipts))
        if live is not None:
            for listener in self.on_answers:
                listener(live, receipts)
            self.people_changed(live)

    def removed(self, room_id: str, participant_id: str) -> None:
        """This node took the seat away; all nodes do what follows."""
        self.lose_seat(room_id, participant_id)
        self._hints.removed(room_id, participant_id)

    def lose_seat(self, room_id: str, participant_id: str) -> None:
        """The seat is gone: its person is told, then their sockets close."""
        live = self._change(room_id, lambda live: live.lose_seat(participant_id))
        if live is None:
            return
        params = {"room": live.room.pin, "participant": participant_id}
        self._hub.send_to_user(participant_id, encode_event("participant.kicked", params), ephemeral=False)
        self._hub.close_user(participant_id, CloseCode.KICKED)
        self.people_changed(live)

    def drop(self, live: LiveRoom) -> None:
        """This node holds the room no longer."""
        self._rooms.pop(live.room.id, None)
        if self._pins.get(live.room.pin) == live.room.id:
            del self._pins[live.room.pin]
        self._presence.forget(live.room.id)
        self._tell(self.on_dropped, live)
        self._background.spawn(self._hints.unfollow(live.room.id))

    def people_changed(self, live: LiveRoom) -> None:
        """Somebody came, went, answered or lost their seat."""
        self._tell(self.on_people, live)

    def _tell(self, listeners: list[Callable[[LiveRoom], None]], live: LiveRoom) -> None:
        for listener in listeners:
            listener(live)

    async def stop(self) -> None:
        await self._background.settle()
