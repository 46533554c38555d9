"""The calls about quizzes, as the OpenAPI document tells of them."""

from formats.sheet_writer import XLSX
from handlers.api.document.parts import (
    ID,
    TEXT,
    Schema,
    json_answer,
    json_body,
    link,
    operation,
    path_parameter,
    query_parameter,
    ref,
)
from services.exports import writers

_FILES = ("application/json", "application/zip", "text/plain", "text/csv", "application/xml", XLSX)
_QUIZ_ID = path_parameter("id", ID, "The quiz's id")
_LOCATION: Schema = {"Location": {"schema": TEXT, "description": "The quiz's address"}}
_LINKS: Schema = {
    **{
        name: link(name, id="id")
        for name in ("getQuiz", "updateQuiz", "deleteQuiz", "restoreQuiz", "duplicateQuiz", "exportQuiz")
    },
    "createRoom": {"operationId": "createRoom", "requestBody": {"quiz_id": "$response.body#/id"}},
}
_UPLOAD: Schema = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {"type": "string", "contentMediaType": "application/octet-stream", "minLength": 1},
                    "format": TEXT | {"description": "One of the formats; found by content when absent"},
                },
            }
        }
    },
}

_SOUGHT: Schema = {"type": "string", "maxLength": 100}
_LIST = operation(
    "listQuizzes",
    "Your quizzes, newest first; all of them or those that fit what is sought",
    "quizzes",
    {"200": json_answer("One page", ref("QuizPage"))},
    (401, 403, 422),
    parameters=[
        query_parameter("q", _SOUGHT, "Words that must all be in its title, description, tags or questions"),
        query_parameter("tag", _SOUGHT, "A tag that it must have"),
        query_parameter("deleted", {"enum": ["true", "false"], "default": "false"}, "Those that can be taken back"),
        query_parameter("after", ID, "`next` of the page before"),
        query_parameter("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, "Length of a page"),
    ],
)
_CREATE = operation(
    "createQuiz",
    "Stores a new quiz; questions without an id are given one",
    "quizzes",
    {"201": json_answer("The quiz", ref("Quiz"), _LOCATION) | {"links": _LINKS}},
    (401, 403, 413, 415, 422),
    requestBody=json_body(ref("NewQuiz")),
)
_GET = operation(
    "getQuiz", "One quiz with its key", "quizzes", {"200": json_answer("The quiz", ref("Quiz"))}, (401, 403, 404)
)
_UPDATE = operation(
    "updateQuiz",
    "Replaces a quiz; 409 when its revision is not the newest",
    "quizzes",
    {"200": json_answer("The quiz with its next revision", ref("Quiz"))},
    (401, 403, 404, 409, 413, 415, 422),
    requestBody=json_body(ref("ChangedQuiz")),
)
_DRAFT = operation(
    "saveDraft",
    "Replaces a quiz as far as it is written; 409 when its revision is not the newest. Only a ready one makes rooms",
    "quizzes",
    {"200": json_answer("Whether it can be played, and what it still needs", ref("SavedDraft"))},
    (401, 403, 404, 409, 413, 415, 422),
    requestBody=json_body(ref("Draft")),
)
_DELETE = operation(
    "deleteQuiz",
    "Deletes a quiz, which can be taken back for thirty days; rooms made from it go on",
    "quizzes",
    {"204": {"description": "Done"}},
    (401, 403, 404),
)
_DUPLICATE = operation(
    "duplicateQuiz",
    "A copy of a quiz, called “… (copy)”",
    "quizzes",
    {"201": json_answer("The copy", ref("Quiz"), _LOCATION)},
    (401, 403, 404),
)
_RESTORE = operation(
    "restoreQuiz",
    "Takes back that a quiz was deleted; 404 when that is more than thirty days ago",
    "quizzes",
    {"200": json_answer("The quiz", ref("Quiz"))},
    (401, 403, 404),
)
_IMPORT = operation(
    "importQuiz",
    "Brings a quiz file of at most 20 MB in; 422 when nothing in it can be used",
    "quizzes",
    {"201": json_answer("What became of it", ref("Import"))},
    (401, 403, 415, 422),
    requestBody=_UPLOAD,
)
_PREVIEW = operation(
    "previewQuizzes",
    "A look at a quiz file without saving anything; its page at `url`, where its owner may save it, is there for a day",
    "quizzes",
    {"201": json_answer("Every question of the file", ref("ImportPreview"))},
    (401, 403, 415, 422),
    requestBody=_UPLOAD,
)
_EXPORT = operation(
    "exportQuiz",
    "The quiz as a file",
    "quizzes",
    {"200": {"description": "The file", "content": {kind: {"schema": {}} for kind in _FILES}}},
    (401, 403, 404, 422),
    parameters=[query_parameter("format", {"enum": list(writers()), "default": "json"}, "The file's format")],
)
_EXPORTS = operation(
    "listExports",
    "What each format would leave out or change of a quiz",
    "quizzes",
    {"200": json_answer("All formats that are written", ref("Exports"))},
    (401, 403, 404),
)

PATHS = {
    "/api/v1/quizzes": {"get": _LIST, "post": _CREATE},
    "/api/v1/quizzes/import": {"post": _IMPORT},
    "/api/v1/quizzes/import/preview": {"post": _PREVIEW},
    "/api/v1/quizzes/{id}": {"parameters": [_QUIZ_ID], "get": _GET, "put": _UPDATE, "delete": _DELETE},
    "/api/v1/quizzes/{id}/draft": {"parameters": [_QUIZ_ID], "put": _DRAFT},
    "/api/v1/quizzes/{id}/duplicate": {"parameters": [_QUIZ_ID], "post": _DUPLICATE},
    "/api/v1/quizzes/{id}/restore": {"parameters": [_QUIZ_ID], "post": _RESTORE},
    "/api/v1/quizzes/{id}/export": {"parameters": [_QUIZ_ID], "get": _EXPORT},
    "/api/v1/quizzes/{id}/exports": {"parameters": [_QUIZ_ID], "get": _EXPORTS},
}
