"""The OpenAPI 3.1 document of everything below /api, of /health and of /metrics, put together from its parts."""

from typing import Any

from handlers.api.document import (
    account_paths,
    admin_paths,
    admin_schemas,
    markup_paths,
    media_paths,
    notification_paths,
    people_paths,
    question_paths,
    quiz_paths,
    quiz_schemas,
    result_schemas,
    room_paths,
    room_schemas,
)
from handlers.api.document.parts import ERROR_SCHEMAS, RESPONSES

ABOUT = """Live quizzes: write or import them, run them in rooms, read what came out.

Ids are UUID strings, times are milliseconds since the epoch, errors are always
`{"error": {"code", "message", "details"}}`. Programs send `Authorization: Bearer <token>` with the token of
`POST /api/v1/login`; pages use the browser's cookie, and for changes the X-XSRFToken header. The live part of a
room is a WebSocket at `/ws`, described in docs/protocol.md.
"""


def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Quizhall", "version": "1", "description": ABOUT, "license": {"name": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {"cookie": []}],
        "tags": [
            {"name": "account", "description": "Signing up, in and out, and one's own account"},
            {"name": "quizzes", "description": "What an author writes"},
            {"name": "rooms", "description": "One live run of a quiz each"},
            {"name": "notifications", "description": "What other systems have to say to an account"},
            {"name": "admin", "description": "What an admin sees of the running service and does to it"},
            {"name": "service", "description": "How the service is"},
        ],
        "paths": account_paths.PATHS
        | quiz_paths.PATHS
        | question_paths.PATHS
        | media_paths.PATHS
        | markup_paths.PATHS
        | room_paths.PATHS
        | notification_paths.PATHS
        | admin_paths.PATHS
        | people_paths.PATHS,
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "service": {"type": "http", "scheme": "bearer", "description": "SERVICE_TOKEN, of other systems"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "quizhall_session"},
            },
            "responses": RESPONSES,
            "schemas": ERROR_SCHEMAS
            | quiz_schemas.SCHEMAS
            | question_paths.SCHEMAS
            | media_paths.SCHEMAS
            | markup_paths.SCHEMAS
            | room_schemas.SCHEMAS
            | result_schemas.SCHEMAS
            | notification_paths.SCHEMAS
            | admin_schemas.SCHEMAS
            | people_paths.SCHEMAS,
        },
    }
