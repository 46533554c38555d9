"""What each node says of a room's people: how many are with it, how many of them it waits for, who came and answered.

Ephemeral and cumulative: a share that is lost heals with the next one, and one that is not renewed is dropped, so the
people of a node that died do not haunt the room. Counts that are shown are sums of shares; who has answered is the
union of ids.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, NamedTuple

import msgspec

from clock import Clock
from game.phases import Phase
from realtime.node import Node
from realtime.presence import Presence
from services.background import BackgroundTasks
from services.catch_up import CatchUp
from services.hints import PEOPLE
from services.live import LiveRooms
from services.live_room import LiveRoom, Receipt

logger = logging.getLogger(__name__)

# At most so often when something changes, and so often while somebody is there.
CHANGED_EVERY_S = 0.25
RENEWED_EVERY_S = 2.0
# The people of a node that died are waited for as long as others who are gone: they may be on their way to another.
WAITED_FOR_S = 15.0
NAMES_MOST = 50
ANSWERS_MOST = 1000


class Share(msgspec.Struct, frozen=True, omit_defaults=True):
    """On `people:<room>`. `missing` is how many of those expected there have no stored answer in `round`.

    `stored` is how many answers of the round the node has stored so far, those in `answers` included: by it a node
    that lost a share notices. `names` and `answers` are what is new since the last one.
    """

    node: str
    at: int
    round: int
    seq: int
    present: int = 0
    missing: int = 0
    stored: int = 0
    names: list[tuple[str, str]] = []
    answers: list[tuple[str, str, int]] = []  # participant, submission id, received at


class _Heard(NamedTuple):
    """Of another node's last share of a room."""

    at_s: float
    round: int
    is_concerned: bool
    missing: int
    stored: int


class _Own:
    """What this node has told of a room, and what it has not yet."""

    __slots__ = ("answers", "names", "round", "stored", "timer", "told", "told_s")

    def __init__(self) -> None:
        self.told_s = float("-inf")
        self.told: tuple[int, ...] = ()
        self.timer: asyncio.TimerHandle | None = None
        self.names: list[tuple[str, str]] = []
        self.answers: list[tuple[str, str, int]] = []
        self.round = 0
        self.stored = 0


def expected_here(live: LiveRoom, presence: Presence) -> frozenset[str]:
    """Of this node's participants those whose answer in the round is waited for."""
    return frozenset(presence.expected(live.room.id, live.room.opened_at or 0) & live.seats.keys())


