"""What the writer remembers of rooms: who has answered the round that is open, and which submission ids were used.

Nothing in it is true by itself: within the transaction that stores, which holds the room, `of` makes it so. Rounds
before the room's own do not change any more, and of its own as many answers as are known here are those known here.
"""

from models import answer_log
from models.engine import execute, has_server

# Rooms that are remembered at once, those used last, and how many answers those before the newest may have: some 200
# bytes a participant, and 70 more for each answer. Which of them are over nobody tells us.
ROOMS_MOST = 500
ANSWERS_MOST = 1_000_000

# An answer to the open round: (submission id, received at).
Given = tuple[str, int]


def mark_of(participant_id: str, submission_id: str) -> int:
    """60 bits of their hashes, which are others in each process: nobody can look for two ids with one mark."""
    return (hash(participant_id) ^ hash(submission_id)) & 0xFFFFFFFFFFFFFFF


class RoomMemory:
    """Of one room, up to its `round`.

    `given` has the round's answers by participant: all that there are where answers are logged, else those that this
    node has stored. `used` has the marks of all ids, none of the rounds before missing.
    """

    __slots__ = ("given", "logged", "round", "used")

    def __init__(self) -> None:
        self.round = 1
        self.given: dict[str, Given] = {}
        self.used: set[int] = set()
        # How many answers of the round the log has; less than none before it was looked at.
        self.logged = -1

    def seems_used(self, participant_id: str, submission_id: str) -> bool:
        """Whether the id was used before; never False for one that was."""
        return mark_of(participant_id, submission_id) in self.used

    def complete(self, room_id: str) -> None:
        """The round is over."""
        if len(self.given) != execute(_COUNT, (room_id, self.round)).fetchone()[0]:
            self._read(execute(_GIVEN, (room_id, self.round)).fetchall())
        self.given = {}
        self.logged = min(self.logged, 0)
        self.round += 1

    def read_log(self, room_id: str) -> None:
        logged = answer_log.length(room_id, self.round)
        if logged != self.logged:
            self._read(answer_log.given(room_id, self.round))
            self.logged = logged

    def _read(self, rows: list[tuple[str, str, int]]) -> None:
        self.given = {who: (submission_id, received_at) for who, submission_id, received_at in rows}
        self.used.update(mark_of(who, submission_id) for who, submission_id, _ in rows)


class AnswerMemory:
    """Belongs to the thread that stores. Call `forget` when a transaction was undone that may have changed it."""

    def __init__(self) -> None:
        self._rooms: dict[str, RoomMemory] = {}

    def of(self, room_id: str, current: int) -> RoomMemory:
        """As it is in this transaction, in which the room's round is `current`."""
        room = self._rooms.pop(room_id, None)
        if room is None:
            room = RoomMemory()
            self._make_place()
        self._rooms[room_id] = room
        while room.round < current:
            room.complete(room_id)
        if not has_server():
            room.read_log(room_id)
        return room

    def _make_place(self) -> None:
        """For one room more."""
        answers = sum(len(room.used) for room in self._rooms.values())
        while self._rooms and (len(self._rooms) >= ROOMS_MOST or answers > ANSWERS_MOST):
            answers -= len(self._rooms.pop(next(iter(self._rooms))).used)

    def holds(self, room_id: str) -> bool:
        return room_id in self._rooms

    def forget(self) -> None:
        self._rooms.clear()


_COUNT = "SELECT COUNT(*) FROM answer WHERE room_id = ? AND round = ?"
_GIVEN = "SELECT participant_id, submission_id, received_at FROM answer WHERE room_id = ? AND round = ?"
