"""Notifications, as the OpenAPI document tells of them."""

from handlers.api.document.parts import (
    COUNT,
    FLAG,
    ID,
    MAYBE_TIME,
    TIME,
    Schema,
    json_answer,
    json_body,
    listed,
    operation,
    query_parameter,
    ref,
    thing,
)

_TYPE: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": 100,
    "pattern": r"^[^\u0000-\u001f\u007f]+$",
    "description": "What our own page knows: `message` and `announcement`, with payload {title, text, link}",
}
_PAYLOAD: Schema = {"type": "object", "description": "At most 16 KiB of JSON"}
_OWN_ID: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": 100,
    "description": "The sender's own, for sending again what had no answer: each account has it once. "
    "The same id with another type or payload is a 409",
}
_WHAT: Schema = {"type": _TYPE, "payload": _PAYLOAD, "id": _OWN_ID}
_MANY = {"least": 1, "most": 1000}

_SEND = operation(
    "sendNotification",
    "For other systems, with the service token: keeps a notification for accounts, and tells those who are connected",
    "notifications",
    {"201": json_answer("One for each account", thing({"notifications": listed(thing({"id": ID, "user": ID}))}))},
    (401, 403, 409, 413, 415, 422),
    requestBody=json_body(ref("NewNotification")),
    security=[{"service": []}],
)
_LIST = operation(
    "listNotifications",
    "The account's notifications, the newest first",
    "notifications",
    {"200": json_answer("One page", ref("NotificationPage"))},
    (401, 403, 422),
    parameters=[
        query_parameter("after", ID, "`next` of the page before"),
        query_parameter("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, "How many at most"),
    ],
)
_READ = operation(
    "readNotifications",
    "Marks some of them, or all, as read, on all devices",
    "notifications",
    {"200": json_answer("How many are left", thing({"unread": COUNT}))},
    (401, 403, 413, 415, 422),
    requestBody=json_body(ref("ReadNotifications")),
)

PATHS: Schema = {
    "/api/v1/notifications": {"get": _LIST, "post": _SEND},
    "/api/v1/notifications/read": {"post": _READ},
}

SCHEMAS: Schema = {
    "NewNotification": {
        "oneOf": [
            thing({"user": ID, **_WHAT}, ("id",), is_closed=True),
            thing({"users": listed(ID, **_MANY), **_WHAT}, ("id",), is_closed=True),
        ]
    },
    "ReadNotifications": {
        "oneOf": [
            thing({"ids": listed(ID, **_MANY)}, is_closed=True),
            thing({"all": FLAG | {"const": True}}, is_closed=True),
        ]
    },
    "Notification": thing({"id": ID, "type": _TYPE, "payload": _PAYLOAD, "timestamp": TIME, "read_at": MAYBE_TIME}),
    "NotificationPage": thing(
        {
            "notifications": listed(ref("Notification")),
            "unread": COUNT,
            "next": {"type": ["string", "null"], "format": "uuid"},
        }
    ),
}
