"""What the pages of a room's results show: a sentence, one page of the matrix, the questions, one person's way.

Read piece by piece: the whole of a lecture hall's answers (results.py) would be too much for a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from game.content import Content
from game.kinds import kind_of
from game.outcome import bars, given, right_answers
from game.room import Room
from game.standings import rank
from game.summary import Asked, summarise
from models import outcomes, participants, tables
from models.database import Database
from models.outcomes import Entry, RoundFigures
from services import closing, records
from services.contents import Contents
from services.errors import NotFound
from services.identity import Identity
from services.results import closed_rounds, shown_rounds
from services.retention import Retention
from services.rooms import Rooms

PEOPLE = 50
# On paper nobody turns to the next page of a table: as many as a print of some twenty sheets has.
WHOLE = 1000
MISSING_MOST = 50
BARS_MOST = 10
NO_FIGURES = RoundFigures(0, 0, None)

Column = Literal["name", "rank", "score", "correct", "question"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the matrix is sorted and which page of it; `question` is the round of the column of that name.

    `is_whole`: with WHOLE people on a page, for printing.
    """

    column: Column = "rank"
    question: int = 0
    is_descending: bool = False
    page: int = 1
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    nickname: str
    rank: int
    score: int
    correct: int


class ResultPages:
    def __init__(self, db: Database, rooms_: Rooms, contents: Contents, retention: Retention) -> None:
        self._db = db
        self._rooms = rooms_
        self._contents = contents
        self._retention = retention

    async def overview(self, identity: Identity, room_id: str, wanted: Wanted) -> dict[str, Any]:
        """{room, summary, people, page, pages, matrix, rounds}. Raises NotFound, Forbidden."""
        row = await self._rooms.owned(identity, room_id)
        return await self._db.read(self._overview, row, wanted)

    def _overview(self, row: tables.Room, wanted: Wanted) -> dict[str, Any]:
        room, content = records.room_of(row), self._contents.of(row.id)
        closed = closed_rounds(room.id)
        numbers = shown_rounds(room, content, closed)
        figures = outcomes.figures(room.id)
        people = _people(room, content)
        rounds = [_round(room, content, n, closed, figures.get(n, NO_FIGURES), len(people)) for n in numbers]
        asked = [item for item in rounds if item["takes_answers"]]
        complete = outcomes.complete_count(room.id, [item["number"] for item in asked])
        most = WHOLE if wanted.is_whole else PEOPLE
        pages = max(1, -(-len(people) // most))
        page = min(wanted.page, pages)
        shown = _sorted(room.id, people, wanted)[(page - 1) * most : page * most]
        return {
            "room": self._room(row),
            "summary": summarise(len(people), complete, [_asked(item) for item in asked]),
            "people": len(people),
            "page": page,
            "pages": pages,
            "matrix": _matrix(room.id, content, numbers, shown),
            "rounds": rounds,
        }

    async def person(self, identity: Identity, room_id: str, participant_id: str) -> dict[str, Any]:
        """{room, person, people, rounds: what they answered}. Raises NotFound, Forbidden."""
        row = await self._rooms.owned(identity, room_id)
        return await self._db.read(self._person, row, participant_id)

    def _person(self, row: tables.Room, participant_id: str) -> dict[str, Any]:
        room, content = records.room_of(row), self._contents.of(row.id)
        people = _people(room, content)
        person = next((person for person in people if person.id == participant_id), None)
        if person is None:
            raise NotFound("Nobody with this id was in the room.")
        closed = closed_rounds(room.id)
        numbers = shown_rounds(room, content, closed)
        (line,) = _matrix(room.id, content, numbers, [person])
        rounds = [
            {
                "number": number,
                "question": content.question(number),
                "counted": closing.is_counted(room, content, number),
                "right": right_answers(
                    content.question(number), content.orders[number - 1], closed.get(number, {}).get("key")
                ),
                "cell": cell,
            }
            for number, cell in zip(numbers, line["cells"], strict=True)
        ]
        return {"room": self._room(row), "person": person, "people": len(people), "rounds": rounds}

    def _room(self, row: tables.Room) -> dict[str, Any]:
        names = ("id", "pin", "title", "started_at", "ended_at", "anonymised_at", "is_rehearsal")
        return {name: getattr(row, name) for name in names} | {"kept_until": self._retention.ends_at(row)}


def _people(room: Room, content: Content) -> list[Person]:
    """All who have a seat, best first; who joined first leads among equals."""
    seats = participants.seats(room.id)
    names = dict(seats)
    tallies = closing.tallies(room, content, seats)
    ranks = rank(tallies, room.settings.scoring)
    people = [
        Person(
            tally.participant_id, names[tally.participant_id], ranks[tally.participant_id], tally.score, tally.correct
        )
        for tally in tallies
    ]
    return sorted(people, key=lambda person: person.rank)


def _sorted(room_id: str, people: list[Person], wanted: Wanted) -> list[Person]:
    """Who is equal stays in the order of the ranks."""
    if wanted.column == "question":
        points = outcomes.points_of_round(room_id, wanted.question)
        return sorted(people, key=lambda person: points.get(person.id, -1), reverse=wanted.is_descending)
    if wanted.column == "name":
        return sorted(people, key=lambda person: person.nickname.casefold(), reverse=wanted.is_descending)
    return sorted(people, key=lambda person: getattr(person, wanted.column), reverse=wanted.is_descending)


def _matrix(room_id: str, content: Content, numbers: Sequence[int], people: Sequence[Person]) -> list[dict[str, Any]]:
    """[{person, cells}]: in each cell an entry and what was given, or None."""
    found = {
        (entry.participant_id, entry.round): entry
        for entry in outcomes.entries(room_id, numbers, [person.id for person in people])
    }
    return [
        {"person": person, "cells": [_cell(content, found.get((person.id, number))) for number in numbers]}
        for person in people
    ]


def _cell(content: Content, entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    answer = msgspec.json.decode(entry.answer)
    shown = given(content.question(entry.round), content.orders[entry.round - 1], answer)
    return {"entry": entry, "given": shown}


def _round(
    room: Room, content: Content, number: int, closed: dict[int, Any], figures: RoundFigures, people: int
) -> dict[str, Any]:
    question = content.question(number)
    takes_answers = content.takes_answers(number)
    event = closed.get(number)
    distribution = event["distribution"] if event else kind_of(question).distribution(question, [])
    spread = bars(question, content.orders[number - 1], distribution, event and event["key"], figures.answered)
    # What people typed may be twenty different things; what can be counted beforehand is all shown.
    rest = spread[BARS_MOST:] if "values" in distribution else []
    is_somebody_missing = takes_answers and figures.answered < people
    return {
        "number": number,
        "question": question,
        "media": content.media(number),
        "takes_answers": takes_answers,
        "counted": closing.is_counted(room, content, number),
        "figures": figures,
        "bars": spread[: len(spread) - len(rest)],
        "counts": tuple(distribution.get("counts", ())),
        # Of what has one: the steps of a scale.
        "mean": distribution.get("mean"),
        "other": distribution.get("other", 0) + sum(bar.count for bar in rest),
        "missing": outcomes.missing(room.id, number, MISSING_MOST) if is_somebody_missing else [],
        "missing_count": people - figures.answered if is_somebody_missing else 0,
    }


def _asked(item: dict[str, Any]) -> Asked:
    figures: RoundFigures = item["figures"]
    right = figures.right if item["counted"] else None
    return Asked(item["number"], figures.answered, right, item["counts"])
