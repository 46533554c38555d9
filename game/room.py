"""The state machine of a room: pure, time is passed in. Says what a move leads to and which events it makes.

Owns phases and times; what an answer is worth is grading's, who may ask for a move is the services'.
"""

from typing import Any

import msgspec

from game.content import Content
from game.phases import TRANSITIONS, Move, Phase, needs
from game.settings import Settings

# Answers in flight at the deadline still count (answering.py), so the round closes this much later.
CLOSING_GRACE_MS = 1000
AUTO_REVEAL_MS = 8000
AUTO_STANDINGS_MS = 6000


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """One live run of a quiz. Times are milliseconds since the epoch; `round` counts from 1, 0 before the start."""

    id: str
    pin: str
    owner_id: str
    title: str
    epoch: str
    settings: Settings
    rounds: int
    created_at: int
    phase: Phase = Phase.LOBBY
    round: int = 0
    seq: int = 0
    locked: bool = False
    opens_at: int | None = None
    opened_at: int | None = None
    closes_at: int | None = None
    # When any node may make the next move by itself; None waits for the host.
    due_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    # Its people are made up, all but who joins to look on; it counts nowhere and goes by itself.
    is_rehearsal: bool = False


class Event(msgspec.Struct, frozen=True):
    """One line of a room's log; `params` is what the host may see, views.py says what others see of it."""

    seq: int
    name: str
    params: dict[str, Any]
    at: int


class Step(msgspec.Struct, frozen=True):
    """Where a move leads, and its events in order (an open round that is ended makes two)."""

    room: Room
    events: tuple[Event, ...]


