"""The calls about rooms, as the OpenAPI document tells of them."""

from handlers.api.document.parts import (
    COUNT,
    ID,
    PUBLIC,
    RATE_HEADERS,
    TEXT,
    Schema,
    json_answer,
    json_body,
    link,
    operation,
    path_parameter,
    query_parameter,
    ref,
    thing,
)
from handlers.api.document.room_schemas import CLIENT_ID

_PIN: Schema = {"type": "string", "pattern": "^[0-9]{4,12}$"}
_DONE: Schema = {"204": {"description": "Done"}}
_ROOM_ID = path_parameter("id", ID, "The room's id")

_OF_OWNER = ("openScreen", "listEvents", "getResults", "getResultsJson", "getResultsCsv")
_LINKS: Schema = {
    "getRoom": link("getRoom", room="pin"),
    "joinRoom": link("joinRoom", room="pin"),
    "listParticipants": link("listParticipants", room="id"),
    **{name: link(name, id="id") for name in _OF_OWNER},
}

_CREATE = operation(
    "createRoom",
    "A room for one run of a quiz",
    "rooms",
    {"201": json_answer("The room", ref("NewRoomAnswer")) | {"links": _LINKS}},
    (401, 403, 404, 413, 415, 422),
    requestBody=json_body(ref("NewRoom")),
)
_REHEARSE = operation(
    "createRehearsal",
    "A room in which made-up people join and answer. It is in no list, counts nowhere and is deleted after 30 minutes; "
    "your rehearsal before it ends",
    "rooms",
    {"201": json_answer("The room", ref("NewRoomAnswer"))},
    (401, 403, 404, 413, 415, 422),
    requestBody=json_body(ref("NewRehearsal")),
)
_GET = operation(
    "getRoom",
    "What everybody with the PIN may know",
    "rooms",
    {"200": json_answer("The room", ref("PublicRoom"))},
    (404, 410),
    parameters=[path_parameter("room", _PIN, "The room's PIN")],
    **PUBLIC,
)
_DELETE = operation(
    "deleteRoom",
    "Owner, of a room that is over: nobody finds it any more; an hour later it is removed with all names and answers",
    "rooms",
    _DONE,
    (401, 403, 404, 409),
    parameters=[path_parameter("room", ID, "The room's id")],
)
_RESTORE = operation(
    "restoreRoom",
    "Owner: takes back that the room was deleted, within the hour",
    "rooms",
    _DONE,
    (401, 403, 404),
    parameters=[_ROOM_ID],
)
_ANONYMISE = operation(
    "anonymiseRoom",
    'Owner, of a room that is over: everybody becomes "Participant 1…n" wherever they are named, for ever',
    "rooms",
    _DONE,
    (401, 403, 404, 409),
    parameters=[_ROOM_ID],
)
_PARTICIPANTS = operation(
    "listParticipants",
    "Owner: all who have or had a seat",
    "rooms",
    {"200": json_answer("One page", ref("ParticipantPage"))},
    (401, 403, 404, 422),
    parameters=[
        path_parameter("room", ID, "The room's id"),
        query_parameter("after", ID, "`next` of the page before"),
    ],
)
_JOIN = operation(
    "joinRoom",
    "A seat in a room; the same client_id again gets the same seat",
    "rooms",
    {"201": json_answer("The seat", ref("Seat"), RATE_HEADERS)},
    (403, 404, 409, 410, 413, 415, 422, 423),
    parameters=[path_parameter("room", _PIN, "The room's PIN")],
    requestBody=json_body(ref("Join")),
    **PUBLIC,
)
_NAMES = operation(
    "offerNames",
    "Names for somebody who is about to join; the same client_id is offered the same ones",
    "rooms",
    {"200": json_answer("The names, best first", ref("NamesAnswer"))},
    (404, 410, 422),
    parameters=[
        path_parameter("pin", _PIN, "The room's PIN"),
        query_parameter("client_id", CLIENT_ID, "As it will be sent with joinRoom") | {"required": True},
    ],
    **PUBLIC,
)
_NICKNAME = operation(
    "changeNickname",
    "Participant: another name, when the host has asked for one",
    "rooms",
    {"200": json_answer("The participant", ref("NicknameAnswer"))},
    (401, 403, 404, 409, 410, 413, 415, 422),
    parameters=[path_parameter("pin", _PIN, "The room's PIN")],
    requestBody=json_body(ref("Nickname")),
)
_SCREEN = operation(
    "openScreen",
    "Owner: an address for a projector",
    "rooms",
    {"200": json_answer("The address and its token", thing({"url": TEXT, "token": TEXT}))},
    (401, 403, 404),
    parameters=[_ROOM_ID],
)
_NOTES = operation(
    "getRoundNotes",
    "Owner alone: the key of a round, the teacher's notes, and who has not answered; no admin sees it",
    "rooms",
    {"200": json_answer("What the host may know", ref("RoundNotes"))},
    (401, 403, 404),
    parameters=[
        _ROOM_ID,
        path_parameter("n", {"type": "integer", "minimum": 1, "maximum": 999_999}, "The round, counted from 1"),
    ],
)
_EVENTS = operation(
    "listEvents",
    "Owner: the room's event log",
    "rooms",
    {"200": json_answer("Events in order", ref("EventPage"))},
    (401, 403, 404, 422),
    parameters=[_ROOM_ID, query_parameter("after", COUNT | {"maximum": 10**15}, "The last seq already known")],
)


def _results(name: str) -> Schema:
    return operation(
        name,
        "Owner: what came out of a room",
        "rooms",
        {"200": json_answer("The results", ref("Results"))},
        (401, 403, 404),
        parameters=[_ROOM_ID],
    )


_CSV = _results("getResultsCsv") | {"summary": "Owner: the results as a table"}
_CSV["responses"]["200"] = {"description": "The results", "content": {"text/csv": {"schema": TEXT}}}

PATHS = {
    "/api/v1/rooms": {"post": _CREATE},
    "/api/v1/rehearsals": {"post": _REHEARSE},
    "/api/v1/rooms/{room}": {"get": _GET, "delete": _DELETE},
    "/api/v1/rooms/{room}/participants": {"get": _PARTICIPANTS, "post": _JOIN},
    "/api/v1/rooms/{pin}/names": {"get": _NAMES},
    "/api/v1/rooms/{pin}/nickname": {"put": _NICKNAME},
    "/api/v1/rooms/{id}/screen": {"post": _SCREEN},
    "/api/v1/rooms/{id}/rounds/{n}/notes": {"get": _NOTES},
    "/api/v1/rooms/{id}/events": {"get": _EVENTS},
    "/api/v1/rooms/{id}/restore": {"post": _RESTORE},
    "/api/v1/rooms/{id}/anonymise": {"post": _ANONYMISE},
    "/api/v1/rooms/{id}/results": {"get": _results("getResults")},
    "/api/v1/rooms/{id}/results.json": {"get": _results("getResultsJson")},
    "/api/v1/rooms/{id}/results.csv": {"get": _CSV},
}
