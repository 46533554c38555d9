"""Rooms that are over, small and large, and all that a database holds of rooms."""

import random
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from house import House
from peewee import Model, chunked
from sample_rooms import TEXT

from game.kinds import kind_of
from game.quiz import decode_question
from models.engine import proxy
from models.tables import Answer, Participant
from services.identity import Identity

TABLES = ("room", "room_content", "room_event", "participant", "answer", "grade", "given_answer", "room_media")
NAMES = """Ada Amara Ben Chiara Dmitri Elif Farid Grace Hana Ivan Jonas Kofi Lucía Ming Nadia Olu Priya Quentin Rosa
    Sami Tomáš Uma Vera Wanjiru Xenia Yusuf Zoë 山田さん ليلى"""


async def played(here: House, teacher: Identity, *names: str, question: dict[str, Any] = TEXT) -> dict[str, Any]:
    """A room that is over; everybody answered with their name."""
    room = await here.room(teacher, question, read_time_s=0, close_when_all_answered=False)
    seats = [(await here.seat(room["pin"], name))[0] for name in names]
    await here.services.transitions.command(room["id"], "room.start")
    for name, who in zip(names, seats, strict=True):
        await here.answer(room["pin"], who, 1, {"text": f"it is {name}"}, f"id of {name}")
    for name in ("round.close", "room.standings", "room.end"):
        await here.services.transitions.command(room["id"], name)
    return room


async def everything(here: House) -> str:
    """All rows of what belongs to rooms, as one text."""

    def read() -> str:
        return "\n".join(str(row) for table in TABLES for row in proxy.execute_sql(f"SELECT * FROM {table}").fetchall())

    return await here.services.db.read(read)


async def lecture(
    here: House, teacher: Identity, questions: Sequence[dict[str, Any]], people: int, seed: int = 1, **settings: Any
) -> dict[str, Any]:
    """A room played to its end by many; their seats and answers are written straight into the tables."""
    chance = random.Random(seed)
    room = await here.room(teacher, *questions, read_time_s=0, close_when_all_answered=False, **settings)
    command, write = here.services.transitions.command, here.services.db.write
    now = here.clock.now_ms()
    seats = [_seat(room["id"], number, now) for number in range(people)]
    await write(_insert, Participant, seats)
    await command(room["id"], "room.start")
    for number, question in enumerate(questions, start=1):
        if question["kind"] != "info":
            rows = [
                _answer(room["id"], number, seat["id"], here.clock.now_ms(), guess, chance)
                for seat in seats
                if (guess := _guess(question, number, chance)) is not None
            ]
            await write(_insert, Answer, rows)
            here.clock.advance(25)
            await command(room["id"], "round.close")
        if number < len(questions):
            await command(room["id"], "room.next")
    await command(room["id"], "room.end")
    return room


def _insert(table: type[Model], rows: list[dict[str, Any]]) -> None:
    for part in chunked(rows, 100):
        table.insert_many(part).execute()


def _seat(room_id: str, number: int, now: int) -> dict[str, Any]:
    names = NAMES.split()
    times, place = divmod(number, len(names))
    name = names[place] + (f" {times + 1}" if times else "")
    seat_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{room_id} {number}"))
    return {
        "id": seat_id,
        "room_id": room_id,
        "nickname": name,
        "nickname_key": name.casefold(),
        "joined_at": now + number,
    }


def _guess(question: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any] | None:
    """Later questions are harder; a few people let each of them go."""
    if chance.random() < 0.03:
        return None
    is_right = chance.random() < 1 - 0.1 * (number % 8)
    if choices := question.get("choices"):
        right = [index for index, choice in enumerate(choices) if choice.get("correct")]
        return {"choices": right if right and is_right else [chance.randrange(len(choices))]}
    if question["kind"] == "number":
        return {"number": question["accepted"][0]["value"] if is_right else chance.randrange(40)}
    if question["kind"] == "text":
        return {"text": question["accepted"][0] if is_right else chance.choice(["Amazon", "Tigris", "Rhine", "=1+1"])}
    asked = decode_question(question, lambda: "q")
    return kind_of(asked).guess(asked, chance, is_right)


def _answer(
    room_id: str, number: int, seat_id: str, now: int, guess: dict[str, Any], chance: random.Random
) -> dict[str, Any]:
    took = chance.randrange(900, 19_000)
    return {
        "room_id": room_id,
        "round": number,
        "participant_id": seat_id,
        "submission_id": f"{number}-{seat_id}",
        "answer": msgspec.json.encode(guess).decode(),
        "received_at": now + took,
        "response_ms": took,
    }
