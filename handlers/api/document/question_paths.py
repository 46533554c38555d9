"""The calls about the questions of all one's quizzes, as the OpenAPI document tells of them."""

from game.kinds import KINDS
from game.quiz import TITLE_MOST
from handlers.api.document.parts import (
    COUNT,
    FLAG,
    ID,
    TEXT,
    Schema,
    json_answer,
    json_body,
    listed,
    operation,
    query_parameter,
    ref,
    text,
    thing,
)
from services.library import QUERY_MOST
from services.question_bank import PAGE_MOST, PICKS_MOST

_SOUGHT: Schema = {"type": "string", "maxLength": QUERY_MOST}
_PAGE: Schema = {"type": "integer", "minimum": 1, "maximum": 100_000, "default": 1}
_LENGTH: Schema = {"type": "integer", "minimum": 1, "maximum": PAGE_MOST, "default": 20}
_REVISION: Schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}

_SEARCH = operation(
    "searchQuestions",
    "Questions of all your quizzes, drafts too; those of the quiz changed last come first",
    "quizzes",
    {"200": json_answer("One page of what was found", ref("QuestionPage"))},
    (401, 403, 422),
    parameters=[
        query_parameter("q", _SOUGHT, "Words that must all be in the question, its answers or its notes"),
        query_parameter("kind", _SOUGHT | {"examples": list(KINDS)}, "Its kind"),
        query_parameter("language", _SOUGHT | {"examples": ["en", "pt-BR"]}, "The language of its quiz"),
        query_parameter("tag", _SOUGHT, "A tag that its quiz must have"),
        query_parameter("except", ID, "A quiz whose questions are left out"),
        query_parameter("page", _PAGE, "Behind the last page comes the last one"),
        query_parameter("limit", _LENGTH, "Length of a page"),
    ],
)
_COPY = operation(
    "copyQuestions",
    "Copies questions, all or none, behind those of another quiz or into a new one; "
    "409 when that quiz's revision is not the newest",
    "quizzes",
    {"201": json_answer("The quiz that has them now", ref("CopiedQuestions"))},
    (401, 403, 404, 409, 413, 415, 422),
    requestBody=json_body(ref("CopyQuestions")),
)

PATHS = {"/api/v1/questions": {"get": _SEARCH}, "/api/v1/questions/copy": {"post": _COPY}}

_HIT = thing(
    {
        "quiz": thing({"id": ID, "title": TEXT, "language": TEXT, "tags": {"type": "array", "items": TEXT}}),
        "number": COUNT | {"minimum": 1, "description": "Where it stands in its quiz"},
        "question": {"type": "object", "description": "As in the quiz; in a draft it may be unfinished"},
    }
)
_PICK = thing({"quiz_id": ID, "question_id": text(1, 100)}, is_closed=True)
_INTO = thing({"quiz_id": ID, "revision": _REVISION}, is_closed=True)
_NEW = thing({"title": text(1, TITLE_MOST)}, is_closed=True)
_PROBLEM = thing({"field": TEXT, "reason": TEXT})

SCHEMAS: Schema = {
    "QuestionPage": thing(
        {"questions": {"type": "array", "items": _HIT}, "found": COUNT, "page": COUNT, "pages": COUNT}
    ),
    "CopyQuestions": thing({"questions": listed(_PICK, 1, PICKS_MOST), "to": {"anyOf": [_INTO, _NEW]}}, is_closed=True),
    "CopiedQuestions": thing(
        {
            "id": ID,
            "revision": _REVISION,
            "ready": FLAG,
            "questions": {"type": "array", "items": ID, "description": "The ids of the copies, in their order"},
            "problems": {"type": "array", "items": _PROBLEM, "description": "What the quiz still needs"},
        }
    ),
}
