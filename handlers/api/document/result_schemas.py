"""What came out of a room, as the OpenAPI document tells of it."""

from handlers.api.document.parts import COUNT, FLAG, ID, MAYBE_TIME, TEXT, Schema, listed, maybe, thing

_VALUE = thing({"value": {"type": ["string", "number"]}, "count": COUNT, "correct": FLAG})
_POINT: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
_DISTRIBUTION: Schema = {
    "anyOf": [
        thing(
            {"counts": listed(COUNT), "other": COUNT, "mean": {"type": ["number", "null"]}, "points": listed(_POINT)},
            ("mean", "points"),
            about="By the author's index: of choices, or of what was right; a scale has `mean`, a hotspot `points`",
        ),
        thing({"values": listed(_VALUE, most=60), "other": COUNT}),
    ]
}
_ROUND = thing(
    {
        "round": COUNT,
        "question_id": TEXT,
        "prompt": TEXT,
        "kind": TEXT,
        "media": maybe(
            thing(
                {
                    "image": TEXT,
                    "alt": TEXT,
                    "width": maybe(COUNT),
                    "height": maybe(COUNT),
                    "audio": TEXT,
                    "duration_s": {"type": ["number", "null"]},
                },
                ("image", "alt", "width", "height", "audio", "duration_s"),
            )
        ),
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
        "answer": maybe({"type": "object", "description": "As in answer.submit, in the author's indexes"}),
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
