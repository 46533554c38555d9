"""Rooms and contents to test the rules with."""

import itertools

from game.content import Content, freeze
from game.quiz import decode_quiz
from game.room import Room
from game.settings import Settings

SINGLE = {"kind": "single", "prompt": "2 + 2?", "choices": [{"text": "3"}, {"text": "4", "correct": True}]}
MULTI = {
    "kind": "multi",
    "prompt": "Primes?",
    "choices": [{"text": "2", "correct": True}, {"text": "3", "correct": True}, {"text": "4"}],
    "explanation": "Four is two times two.",
}
TEXT = {"kind": "text", "prompt": "Capital of France?", "accepted": ["Paris"], "notes": "Not Lyon."}
NUMBER = {"kind": "number", "prompt": "Pi?", "accepted": [{"value": 3.14, "tolerance": 0.01}]}
POLL = {"kind": "poll", "prompt": "Tea?", "choices": [{"text": "yes"}, {"text": "no"}]}
INFO = {"kind": "info", "prompt": "Welcome"}
UNTIMED = SINGLE | {"time_limit_s": None}


def content_of(*questions: dict, shuffle=None) -> Content:
    numbers = itertools.count(1)
    quiz = decode_quiz({"title": "Test", "questions": list(questions)}, new_id=lambda: f"q{next(numbers)}")
    return freeze(quiz, shuffle)


def room_of(content: Content, **settings) -> Room:
    return Room(
        id="room",
        pin="123456",
        owner_id="teacher",
        title="Test",
        epoch="e1",
        settings=Settings(**settings),
        rounds=content.rounds,
        created_at=0,
    )


# What gives an answer away, wherever it stands.
SECRETS = {"key", "correct", "weight", "accepted", "explanation", "notes", "tolerance", "feedback", "match"}


def keys_of(value):
    """All keys anywhere in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys_of(item)}
    if isinstance(value, list | tuple):
        return {key for item in value for key in keys_of(item)}
    return set()