class NameChange(msgspec.Struct, frozen=True):
    """What became of a participant's name: `event` is name.kept, name.refused or name.changed (to `nickname`)."""

    event: str
    participant: str
    nickname: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the database knows and a move needs: read in the transaction that makes the move."""

    distribution: dict[str, Any] | None = None
    standings: tuple[dict[str, Any], ...] = ()
    podium: tuple[dict[str, Any], ...] = ()
    locked: bool = False
    extend_ms: int = 0
    name: NameChange | None = None


class WrongMove(Exception):
    """The move is not possible in this phase; `is_over` when no move ever will be."""

    def __init__(self, move: Move, room: Room) -> None:
        # A question and a slide share a phase, and are left by different moves.
        wanted = " or ".join(phase for phase in needs(move) if phase is not room.phase)
        super().__init__(f"{move} needs {wanted}, the room is in {room.phase}")
        self.is_over = room.phase is Phase.FINISHED


def is_slide(room: Room, content: Content) -> bool:
    """The round on stage takes no answers."""
    return room.round > 0 and not content.takes_answers(room.round)


def step(room: Room, content: Content, move: Move, now: int, facts: Facts) -> Step:
    """Makes one move. Raises WrongMove; never changes its arguments."""
    if (room.phase, move) not in TRANSITIONS:
        raise WrongMove(move, room)
    # A question is closed, a slide is left.
    if room.phase is Phase.OPEN and move is (Move.CLOSE if is_slide(room, content) else Move.NEXT):
        raise WrongMove(move, room)
    after = _MOVES[move](room, content, now, facts)
    if after.room.phase not in TRANSITIONS[room.phase, move]:
        raise AssertionError(f"{move} led from {room.phase} to {after.room.phase}")
    return after


def due_move(room: Room, content: Content) -> Move | None:
    """What happens by itself when `due_at` has come."""
    if room.phase is Phase.READ:
        return Move.OPEN
    if room.phase is Phase.OPEN:
        return Move.NEXT if is_slide(room, content) else Move.CLOSE
    if room.phase is Phase.REVEAL and room.settings.scoring != "survey":
        return Move.STANDINGS
    if room.phase in (Phase.REVEAL, Phase.STANDINGS):
        return Move.NEXT
    return None


def _change(room: Room, now: int, name: str, params: dict[str, Any], **fields: Any) -> Step:
    seq = room.seq + 1
    changed = msgspec.structs.replace(room, seq=seq, **fields)
    return Step(changed, (Event(seq, name, params, now),))


def _start(room: Room, content: Content, now: int, facts: Facts) -> Step:
    return _announce(msgspec.structs.replace(room, started_at=now), content, now, 1)


def _announce(room: Room, content: Content, now: int, number: int) -> Step:
    """The next round begins: to be read first, or open at once."""
    read_ms = int(room.settings.read_time_s * 1000)
    room = msgspec.structs.replace(room, round=number, opens_at=None, opened_at=None, closes_at=None)
    if read_ms == 0 or not content.takes_answers(number):
        return _open(room, content, now, Facts())
    opens_at = now + read_ms
    params = {
        "round": number,
        "rounds": room.rounds,
        "question": content.public(number, with_choices=False),
        "opens_at": opens_at,
    }
    return _change(room, now, "round.announced", params, phase=Phase.READ, opens_at=opens_at, due_at=opens_at)


def _open(room: Room, content: Content, now: int, facts: Facts) -> Step:
    question = content.question(room.round)
    limit_ms = None if question.time_limit_s is None else int(question.time_limit_s * 1000)
    if is_slide(room, content):
        closes_at = None
        due_at = now + limit_ms if room.settings.auto_advance and limit_ms is not None else None
    else:
        closes_at = None if limit_ms is None else now + limit_ms
        due_at = None if closes_at is None else closes_at + CLOSING_GRACE_MS
    params = {
        "round": room.round,
        "rounds": room.rounds,
        "question": content.public(room.round),
        "opened_at": now,
        "closes_at": closes_at,
    }
    return _change(
        room, now, "round.opened", params, phase=Phase.OPEN, opened_at=now, closes_at=closes_at, due_at=due_at
    )


def _close(room: Room, content: Content, now: int, facts: Facts) -> Step:
    params = {
        "round": room.round,
        "key": content.key(room.round),
        "distribution": facts.distribution,
        **content.explanation(room.round),
    }
    due_at = now + AUTO_REVEAL_MS if room.settings.auto_advance else None
    return _change(room, now, "round.closed", params, phase=Phase.REVEAL, due_at=due_at)


def _standings(room: Room, content: Content, now: int, facts: Facts) -> Step:
    due_at = now + AUTO_STANDINGS_MS if room.settings.auto_advance else None
    params = {"top": list(facts.standings)}
    return _change(room, now, "standings.shown", params, phase=Phase.STANDINGS, due_at=due_at)


def _next(room: Room, content: Content, now: int, facts: Facts) -> Step:
    if room.round >= room.rounds:
        return _end(room, content, now, facts)
    return _announce(room, content, now, room.round + 1)


def _end(room: Room, content: Content, now: int, facts: Facts) -> Step:
    before: tuple[Event, ...] = ()
    if room.phase is Phase.OPEN and not is_slide(room, content):
        # An acknowledged answer is never uncounted: the open round is closed and graded first.
        closed = _close(room, content, now, facts)
        room, before = closed.room, closed.events
    params = {"podium": list(facts.podium)}
    ended = _change(room, now, "room.ended", params, phase=Phase.FINISHED, due_at=None, ended_at=now)
    return Step(ended.room, before + ended.events)


def _lock(room: Room, content: Content, now: int, facts: Facts) -> Step:
    return _change(room, now, "room.locked", {"locked": facts.locked}, locked=facts.locked)


def _name(room: Room, content: Content, now: int, facts: Facts) -> Step:
    """Part of the log, so that every node and whoever was away hears of it."""
    if facts.name is None:
        raise WrongMove(Move.NAME, room)
    params = {"participant": facts.name.participant, "nickname": facts.name.nickname}
    return _change(room, now, facts.name.event, params)


def _extend(room: Room, content: Content, now: int, facts: Facts) -> Step:
    """Adds the time in which nobody could be reached; a round without limit has nothing to extend."""
    if room.closes_at is None or room.due_at is None:
        raise WrongMove(Move.EXTEND, room)
    closes_at = room.closes_at + facts.extend_ms
    params = {"round": room.round, "closes_at": closes_at}
    return _change(room, now, "round.extended", params, closes_at=closes_at, due_at=room.due_at + facts.extend_ms)


_MOVES = {
    Move.START: _start,
    Move.OPEN: _open,
    Move.CLOSE: _close,
    Move.STANDINGS: _standings,
    Move.NEXT: _next,
    Move.END: _end,
    Move.LOCK: _lock,
    Move.EXTEND: _extend,
    Move.NAME: _name,
}
