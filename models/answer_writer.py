"""The answer writer: stores what arrived together in one go, each answer at most once."""

from collections.abc import Callable, Iterator, Sequence, Set
from enum import Enum
from typing import NamedTuple

import msgspec

from models import answer_log
from models.answer_log import Row
from models.answer_memory import AnswerMemory, RoomMemory, mark_of
from models.answers import INSERT
from models.engine import execute, has_server
from models.many_rows import in_sizes
from models.receipts import Key, Known, Place, receipts_at


class Submission(msgspec.Struct, gc=False):
    """One answer on its way in. `answer` is JSON text, None when it has a shape that nobody can grade."""

    room_id: str
    round: int
    participant_id: str
    submission_id: str
    answer: str | None
    received_at: int
    rtt_ms: int


class Refused(NamedTuple):
    reason: str


class Fresh(Enum):
    """Stored just now, as it was submitted."""

    STORED = "stored"


STORED = Fresh.STORED
Outcome = Fresh | Known | Refused


class RoomState(NamedTuple):
    """The room's row as it is in this transaction."""

    phase: str
    round: int
    closes_at: int | None
    opened_at: int | None


# (round, received at, round trip) of an answer → why not, or None. Only what is for the room's own round may be let in,
# and with an answer all that came before it.
Refuses = Callable[[int, int, int], str | None]
# What holds in a room.
Rule = Callable[[RoomState], Refuses]
# (received at, opened at, round trip) → the response time that counts; all in ms.
Timing = Callable[[int, int, int], int]


def rooms_of(submissions: Sequence[Submission]) -> set[str]:
    """Those that the storing transaction must hold."""
    return {submission.room_id for submission in submissions}


