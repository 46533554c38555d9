"""The calls for admins, as the OpenAPI document tells of them."""

from handlers.api.document.parts import (
    COUNT,
    ID,
    TEXT,
    Schema,
    json_answer,
    json_body,
    operation,
    path_parameter,
    query_parameter,
    ref,
    thing,
)

_PIN = path_parameter("pin", {"type": "string", "pattern": "^[0-9]{4,12}$"}, "The room's PIN")

_OVERVIEW = operation(
    "adminOverview",
    "Admin: what the service does now, and did in the last ten minutes",
    "admin",
    {"200": json_answer("The figures", ref("AdminOverview"))},
    (401, 403),
)
_ROOM = operation(
    "adminRoom",
    "Admin: a room and how each participant fares, by nickname",
    "admin",
    {"200": json_answer("The room and one page of its participants", ref("AdminRoomPage"))},
    (401, 403, 404, 422),
    parameters=[
        _PIN,
        query_parameter("after", ID, "`next` of the page before"),
        query_parameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 100}, "How many at most"),
        query_parameter("state", {"enum": ["connected", "gone", "removed"]}, "Only these"),
        query_parameter("q", TEXT | {"maxLength": 64}, "Letters that the nickname contains"),
    ],
)
_CLOSE = operation(
    "adminCloseRoom",
    "Admin: ends a room as its host would",
    "admin",
    {"200": json_answer("Where it stands", thing({"seq": COUNT, "phase": TEXT}))},
    (401, 403, 404, 409, 410),
    parameters=[_PIN],
)
_DISCONNECT = operation(
    "adminDisconnect",
    "Admin: closes a participant's sockets; the seat stays",
    "admin",
    {"200": json_answer("How many were closed", thing({"sockets": COUNT}))},
    (401, 403, 404),
    parameters=[_PIN, path_parameter("id", ID, "The participant's id")],
)
_ANNOUNCE = operation(
    "adminAnnounce",
    "Admin: a sentence to everybody who is connected, or to one room",
    "admin",
    {"200": json_answer("How many were told", thing({"connections": COUNT}))},
    (401, 403, 404, 413, 415, 422),
    requestBody=json_body(ref("Announcement")),
)
_AUDIT = operation(
    "adminAudit",
    "Admin: what admins did, the newest first",
    "admin",
    {"200": json_answer("One page", ref("AuditPage"))},
    (401, 403, 422),
    parameters=[query_parameter("after", ID, "`next` of the page before")],
)

PATHS: Schema = {
    "/api/v1/admin/overview": {"get": _OVERVIEW},
    "/api/v1/admin/rooms/{pin}": {"get": _ROOM},
    "/api/v1/admin/rooms/{pin}/close": {"post": _CLOSE},
    "/api/v1/admin/rooms/{pin}/participants/{id}/disconnect": {"post": _DISCONNECT},
    "/api/v1/admin/announcements": {"post": _ANNOUNCE},
    "/api/v1/admin/audit": {"get": _AUDIT},
}
