"""What came out of a room, whole: as JSON for programs, as CSV for spreadsheets."""

import statistics
from collections.abc import Callable, Container
from typing import Any

import msgspec

from game.content import Content
from game.kinds import Answer, kind_of
from game.question import Question
from game.room import Room
from game.standings import rank
from models import answers, grades, participants, rooms, tables
from models.database import Database
from services import closing, records
from services.contents import Contents
from services.identity import Identity
from services.results_csv import to_csv
from services.rooms import Rooms

# How an answer appears in the results.
Shown = Callable[[Question, Answer], Any]


class Results:
    def __init__(self, db: Database, rooms_: Rooms, contents: Contents) -> None:
        self._db = db
        self._rooms = rooms_
        self._contents = contents

    async def json(self, identity: Identity, room_id: str) -> dict[str, Any]:
        """The contract's Results JSON: closed rounds only, best first. Raises NotFound, Forbidden."""
        row = await self._rooms.owned(identity, room_id)
        return await self._db.read(self._collect, row.id, _authored)

    async def csv(self, identity: Identity, room_id: str) -> str:
        """A line for each participant, four columns for each round; cells that look like formulas are defused."""
        row = await self._rooms.owned(identity, room_id)
        return to_csv(await self._db.read(self._collect, row.id, _cell))

    def _collect(self, room_id: str, shown: Shown) -> dict[str, Any]:
        row = rooms.room_by_id(room_id)
        assert row is not None, "owned() has just read it"
        room, content = records.room_of(row), self._contents.of(room_id)
        given = {(a.round, a.participant_id): a for a in answers.answers_of_room(room_id)}
        graded = {(g.round, g.participant_id): g for g in grades.grades_of_room(room_id)}
        closed = closed_rounds(room_id)
        seats = participants.seats(room_id)
        numbers = shown_rounds(room, content, closed)
        return {
            "room": {
                "id": room.id,
                "pin": room.pin,
                "title": room.title,
                "started_at": room.started_at,
                "ended_at": room.ended_at,
            },
            "rounds": [_round(room, content, n, closed.get(n), seats, given, graded) for n in numbers],
            "participants": _people(room, content, seats, numbers, given, graded, shown),
        }


def closed_rounds(room_id: str) -> dict[int, dict[str, Any]]:
    """What was told when each round closed, by its number."""
    events = map(records.event_of, rooms.events_of(room_id, "round.closed"))
    return {event.params["round"]: event.params for event in events}


def shown_rounds(room: Room, content: Content, closed: Container[int]) -> list[int]:
    """The rounds that results tell of: those that are closed, and slides that are past."""
    return [n for n in range(1, room.round + 1) if n in closed or _is_past_slide(content, room, n)]


def _is_past_slide(content: Content, room: Room, number: int) -> bool:
    return not content.takes_answers(number) and (number < room.round or room.ended_at is not None)


Given = dict[tuple[int, str], tables.GivenAnswer]
Graded = dict[tuple[int, str], tables.Grade]


def _round(
    room: Room,
    content: Content,
    number: int,
    closed: dict[str, Any] | None,
    seats: list[tuple[str, str]],
    given: Given,
    graded: Graded,
) -> dict[str, Any]:
    question = content.question(number)
    times = [given[number, pid].response_ms for pid, _ in seats if (number, pid) in given]
    right = sum(1 for pid, _ in seats if (number, pid) in graded and graded[number, pid].correct)
    kind = kind_of(question)
    distribution = closed["distribution"] if closed else kind.distribution(question, [])
    return {
        "round": number,
        "question_id": question.id,
        "prompt": question.prompt,
        "kind": question.kind,
        "media": content.media(number),
        "counted": closing.is_counted(room, content, number),
        "answered": len(times),
        "correct": right,
        "distribution": kind.authored_distribution(question, distribution),
        "median_response_ms": statistics.median(times) if times else None,
    }


def _people(
    room: Room,
    content: Content,
    seats: list[tuple[str, str]],
    numbers: list[int],
    given: Given,
    graded: Graded,
    shown: Shown,
) -> list[dict[str, Any]]:
    standing = {tally.participant_id: tally for tally in closing.tallies(room, content, seats)}
    ranks = rank(list(standing.values()), room.settings.scoring)
    people = []
    for participant_id, nickname in seats:
        tally = standing[participant_id]
        entries = [
            _entry(content.question(n), n, given.get((n, participant_id)), graded.get((n, participant_id)), shown)
            for n in numbers
        ]
        people.append(
            {
                "id": participant_id,
                "nickname": nickname,
                "rank": ranks[participant_id],
                "score": tally.score,
                "correct": tally.correct,
                "streak_best": tally.streak_best,
                "answers": entries,
            }
        )
    return sorted(people, key=lambda person: person["rank"])


def _entry(
    question: Question, number: int, answer: tables.GivenAnswer | None, grade: tables.Grade | None, shown: Shown
) -> dict[str, Any]:
    return {
        "round": number,
        "answer": shown(question, msgspec.json.decode(answer.answer)) if answer else None,
        "correct": bool(grade.correct) if grade else False,
        "credit": grade.credit if grade else 0,
        "points": grade.points if grade else 0,
        "response_ms": answer.response_ms if answer else None,
        "received_at": answer.received_at if answer else None,
    }


def _authored(question: Question, answer: Answer) -> Answer:
    return kind_of(question).authored(question, answer)


def _cell(question: Question, answer: Answer) -> str | float:
    return kind_of(question).cell(question, answer)
