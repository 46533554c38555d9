"""Quizzes and questions, as the OpenAPI document tells of them: exactly what game/ takes, kind by kind."""

from game.kinds import KINDS
from game.question import MARKUPS
from handlers.api.document.parts import (
    COUNT,
    ID,
    MAYBE_TIME,
    TEXT,
    TIME,
    Schema,
    listed,
    maybe,
    ref,
    text,
    thing,
)

IMAGE = r"^[0-9a-f]{64}\.(webp|png)$"
SOUND = r"^[0-9a-f]{64}\.(mp3|m4a|ogg|wav)$"
LANGUAGE = "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$"
_LONGEST = 4000
_MAYBE_TEXT = maybe(text(0, _LONGEST))


def _question(kind: str, key: Schema, optional: tuple[str, ...] = ()) -> Schema:
    common: Schema = {
        "kind": {"const": kind},
        "prompt": text(1, 2000),
        "id": maybe(text(1, 100)),
        "time_limit_s": {"type": ["number", "null"], "minimum": 1, "maximum": 3600, "default": 20},
        "points": {"type": "integer", "minimum": 0, "maximum": 10000, "default": 1000},
        "explanation": _MAYBE_TEXT,
        "notes": _MAYBE_TEXT,
        "media": maybe(ref("QuestionMedia")),
        "markup": maybe({"enum": list(MARKUPS), "default": "plain"})
        | {"description": "How prompt, explanation and the texts of its lists are written"},
    }
    may_miss = ("id", "time_limit_s", "points", "explanation", "notes", "media", "markup", *optional)
    return thing(common | key, may_miss, is_closed=True)


def _name(kind: str) -> str:
    """true_false: TrueFalseQuestion."""
    return "".join(map(str.capitalize, kind.split("_"))) + "Question"


_KINDS: Schema = {_name(kind.name): _question(kind.name, kind.shape(), kind.optional_fields) for kind in KINDS.values()}

_QUIZ: Schema = {
    "title": text(1, 200),
    "description": maybe(text(0, 4000)),
    "language": maybe({"type": "string", "pattern": LANGUAGE, "maxLength": 35, "default": "en"}),
    "questions": listed(ref("Question"), 1, 500),
}
_TAGS: Schema = listed(text(1, 40) | {"not": {"pattern": ","}}, most=20)
_QUIZ["tags"] = maybe(_TAGS | {"description": "What its author sorts it by, each once"})
_OPTIONAL = ("description", "language", "tags")
_READY: Schema = {"type": "boolean", "description": "Whether it can be played; an unfinished quiz makes no room"}
_OWN: Schema = {"id": ID, "revision": COUNT | {"minimum": 1}, "ready": _READY}
_TIMES: Schema = {
    "created_at": TIME,
    "updated_at": TIME,
    "runs": COUNT | {"description": "How many rooms were started with it"},
    "last_played_at": MAYBE_TIME,
}
# A question that is not finished has its kind, and whatever of the rest is written already.
_UNFINISHED: Schema = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": list(KINDS)}}}
_DRAFT: Schema = _QUIZ | {"title": text(0, 200), "questions": maybe(listed(_UNFINISHED, 0, 500))}
_STORED: Schema = _QUIZ | {
    "title": text(0, 200),
    "questions": listed({"anyOf": [ref("Question"), _UNFINISHED]}, 0, 500),
}
# What was read may be sent back with a change; these are the server's.
_IGNORED: Schema = {name: {"description": "Ignored"} for name in ("id", "ready", *_TIMES)}

_COUNTS = thing({"found": COUNT, "imported": COUNT, "skipped": COUNT})
_WARNINGS = listed(
    thing(
        {
            "where": TEXT | {"examples": ["line 12"]},
            "code": TEXT,
            "message": TEXT,
            "severity": {"enum": ["warning", "skipped"]},
        }
    )
)
_FOUND_QUESTION = thing(
    {
        "where": TEXT | {"examples": ["row 9"], "description": "Its place in the file"},
        "question": maybe(ref("Question")) | {"description": "null when it cannot come over; `warnings` say why"},
        "warnings": _WARNINGS,
    }
)
_FOUND_QUIZ = thing(
    {
        "title": TEXT,
        "description": TEXT,
        "language": TEXT,
        "questions": listed(_FOUND_QUESTION),
        "warnings": _WARNINGS,
    }
)

SCHEMAS: Schema = {
    "QuestionMedia": thing(
        {
            "image": {"type": "string", "pattern": IMAGE, "description": "The id that `uploadMedia` answered"},
            "alt": maybe(text(0, 500)) | {"description": "What the image shows, for those who do not see it"},
            "audio": {"type": "string", "pattern": SOUND, "description": "As `image`, for a sound"},
            "transcript": maybe(text(0, _LONGEST))
            | {"description": "What is heard, for those who do not hear it; participants get it with the reveal"},
        },
        ("image", "alt", "audio", "transcript"),
        is_closed=True,
    )
    | {
        "description": "An image, a sound, or both",
        "anyOf": [{"required": ["image"]}, {"required": ["audio"]}],
        "dependentSchemas": {
            "alt": {"anyOf": [{"required": ["image"]}, {"properties": {"alt": {"enum": ["", None]}}}]},
            "transcript": {"anyOf": [{"required": ["audio"]}, {"properties": {"transcript": {"enum": ["", None]}}}]},
        },
    },
    **_KINDS,
    "Question": {"oneOf": [ref(name) for name in _KINDS]},
    "NewQuiz": thing(_QUIZ, _OPTIONAL, is_closed=True),
    "ChangedQuiz": thing(_QUIZ | {"revision": _OWN["revision"]} | _IGNORED, (*_OPTIONAL, *_IGNORED), is_closed=True),
    "Draft": thing(_DRAFT | {"revision": _OWN["revision"]} | _IGNORED, (*_DRAFT, *_IGNORED), is_closed=True),
    "SavedDraft": thing(
        {
            "revision": _OWN["revision"],
            "ready": _READY,
            "problems": listed(thing({"field": TEXT | {"examples": ["questions[3].accepted"]}, "reason": TEXT})),
        }
    ),
    "Quiz": thing(_OWN | _STORED | _TIMES),
    "QuizPage": thing({"quizzes": listed(ref("Quiz")), "next": maybe(ID)}),
    "Import": thing({"quiz": ref("Quiz"), "quizzes": listed(ref("Quiz"), 1), "counts": _COUNTS, "warnings": _WARNINGS}),
    "Exports": thing(
        {
            "exports": listed(
                thing({"format": TEXT, "label": TEXT, "extension": TEXT, "skipped": COUNT, "issues": _WARNINGS})
            )
        }
    ),
    "ImportPreview": thing(
        {
            "id": ID,
            "url": TEXT | {"description": "Its page, or the one that asks what the columns of a table are"},
            "filename": TEXT,
            "expires_at": TIME,
            "counts": _COUNTS,
            "quizzes": listed(_FOUND_QUIZ) | {"description": "Empty while nobody has said what the columns are"},
        }
    ),
}
