"""How each participant fares in a room: how often they came back, what they missed, how long their last answer took.

For an admin who looks; nothing is decided by it, and it is forgotten with the room. Kept small: there may be
20,000 of them in a room.
"""


class Record:
    """Of one participant; small whole numbers, which Python keeps once for all."""

    __slots__ = ("connects", "missed", "resumed", "round", "took_ms")

    def __init__(self) -> None:
        self.connects = 0  # sockets that came to the room
        self.resumed = 0  # subscriptions that named where they left off
        self.missed = 0  # events that happened in between
        self.round = 0  # of the last answer to a round that is over; 0 when this node has stored none
        self.took_ms = 0  # from the coming of that answer to its commit

    @property
    def reconnects(self) -> int:
        return max(0, self.connects - 1)


NOTHING = Record()


class Participation:
    """Of one room, as this node has seen it."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}

    def _record(self, participant_id: str) -> Record:
        record = self._records.get(participant_id)
        if record is None:
            record = self._records[participant_id] = Record()
        return record

    def subscribed(self, participant_id: str, *, is_new: bool, missed: int | None) -> None:
        """`is_new` for a socket that was not here before; `missed` is None for one that does not resume."""
        record = self._record(participant_id)
        record.connects += is_new
        if missed is not None:
            record.resumed += 1
            record.missed += missed

    def stored(self, participant_id: str, number: int, took_ms: int) -> None:
        record = self._record(participant_id)
        record.round, record.took_ms = number, took_ms

    def removed(self, participant_id: str) -> None:
        self._records.pop(participant_id, None)

    def of(self, participant_id: str) -> Record:
        """To be read, not written."""
        return self._records.get(participant_id, NOTHING)
