"""What the writer remembers of rooms: who has answered the round that is open, and which submission ids were used.

Nothing in it is true by itself: within the transaction that stores, which holds the room, `of` makes it so. Rounds
before the room's own do not change any more, and of its own as many answers as are known here are those known here.
"""

from models import answer_log
from models.engine import execute, has_server

# Rooms that are remembered at once, those used last: some 300 bytes a participant, and 4 more for each round.
ROOMS_MOST = 500

# The answer given last, as (round, submission id, received at), the round being 0 when nothing is known of it; and the
# marks of all ids used so far, one behind the other. What is found across two is no id's: whoever finds one looks for
# the id in the database.
Person = tuple[int, str, int, bytes]


def mark_of(submission_id: str) -> bytes:
    """Four bytes of its hash, which is another in each process: nobody can look for two ids with one mark."""
    return (hash(submission_id) & 0xFFFFFFFF).to_bytes(4, "big")


class RoomMemory:
    """Of one room, up to its `round`: none of the ids of rounds before is missing.

    Of the round itself `people` has all answers that there are where answers are logged, else those that this node has
    stored; `count` is how many.
    """

    __slots__ = ("count", "logged", "people", "round")

    def __init__(self) -> None:
        self.round = 1
        self.people: dict[str, Person] = {}
        self.count = 0
        # How many answers of the round the log has; less than none before it was looked at.
        self.logged = -1

    def lose(self, participant_id: str) -> None:
        """What was put in has not been stored. That its id seems used does no harm."""
        self.people[participant_id] = (0, "", 0, self.people[participant_id][3])
        self.count -= 1

    def complete(self, room_id: str) -> None:
        """The round is over."""
        if self.count != execute(_COUNT, (room_id, self.round)).fetchone()[0]:
            self._read(execute(_GIVEN, (room_id, self.round)).fetchall())
        self.count = 0
        self.logged = min(self.logged, 0)
        self.round += 1

    def read_log(self, room_id: str) -> None:
        logged = answer_log.length(room_id, self.round)
        if logged != self.logged:
            self.count = self._read(answer_log.given(room_id, self.round))
            self.logged = logged

    def _read(self, given: list[tuple[str, str, int]]) -> int:
        for participant_id, submission_id, received_at in given:
            known, mark = self.people.get(participant_id), mark_of(submission_id)
            marks = known[3] if known is not None else b""
            if mark not in marks:
                marks += mark
            self.people[participant_id] = (self.round, submission_id, received_at, marks)
        return len(given)


class AnswerMemory:
    """Belongs to the thread that stores. Call `forget` when a transaction was undone that may have changed it."""

    def __init__(self) -> None:
        self._rooms: dict[str, RoomMemory] = {}

    def of(self, room_id: str, current: int) -> RoomMemory:
        """As it is in this transaction, in which the room's round is `current`."""
        room = self._rooms.pop(room_id, None)
        if room is None:
            room = RoomMemory()
            while len(self._rooms) >= ROOMS_MOST:
                del self._rooms[next(iter(self._rooms))]
        self._rooms[room_id] = room
        while room.round < current:
            room.complete(room_id)
        if not has_server():
            room.read_log(room_id)
        return room

    def holds(self, room_id: str) -> bool:
        return room_id in self._rooms

    def forget(self) -> None:
        self._rooms.clear()


_COUNT = "SELECT COUNT(*) FROM answer WHERE room_id = ? AND round = ?"
_GIVEN = "SELECT participant_id, submission_id, received_at FROM answer WHERE room_id = ? AND round = ?"
