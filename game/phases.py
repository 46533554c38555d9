"""Where a room can stand and which moves lead where, as data. Owns no rule about time or answers."""

from enum import StrEnum


class Phase(StrEnum):
    LOBBY = "LOBBY"
    READ = "READ"
    OPEN = "OPEN"
    REVEAL = "REVEAL"
    STANDINGS = "STANDINGS"
    FINISHED = "FINISHED"


class Move(StrEnum):
    """What can happen to a room, whether a host asked for it or its time came."""

    START = "start"
    OPEN = "open"
    CLOSE = "close"
    STANDINGS = "standings"
    NEXT = "next"
    END = "end"
    LOCK = "lock"
    EXTEND = "extend"
    NAME = "name"


# (from, move) → the phases it may lead to. What is not here is refused.
TRANSITIONS: dict[tuple[Phase, Move], frozenset[Phase]] = {
    (Phase.LOBBY, Move.START): frozenset({Phase.READ, Phase.OPEN}),
    (Phase.READ, Move.OPEN): frozenset({Phase.OPEN}),
    (Phase.OPEN, Move.CLOSE): frozenset({Phase.REVEAL}),
    (Phase.OPEN, Move.EXTEND): frozenset({Phase.OPEN}),
    # Only from an info slide, which nobody answers: room.py refuses it for a question.
    (Phase.OPEN, Move.NEXT): frozenset({Phase.READ, Phase.OPEN, Phase.FINISHED}),
    (Phase.REVEAL, Move.STANDINGS): frozenset({Phase.STANDINGS}),
    (Phase.REVEAL, Move.NEXT): frozenset({Phase.READ, Phase.OPEN, Phase.FINISHED}),
    (Phase.STANDINGS, Move.NEXT): frozenset({Phase.READ, Phase.OPEN, Phase.FINISHED}),
} | {
    (phase, move): frozenset({Phase.FINISHED if move is Move.END else phase})
    for phase in Phase
    for move in (Move.END, Move.LOCK, Move.NAME)
    if phase is not Phase.FINISHED
}

# The command with which a host makes a move; room.next opens the round while it is being read.
COMMANDS: dict[str, dict[Phase, Move]] = {
    "room.start": dict.fromkeys(Phase, Move.START),
    "room.next": dict.fromkeys(Phase, Move.NEXT) | {Phase.READ: Move.OPEN},
    "round.close": dict.fromkeys(Phase, Move.CLOSE),
    "room.standings": dict.fromkeys(Phase, Move.STANDINGS),
    "room.end": dict.fromkeys(Phase, Move.END),
    "room.lock": dict.fromkeys(Phase, Move.LOCK),
}


def needs(move: Move) -> list[Phase]:
    """The phases from which a move is possible, in their order."""
    return [phase for phase in Phase if (phase, move) in TRANSITIONS]