class AnswerWriter:
    """Remembers who has answered, and under which ids. Belongs to the thread that stores."""

    def __init__(self, rule: Rule, timing: Timing) -> None:
        self._rule = rule
        self._timing = timing
        self._memory = AnswerMemory()

    def forget(self) -> None:
        """A transaction was undone in which `store` was called."""
        self._memory.forget()

    def store(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Stores each submission or says why not, inside the caller's transaction, which holds their rooms.

        The room's phase is read here, after the room is held: whoever closes the round does it before or after,
        never between. What cannot be stored is looked up before it is refused: an id that is stored, before or by its
        neighbour in this batch, gets the same receipt whatever else is said under it.
        """
        batch = _Batch(submissions, self._memory)
        batch.sift(self._rule, self._timing)
        if has_server():
            batch.insert()
        else:
            batch.log()
        batch.tell_apart()
        return batch.outcomes


class _InRoom:
    """What a batch has for one room: who seems to be new, by index, and their rows."""

    __slots__ = ("indexes", "memory", "rows")

    def __init__(self, memory: RoomMemory) -> None:
        self.memory = memory
        self.indexes: list[int] = []
        self.rows: list[Row] = []


class _Batch:
    """`outcomes` are all stored until it turns out otherwise. By index: why some are `refused`, and which may have been
    stored before; True for those who may also have been just now.
    """

    def __init__(self, submissions: Sequence[Submission], memory: AnswerMemory) -> None:
        self.outcomes: list[Outcome] = [STORED] * len(submissions)
        self._submissions = submissions
        self._memory = memory
        self._rooms: dict[str, RoomState | None] = {}
        self._in_rooms: dict[str, _InRoom] = {}
        self._refused: dict[int, str] = {}
        self._doubtful: dict[int, bool] = {}

    def sift(self, rule: Rule, timing: Timing) -> None:
        indexes_of: dict[str, list[int]] = {}
        for index, submission in enumerate(self._submissions):
            indexes_of.setdefault(submission.room_id, []).append(index)
        for room_id, indexes in indexes_of.items():
            room = self._rooms[room_id] = _room_state(room_id)
            if room is None:
                self._refused |= dict.fromkeys(indexes, "room_over")
            else:
                self._sift_room(room_id, room, indexes, rule(room), timing)

    def _sift_room(self, room_id: str, room: RoomState, indexes: list[int], refuses: Refuses, timing: Timing) -> None:
        """Tells those who are new from those who are refused or have been here before."""
        submissions, current, here = self._submissions, room.round, None
        removed = _removed(room_id)
        # If the last would be let in, with nothing taken off for its way, so is all that came before.
        are_in_time = refuses(current, max(submissions[index].received_at for index in indexes), 0) is None
        for index in indexes:
            submission = submissions[index]
            participant_id, answer, number = submission.participant_id, submission.answer, submission.round
            if answer is None or number != current or not are_in_time or participant_id in removed:
                reason = _why_not(submission, removed, refuses)
                if reason is not None:
                    self._refused[index] = reason
                    continue
            if here is None:
                here = self._enter(room_id, room)
                given, used, rows, new = here.memory.given, here.memory.used, here.rows, here.indexes
            if participant_id in given:
                self._doubtful[index] = False
                continue
            submission_id, received_at = submission.submission_id, submission.received_at
            mark = mark_of(participant_id, submission_id)
            if mark in used and (receipt := self._past_receipt(submission)) is not None:
                # It stays out, though it comes with an answer to this round.
                self.outcomes[index] = receipt
                continue
            given[participant_id] = submission_id, received_at
            used.add(mark)
            response_ms = timing(received_at, room.opened_at or received_at, submission.rtt_ms)
            new.append(index)
            rows.append((participant_id, submission_id, answer, received_at, response_ms))  # type: ignore[arg-type]

    def _enter(self, room_id: str, room: RoomState) -> _InRoom:
        here = self._in_rooms[room_id] = _InRoom(self._memory.of(room_id, room.round))
        return here

    def _past_receipt(self, submission: Submission) -> Known | None:
        return receipts_at(self._past_places(submission)).get(_key(submission))

    def log(self) -> None:
        """Stores the new ones where nobody else can have stored any meanwhile."""
        for room_id, here in self._in_rooms.items():
            if here.rows:
                here.memory.logged = answer_log.append(room_id, here.memory.round, here.rows, here.memory.logged)

    def insert(self) -> None:
        """Stores the new ones that nobody else has stored."""
        # In one order everywhere: else two nodes that store the same answers could wait for each other.
        entries = sorted(
            ((room_id, here.memory.round, *row), index)
            for room_id, here in self._in_rooms.items()
            for index, row in zip(here.indexes, here.rows, strict=True)
        )
        for start, size, values in in_sizes([row for row, _ in entries]):
            inserted = execute(INSERT[size], values).rowcount
            if inserted < size:
                for (room_id, _, participant_id, *_), index in entries[start : start + size]:
                    self._doubtful[index] = inserted > 0
                    del self._in_rooms[room_id].memory.given[participant_id]

    def tell_apart(self) -> None:
        """Puts in what is stored under the ids of the doubtful and the refused, and what becomes of the rest."""
        indexes = sorted(self._doubtful.keys() | self._refused.keys())
        if not indexes:
            return
        found = self._receipts([self._submissions[index] for index in indexes])
        claimed = set()
        for index in indexes:
            submission = self._submissions[index]
            key = _key(submission)
            known = found.get(key)
            if known is None:
                self.outcomes[index] = Refused(self._refused.get(index, "already_answered"))
                continue
            is_same = (known.round, known.received_at) == (submission.round, submission.received_at)
            # The first of its id that says what is stored has just been stored. Had it come twice within a millisecond,
            # in two batches, the second would be taken for new: its receipt is the same.
            if self._doubtful.get(index) and is_same and key not in claimed:
                claimed.add(key)
            else:
                self.outcomes[index] = known

    def _receipts(self, submissions: Sequence[Submission]) -> dict[Key, Known]:
        """What is stored under the ids of these, wherever it is."""
        self._recall(submissions)
        found = receipts_at(place for submission in submissions for place in self._likely_places(submission))
        found |= self._given(submissions)
        left = [submission for submission in submissions if _key(submission) not in found]
        return found | receipts_at(place for submission in left for place in self._past_places(submission))

    def _recall(self, submissions: Sequence[Submission]) -> None:
        """The rooms of which something is remembered, or that have a log: others are not worth reading all of it."""
        for room_id in rooms_of(submissions) - self._in_rooms.keys():
            room = self._rooms[room_id]
            if room is None:
                continue
            if self._memory.holds(room_id) or (not has_server() and answer_log.length(room_id, room.round)):
                self._enter(room_id, room)

    def _likely_places(self, submission: Submission) -> Iterator[Place]:
        """In the room's own round, as a rule, or the one that it is meant for."""
        room = self._rooms[submission.room_id]
        if room is not None:
            yield submission.room_id, room.round, submission.participant_id
            if 1 <= submission.round < room.round:
                yield submission.room_id, submission.round, submission.participant_id

    def _past_places(self, submission: Submission) -> list[Place]:
        """None for an id that is remembered not to have been used."""
        room, here = self._rooms[submission.room_id], self._in_rooms.get(submission.room_id)
        if room is None:
            return []
        if here is not None and not here.memory.seems_used(submission.participant_id, submission.submission_id):
            return []
        return [(submission.room_id, number, submission.participant_id) for number in range(1, room.round)]

    def _given(self, submissions: Sequence[Submission]) -> dict[Key, Known]:
        """What these are remembered to have answered to the rooms' own rounds: it may be logged."""
        found = {}
        for submission in submissions:
            here = self._in_rooms.get(submission.room_id)
            known = here.memory.given.get(submission.participant_id) if here is not None else None
            if here is not None and known is not None:
                found[submission.participant_id, known[0]] = Known(here.memory.round, *known)
        return found


def _why_not(submission: Submission, removed: Set[str], refuses: Refuses) -> str | None:
    """What speaks against it, before anybody has looked who has answered."""
    if submission.participant_id in removed:
        return "forbidden"
    if reason := refuses(submission.round, submission.received_at, submission.rtt_ms):
        return reason
    return "invalid_answer" if submission.answer is None else None


def _room_state(room_id: str) -> RoomState | None:
    row = execute("SELECT phase, round, closes_at, opened_at FROM room WHERE id = ?", (room_id,)).fetchone()
    return RoomState(*row) if row else None


# Few, and found by an index of them alone.
_REMOVED = "SELECT id FROM participant WHERE room_id = ? AND removed_at IS NOT NULL"


def _removed(room_id: str) -> set[str]:
    return {row[0] for row in execute(_REMOVED, (room_id,)).fetchall()}


def _key(submission: Submission) -> Key:
    return submission.participant_id, submission.submission_id
