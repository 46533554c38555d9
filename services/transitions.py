"""Moving a room: load, apply the rule, compare-and-set on seq, append the events, all in one transaction.

Whoever wins tells the live rooms; who comes late gets Stale. Knows nothing of sockets.
"""

from collections.abc import Callable
from typing import NamedTuple

from clock import Clock
from game.content import Content
from game.phases import COMMANDS, Move, Phase
from game.room import Facts, NameChange, Room, Step, WrongMove, due_move, is_slide, step
from game.standings import Grade
from models import answers, quizzes, rooms
from models.database import Database
from services import closing, records
from services.contents import Contents
from services.errors import NotFound, RoomOver, Stale, WrongPhase


class Made(NamedTuple):
    """A move that was made: the room after it, its events, and the grades when it closed a round.

    `began_s`, by the monotonic clock, is when the host's command came or when the move was due.
    """

    step: Step
    grades: list[Grade] | None
    began_s: float


# Chooses the move in the transaction, from the room as it is there; None makes none.
Chooser = Callable[[Room, Content], Move | None]


class Transitions:
    """`on_made(made)` is called on the loop for each move, after its commit and in the order of commits."""

    def __init__(self, db: Database, clock: Clock, contents: Contents, on_made: Callable[[Made], None]) -> None:
        self._db = db
        self._clock = clock
        self._on_made = on_made
        self._contents = contents

    async def command(
        self, room_id: str, name: str, *, expect: int | None = None, locked: bool = False, began_s: float | None = None
    ) -> Room:
        """A host's command, which came at `began_s` (else now).

        Raises WrongPhase, RoomOver, Stale (`expect` is not the room's seq), NotFound.
        """

        def choose(room: Room, content: Content) -> Move:
            if expect is not None and expect != room.seq:
                raise Stale("The room has moved on.", seq=room.seq, phase=room.phase, round=room.round)
            return COMMANDS[name][room.phase]

        began_s = self._clock.monotonic_s() if began_s is None else began_s
        try:
            made = await self._make(room_id, choose, Facts(locked=locked), began_s)
        except WrongMove as error:
            if error.is_over:
                raise RoomOver("This room is over.") from error
            raise WrongPhase(f"{name}: {error}.") from error
        if made is None:
            raise NotFound("There is no such room.")
        return made.step.room

    async def make_due(self, room_id: str) -> bool:
        """Makes the move whose time has come, if it has; harmless to call at any time, on any node."""
        now = self._clock.now_ms()

        def choose(room: Room, content: Content) -> Move | None:
            return due_move(room, content) if room.due_at is not None and room.due_at <= now else None

        return await self._make(room_id, choose, Facts(), None) is not None

    async def close_if_answered(self, room_id: str, number: int, expected: frozenset[str]) -> bool:
        """Closes round `number` if each one expected has an answer in the database: ids, never counts."""

        def choose(room: Room, content: Content) -> Move | None:
            if room.phase is not Phase.OPEN or room.round != number:
                return None
            return Move.CLOSE if expected <= answers.answered_ids(room_id, number) else None

        return await self._make(room_id, choose, Facts(), self._clock.monotonic_s()) is not None

    async def name(self, room_id: str, change: NameChange, allow: Callable[[Room], None]) -> Room:
        """Writes into the log what became of a name. `allow` runs in the transaction: it refuses by raising.

        Raises RoomOver, NotFound.
        """

        def choose(room: Room, content: Content) -> Move:
            if room.phase is not Phase.FINISHED:
                allow(room)
            return Move.NAME

        try:
            made = await self._make(room_id, choose, Facts(name=change), self._clock.monotonic_s())
        except WrongMove as error:
            raise RoomOver("This room is over.") from error
        if made is None:
            raise NotFound("There is no such room.")
        return made.step.room

    async def extend(self, room_id: str, extend_ms: int) -> bool:
        """Gives an open round with a limit the time back in which no node was alive."""

        def choose(room: Room, content: Content) -> Move | None:
            return Move.EXTEND if room.phase is Phase.OPEN and room.closes_at is not None else None

        return await self._make(room_id, choose, Facts(extend_ms=extend_ms), self._clock.monotonic_s()) is not None

    async def _make(self, room_id: str, choose: Chooser, facts: Facts, began_s: float | None) -> Made | None:
        """Without `began_s` the move counts from when it was due."""
        made = await self._db.write_alone(room_id, self._transact, room_id, choose, facts, began_s)
        if made is not None:
            self._on_made(made)
        return made

    def _transact(self, room_id: str, choose: Chooser, facts: Facts, began_s: float | None) -> Made | None:
        row = rooms.room_by_id(room_id)
        if row is None:
            raise NotFound("There is no such room.")
        room, content = records.room_of(row), self._contents.of(room_id)
        move = choose(room, content)
        if move is None:
            return None
        now = self._clock.now_ms()
        facts, graded = gather(room, content, move, facts, now)
        after = step(room, content, move, now, facts)
        if not rooms.compare_and_set(room.id, room.seq, records.moved_values(after.room)):
            raise Stale("Somebody else moved the room first.", seq=room.seq)
        rooms.append_events(room.id, map(records.event_row, after.events))
        if move is Move.START and not room.is_rehearsal:
            quizzes.count_run(room.id, after.events[0].at)
        return Made(after, graded, self._due_s(room) if began_s is None else began_s)

    def _due_s(self, room: Room) -> float:
        now = self._clock.now_ms()
        return self._clock.monotonic_s() - (now - (room.due_at or now)) / 1000


def gather(room: Room, content: Content, move: Move, facts: Facts, now: int) -> tuple[Facts, list[Grade] | None]:
    """What the move must know from the database; closing grades the round here, in the same transaction."""
    graded = None
    distribution = None
    takes_answers = room.phase is Phase.OPEN and not is_slide(room, content)
    if takes_answers and move in (Move.CLOSE, Move.END):
        distribution, graded = closing.grade_open_round(room, content, now)
    ends = move is Move.END or (move is Move.NEXT and room.round >= room.rounds)
    return (
        Facts(
            distribution=distribution,
            standings=closing.top(room, content) if move is Move.STANDINGS else (),
            podium=closing.podium(room, content) if ends else (),
            locked=facts.locked,
            extend_ms=facts.extend_ms,
            name=facts.name,
        ),
        graded,
    )
