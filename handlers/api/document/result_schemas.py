"""What came out of a room, as the OpenAPI document tells of it."""

from handlers.api.document.parts import COUNT, FLAG, ID, MAYBE_TIME, TEXT, Schema, listed, maybe, thing

_VALUE = thing({"value": {"type": ["string", "number"]}, "count": COUNT, "correct": FLAG})
_DISTRIBUTION: Schema = {
    "anyOf": [
        thing({"counts": listed(COUNT), "other": COUNT}, about="By the author's index"),
        thing({"values": listed(_VALUE, most=20), "other": COUNT}),
    ]
}
_ROUND = thing(
    {
        "round": COUNT,
        "question_id": TEXT,
        "prompt": TEXT,
        "kind": TEXT,
        "media": maybe(thing({"image": TEXT, "alt": TEXT, "width": COUNT, "height": COUNT})),
        "counted": FLAG,
        "answered": COUNT,
        "correct": COUNT,
        "distribution": maybe(_DISTRIBUTION),
        "median_response_ms": {"type": ["number", "null"]},
    }
)
_ANSWER = thing(
    {
        "round": COUNT,
        "answer": maybe({"type": "object"}),
        "correct": FLAG,
        "credit": {"type": "number", "minimum": 0, "maximum": 1},
        "points": {"type": "integer"},
        "response_ms": {"type": ["integer", "null"]},
        "received_at": MAYBE_TIME,
    }
)
_PARTICIPANT = thing(
    {
        "id": ID,
        "nickname": TEXT,
        "rank": COUNT,
        "score": {"type": "integer"},
        "correct": COUNT,
        "streak_best": COUNT,
        "answers": listed(_ANSWER),
    }
)

SCHEMAS: Schema = {
    "Results": thing(
        {
            "room": thing({"id": ID, "pin": TEXT, "title": TEXT, "started_at": MAYBE_TIME, "ended_at": MAYBE_TIME}),
            "rounds": listed(_ROUND),
            "participants": listed(_PARTICIPANT),
        }
    )
}
