"""The calls about images, as the OpenAPI document tells of them."""

from handlers.api.document.parts import COUNT, TEXT, Schema, json_answer, operation, ref, thing
from handlers.api.document.quiz_schemas import IMAGE

_UPLOAD: Schema = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "minLength": 1,
                        "description": "PNG, JPEG, WebP, GIF (its first picture); at most 10 MB and 30 million pixels",
                    }
                },
            }
        }
    },
}
_ADD = operation(
    "uploadMedia",
    "Takes an image for a question: turned upright, scaled to at most 1600 pixels a side, stored as WebP or PNG",
    "quizzes",
    {
        "201": json_answer(
            "The image, whose `id` goes into the question's `media.image`",
            thing({"media": ref("Media")}),
            {"Location": {"schema": TEXT, "description": "Where the image is served, to everybody"}},
        )
    },
    (401, 403, 415, 422),
    requestBody=_UPLOAD,
)

PATHS: Schema = {"/api/v1/media": {"post": _ADD}}
SCHEMAS: Schema = {
    "Media": thing(
        {
            "id": {"type": "string", "pattern": IMAGE},
            "url": TEXT,
            "width": COUNT | {"maximum": 1600},
            "height": COUNT | {"maximum": 1600},
            "bytes": COUNT,
        }
    )
}
