"""The calls about images and sounds, as the OpenAPI document tells of them."""

from handlers.api.document.parts import COUNT, TEXT, Schema, json_answer, operation, ref, thing
from handlers.api.document.quiz_schemas import IMAGE, SOUND

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
                        "description": "PNG, JPEG, WebP, GIF (its first picture), at most 30 million pixels; or MP3, "
                        "M4A (AAC), Ogg (Vorbis, Opus), WAV, at most 10 minutes; at most 10 MB. Its bytes say which",
                    }
                },
            }
        }
    },
}
_ADD = operation(
    "uploadMedia",
    "Takes an image or a sound for a question. An image is turned upright, scaled to at most 1600 pixels a side and "
    "stored as WebP or PNG; a sound stays as it is, without its tags",
    "quizzes",
    {
        "201": json_answer(
            "What was made of it; its `id` goes into the question's `media.image` or `media.audio`",
            thing({"media": ref("Media")}),
            {"Location": {"schema": TEXT, "description": "Where it is served, to everybody"}},
        )
    },
    (401, 403, 415, 422),
    requestBody=_UPLOAD,
)

PATHS: Schema = {"/api/v1/media": {"post": _ADD}}
SCHEMAS: Schema = {
    "Media": {"oneOf": [ref("StoredImage"), ref("StoredSound")]},
    "StoredImage": thing(
        {
            "id": {"type": "string", "pattern": IMAGE},
            "url": TEXT,
            "width": COUNT | {"maximum": 1600},
            "height": COUNT | {"maximum": 1600},
            "bytes": COUNT,
        }
    ),
    "StoredSound": thing(
        {
            "id": {"type": "string", "pattern": SOUND},
            "url": TEXT,
            "duration_s": {"type": "number", "exclusiveMinimum": 0, "maximum": 600},
            "bytes": COUNT,
        }
    ),
}
