"""What a held room lacks, read from the database in one transaction: never the whole room again."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from game.room import Event, Room
from game.standings import Grade
from models import answers, grades, participants, rooms
from services import records
from services.live_room import Receipt, receipt_of


class Tail(NamedTuple):
    """`grades` are by the round that closed; `answers` are there when the room has come to another round."""

    room: Room
    events: list[Event]
    grades: Mapping[int, Sequence[grades.GradeRow | Grade]]
    people: list[participants.Change]
    answers: dict[str, Receipt]


class Standpoint(NamedTuple):
    """Up to where a node knows a room."""

    room_id: str
    seq: int
    round: int
    people_as_of: int | None  # None: nobody asks for the people


def load_tail(at: Standpoint) -> Tail | None:
    """None when there is no such room. To be called inside a read."""
    row = rooms.room_by_id(at.room_id)
    if row is None:
        return None
    room = records.room_of(row)
    events = [records.event_of(event) for event in rooms.events_after(at.room_id, at.seq)]
    closed = [event.params["round"] for event in events if event.name == "round.closed"]
    given = load_answers(at.room_id, room.round, 0) if room.round != at.round else {}
    return Tail(
        room,
        events,
        {number: grades.grades_of_round(at.room_id, number) for number in closed},
        [] if at.people_as_of is None else participants.changed_since([at.room_id], at.people_as_of),
        given,
    )


def load_answers(room_id: str, number: int, since: int) -> dict[str, Receipt]:
    """By participant. To be called inside a read."""
    return {row[0]: receipt_of(number, *row[1:]) for row in answers.answers_since(room_id, number, since)}
