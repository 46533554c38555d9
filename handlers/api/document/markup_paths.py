"""The call that shows what formatted texts look like, as the OpenAPI document tells of it."""

from game.quiz import LONG_MOST
from handlers.api.document.parts import TEXT, Schema, json_answer, json_body, listed, operation, ref, thing
from handlers.api.markup import TEXTS_MOST

_SENT = listed(TEXT | {"maxLength": LONG_MOST}, 0, TEXTS_MOST)
_FOUND = listed(TEXT, 0, TEXTS_MOST)
_RENDER = operation(
    "renderMarkup",
    "The HTML that participants get of a question's texts when its `markup` is `markdown`",
    "quizzes",
    {"200": json_answer("In the order in which they were sent", ref("RenderedTexts"))},
    (401, 403, 413, 415, 422),
    requestBody=json_body(
        thing(
            {
                "texts": _SENT | {"description": "Prompts and explanations: paragraphs, lists, tables"},
                "lines": _SENT | {"description": "Texts of choices and items: one line each"},
            },
            ("texts", "lines"),
            is_closed=True,
        )
    ),
)

PATHS: Schema = {"/api/v1/markup": {"post": _RENDER}}
SCHEMAS: Schema = {"RenderedTexts": thing({"texts": _FOUND, "lines": _FOUND})}