class Shares:
    """`renew` wants to be called every second."""

    def __init__(self, clock: Clock, live: LiveRooms, catch_up: CatchUp, node: Node, presence: Presence) -> None:
        self._clock = clock
        self._live = live
        self._catch_up = catch_up
        self._node = node
        self._presence = presence
        self._own: dict[str, _Own] = {}
        self._heard: dict[str, dict[str, _Heard]] = {}
        # The next share says what this one could not.
        self._background = BackgroundTasks(logger, "a share could not be published")
        node.on(PEOPLE, self._received)
        if node.broker.is_shared:
            live.on_people.append(self.mark)
            live.on_changed.append(self.mark)
            live.on_seat.append(self._joined)
            live.on_answers.append(self._stored)
            live.on_dropped.append(self._forget)

    def nobody_missing_elsewhere(self, live: LiveRoom) -> bool:
        """As far as is known, and never by a guess: false while nothing is heard of other nodes that live."""
        if not self._node.broker.is_shared:
            return True
        if not self._node.broker.is_up:
            return not self._node.others_alive
        bound_s = self._clock.monotonic_s() - WAITED_FOR_S
        heard = self._heard.get(live.room.id, {}).values()
        fresh = [share for share in heard if share.is_concerned and share.at_s >= bound_s]
        return all(share.round == live.room.round and not share.missing for share in fresh)

    # Out

    def _joined(self, live: LiveRoom, participant_id: str, nickname: str) -> None:
        self._of(live).names.append((participant_id, nickname))

    def _stored(self, live: LiveRoom, receipts: dict[str, Receipt]) -> None:
        own = self._of(live)
        new = [(id, receipt.id, receipt.received_at) for id, receipt in receipts.items() if receipt.round == own.round]
        own.answers += new
        own.stored += len(new)

    def _of(self, live: LiveRoom) -> _Own:
        own = self._own.get(live.room.id)
        if own is None:
            own = self._own[live.room.id] = _Own()
        if own.round != live.room.round:
            own.round, own.stored = live.room.round, 0
            own.answers.clear()
        return own

    def mark(self, live: LiveRoom) -> None:
        """Something may have changed here: it is told at once, or together with what else changes until it may be.

        The first who comes does not wait: else another node might close a round that they are in.
        """
        own = self._of(live)
        is_first = not any(own.told[2:]) and self._presence.count_here(live.room.id) > 0
        if own.timer is not None and is_first:
            own.timer.cancel()
        if own.timer is None or is_first:
            loop = asyncio.get_running_loop()
            wait_s = 0.0 if is_first else own.told_s + CHANGED_EVERY_S - loop.time()
            own.timer = loop.call_later(max(0.0, wait_s), self._tell, live, False)

    def renew(self) -> None:
        """Says again what stands where it has not been said for a while; forgets what the silent said."""
        if not self._node.broker.is_shared:
            return
        due_s = asyncio.get_running_loop().time() - RENEWED_EVERY_S
        for live in self._live:
            own = self._of(live)
            if own.told_s <= due_s and (any(own.told[2:]) or self._presence.count_here(live.room.id)):
                self._tell(live, True)

    def _tell(self, live: LiveRoom, is_renewal: bool) -> None:
        own = self._of(live)
        if own.timer is not None:
            own.timer.cancel()
            own.timer = None
        room = live.room
        present = self._presence.count_here(room.id)
        missing = self._missing(live)
        names, own.names = own.names[:NAMES_MOST], own.names[NAMES_MOST:]
        # Counted from what has been told: more answers than go into one share are told by the next.
        answers, own.answers = own.answers[:ANSWERS_MOST], own.answers[ANSWERS_MOST:]
        told = (room.round, room.seq, present, missing)
        if told == own.told and not names and not answers and not is_renewal:
            return
        is_of_interest = present or missing or names or answers or any(own.told[2:])
        own.told, own.told_s = told, asyncio.get_running_loop().time()
        if not is_of_interest:
            return
        self._background.spawn(self._publish(live, own, present, missing, names, answers))
        if own.names or own.answers:
            self.mark(live)

    def _missing(self, live: LiveRoom) -> int:
        if live.room.phase is Phase.FINISHED:
            return 0
        return len(expected_here(live, self._presence) - live.answered.keys())

    def _publish(
        self,
        live: LiveRoom,
        own: _Own,
        present: int,
        missing: int,
        names: list[tuple[str, str]],
        answers: list[tuple[str, str, int]],
    ) -> Coroutine[Any, Any, int]:
        room, stored = live.room, own.stored - len(own.answers)
        share = Share(
            self._node.id, self._clock.now_ms(), room.round, room.seq, present, missing, stored, names, answers
        )
        return self._node.publish(PEOPLE + room.id, msgspec.json.encode(share))

    # In

    def _received(self, name: str, payload: bytes) -> None:
        share = msgspec.json.decode(payload, type=Share)
        if share.node == self._node.id:
            return
        room_id = name.removeprefix(PEOPLE)
        if share.names:
            self._live.take_names(room_id, share.names)
        if share.answers:
            receipts = {id: Receipt(share.round, None, submission, at) for id, submission, at in share.answers}
            self._live.learn(room_id, receipts)
        live = self._live.held(room_id)
        if live is None:
            return
        self._presence.heard(room_id, share.node, share.present)
        if self._has_missed(room_id, share):
            live.is_doubtful = True
            self._catch_up.answers_soon(room_id)
        if share.seq > live.room.seq:
            self._catch_up.soon(room_id)
        self._live.people_changed(live)

    def _has_missed(self, room_id: str, share: Share) -> bool:
        """Less has come than this node says that it has told."""
        heard = self._heard.setdefault(room_id, {})
        before = heard.get(share.node)
        known = before.stored if before is not None and before.round == share.round else 0
        is_concerned = bool(share.present or share.missing)
        now_s = self._clock.monotonic_s()
        heard[share.node] = _Heard(now_s, share.round, is_concerned, share.missing, share.stored)
        return share.stored != known + len(share.answers)

    def _forget(self, live: LiveRoom) -> None:
        own = self._own.pop(live.room.id, None)
        if own is not None and own.timer is not None:
            own.timer.cancel()
        self._heard.pop(live.room.id, None)

    async def stop(self) -> None:
        """Nobody is here any more; those on their way to another node are waited for as if this one had died."""
        for own in self._own.values():
            if own.timer is not None:
                own.timer.cancel()
        for live in self._live:
            last = self._own.get(live.room.id)
            if last is not None and any(last.told[2:]):
                self._background.spawn(self._publish(live, last, 0, self._missing(live), [], []))
        self._own.clear()
        await self._background.settle()
