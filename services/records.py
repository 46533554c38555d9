"""Between rows of models/ and the values of game/: rooms, frozen content, events. No rules, no queries."""

from typing import Any

import msgspec

from game.content import Content
from game.phases import Phase
from game.quiz import decode_quiz, encode_quiz
from game.room import Event, Room
from game.settings import Settings
from models import tables

# Written once, when the room is made; the others by every move.
_FIXED = ("id", "pin", "owner_id", "title", "epoch", "rounds", "created_at", "is_rehearsal")
_MOVING = ("round", "seq", "locked", "opens_at", "opened_at", "closes_at", "due_at", "started_at", "ended_at")


def settings_of(text: str) -> Settings:
    return msgspec.json.decode(text, type=Settings)


def room_of(row: tables.Room) -> Room:
    values = {name: getattr(row, name) for name in (*_FIXED, *_MOVING)}
    return Room(**values, settings=settings_of(row.settings), phase=Phase(row.phase))


def room_values(room: Room) -> dict[str, Any]:
    """The whole row of a new room."""
    values = {name: getattr(room, name) for name in _FIXED}
    return values | {"settings": msgspec.json.encode(room.settings).decode()} | moved_values(room)


def moved_values(room: Room) -> dict[str, Any]:
    """What a move may have changed."""
    return {name: getattr(room, name) for name in _MOVING} | {"phase": room.phase.value}


def event_of(row: tables.RoomEvent) -> Event:
    return Event(row.seq, row.name, msgspec.json.decode(row.params), row.at)


def event_row(event: Event) -> tuple[int, str, str, int]:
    return (event.seq, event.name, msgspec.json.encode(event.params).decode(), event.at)


def content_text(content: Content) -> str:
    quiz = content.quiz
    # The quiz JSON has what its author wrote, the bodies how it was mixed for this room.
    bodies = [question.body for question in quiz.questions]
    return msgspec.json.encode(
        {"quiz": encode_quiz(quiz), "orders": content.orders, "sizes": content.sizes, "bodies": bodies}
    ).decode()


def content_from(text: str) -> Content:
    data = msgspec.json.decode(text)
    orders = tuple(None if order is None else tuple(order) for order in data["orders"])
    sizes = {image: (width, height) for image, (width, height) in data.get("sizes", {}).items()}
    # Every question was given its id when the room was made.
    quiz = decode_quiz(data["quiz"], new_id=lambda: "")
    bodies = data.get("bodies", [{}] * len(quiz.questions))
    questions = [
        msgspec.structs.replace(question, body=body) for question, body in zip(quiz.questions, bodies, strict=True)
    ]
    return Content(msgspec.structs.replace(quiz, questions=tuple(questions)), orders, sizes)
