"""Signing in and out, and the service's own calls, as the OpenAPI document tells of them."""

from typing import Any

from handlers.api.document.parts import (
    COUNT,
    ID,
    PUBLIC,
    RATE_HEADERS,
    TEXT,
    TIME,
    json_answer,
    json_body,
    operation,
    thing,
)

USER = thing({"id": ID, "email": TEXT, "name": TEXT, "role": {"enum": ["teacher", "admin"]}})
CHECK = thing({"status": {"enum": ["healthy", "unhealthy", "disabled"]}, "ping_ms": {"type": ["number", "null"]}})
HEALTH = thing(
    {
        "status": {"enum": ["healthy", "degraded", "unhealthy"]},
        "timestamp": TIME,
        "uptime_seconds": COUNT,
        "redis": CHECK,
        "database": CHECK,
        "websocket": thing({"active_connections": COUNT, "total_unique_users": COUNT}),
    }
)

LIVE = thing({"status": {"enum": ["healthy", "degraded"]}, "timestamp": TIME, "redis": CHECK})
READY = thing(
    {
        "status": {"enum": ["healthy", "unhealthy"]},
        "timestamp": TIME,
        "draining": {"type": "boolean"},
        "database": CHECK,
    }
)
DEEP = thing(
    {
        "status": {"enum": ["healthy", "unhealthy"]},
        "timestamp": TIME,
        "database": CHECK,
        "storage": CHECK,
        "publish": CHECK,
    }
)

METRICS = thing(
    {
        "service": TEXT,
        "timestamp": TIME,
        "uptime_seconds": COUNT,
        "connections": thing({"active": COUNT, "total_unique_users": COUNT}),
        "messages": thing({"received_from_redis": COUNT, "sent_to_clients": COUNT, "failed": COUNT}),
    }
)

_LOGIN = operation(
    "login",
    "A bearer token for an e-mail and a password",
    "account",
    {"200": json_answer("The token", thing({"token": TEXT, "user": USER}), RATE_HEADERS)},
    (401, 403, 413, 415, 422),
    requestBody=json_body(thing({"email": TEXT, "password": TEXT}, is_closed=True)),
    **PUBLIC,
)
_LOGOUT = operation(
    "logout",
    "Ends this token and closes its sockets",
    "account",
    {"204": {"description": "Done"}},
    (401, 403),
)
_TICKET = operation(
    "createTicket",
    "A ticket for one WebSocket handshake within 30 seconds, `GET /ws?ticket=`",
    "account",
    {"201": json_answer("The ticket", thing({"ticket": TEXT}))},
    (401, 403),
)


def _check(name: str, about: str, body: dict[str, Any]) -> dict[str, Any]:
    answers = {"200": json_answer("It is", body), "503": json_answer("It is not", body)}
    return operation(name, about, "service", answers, (), **PUBLIC)


_HEALTH = _check("health", "Whether this node is well; degraded means without Redis, and serving", HEALTH)
_READY = _check("healthReady", "Whether to send people here: not while it takes its leave", READY)
_DEEP = _check("healthDeep", "Whether a read, a write and a message to itself all go through", DEEP)
_LIVE = operation(
    "healthLive", "That the process answers", "service", {"200": json_answer("It does", LIVE)}, (), **PUBLIC
)
_METRICS = operation(
    "metrics",
    "The node's figures, for Prometheus or as JSON: from this machine and METRICS_ALLOWED, else for admins",
    "service",
    {"200": json_answer("Figures; docs/metrics.md lists them", METRICS)},
    (401, 403),
    security=[{}, {"bearer": []}, {"cookie": []}],
)
_METRICS["responses"]["200"]["content"] |= {
    "text/plain": {"schema": TEXT},
    "application/openmetrics-text": {"schema": TEXT},
}
_OPENAPI = operation(
    "openapi", "This document", "service", {"200": json_answer("OpenAPI 3.1", {"type": "object"})}, (), **PUBLIC
)
_QUIZ_SCHEMA = operation(
    "quizSchema",
    "The JSON Schema of a quiz file: our .json, and quiz.json in our .quizhall.zip",
    "service",
    {"200": {"description": "Draft 2020-12", "content": {"application/schema+json": {"schema": {"type": "object"}}}}},
    (),
    **PUBLIC,
)

PATHS = {
    "/api/v1/login": {"post": _LOGIN},
    "/api/v1/logout": {"post": _LOGOUT},
    "/api/v1/tickets": {"post": _TICKET},
    "/health": {"get": _HEALTH},
    "/health/live": {"get": _LIVE},
    "/health/ready": {"get": _READY},
    "/health/deep": {"get": _DEEP},
    "/metrics": {"get": _METRICS},
    "/api/v1/openapi.json": {"get": _OPENAPI},
    "/api/v1/quiz.schema.json": {"get": _QUIZ_SCHEMA},
}
