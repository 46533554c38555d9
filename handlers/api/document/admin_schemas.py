"""What an admin sees and does, as the OpenAPI document tells of it."""

from handlers.api.document.parts import (
    COUNT,
    FLAG,
    ID,
    MAYBE_TIME,
    TEXT,
    TIME,
    Schema,
    listed,
    maybe,
    ref,
    text,
    thing,
)

_RATE: Schema = {"type": "number", "minimum": 0}
_MS: Schema = {"type": "number", "minimum": 0, "description": "Milliseconds"}
_PHASE: Schema = {"enum": ["LOBBY", "READ", "OPEN", "REVEAL", "STANDINGS", "FINISHED"]}
_P99 = ("delivery", "fan_out", "commit", "receipt", "loop_lag")
_TOTALS = ("connections", "users", "rooms", "participants", "failed", "skipped", "removed_inactive", "queue_bytes")
_SHARD = (
    "shard", "connections", "users", "subscriptions", "sent", "received",
    "failed", "skipped", "queue_bytes", "removed_inactive", "busy_ms",
)  # fmt: skip

_ROOM: Schema = {
    "id": ID,
    "pin": TEXT,
    "title": TEXT,
    "host": TEXT | {"description": "The name of the account that owns it"},
    "phase": _PHASE,
    "round": COUNT,
    "rounds": COUNT,
    "participants": COUNT | {"description": "Seats"},
    "connected": COUNT,
    "answered": COUNT | {"description": "In this round"},
    "lag_ms": maybe(_MS),
    "started_at": MAYBE_TIME,
    "is_rehearsal": FLAG | {"description": "Its participants are made up, and in no total"},
}
_RECEIPT = thing({"round": COUNT, "id": TEXT, "received_at": TIME, "took_ms": maybe(COUNT)})

# The first three are admins' alone.
_ACTIONS = (
    "room.close",
    "participant.disconnect",
    "announcement.send",
    "room.delete",
    "room.restore",
    "room.anonymise",
)

SCHEMAS: Schema = {
    "AdminPoint": thing(
        {
            "at": TIME,
            "connections": COUNT,
            "events_per_s": _RATE,
            "answers_per_s": _RATE,
            "delivery_p99_ms": maybe(_MS),
            "loop_lag_ms": _MS,
        }
    ),
    "AdminNode": thing(
        {
            "node": TEXT,
            "started_at": TIME,
            "uptime_seconds": COUNT,
            "connections": COUNT,
            "rooms": COUNT,
            "loop_lag_ms": _MS,
            "is_ready": FLAG,
        }
    ),
    "AdminRoom": thing(_ROOM),
    "AdminAlert": thing(
        {
            "node": TEXT,
            "name": TEXT,
            "severity": {"enum": ["warning", "critical"]},
            "since": TIME,
            "value": _RATE,
            "threshold": _RATE,
            "message": TEXT,
        }
    ),
    "AdminStats": thing(
        {
            "at": TIME,
            "node": TEXT,
            "nodes": listed(ref("AdminNode")),
            "totals": thing(
                dict.fromkeys(_TOTALS, COUNT) | {"events_per_s": _RATE, "answers_per_s": _RATE, "received_per_s": _RATE}
            ),
            "p99_ms": thing({name: maybe(_MS) for name in _P99}, about="Over the last minute; the worst of all nodes"),
            "shards": listed(thing(dict.fromkeys(_SHARD, COUNT))),
            "rooms": listed(ref("AdminRoom"), most=200),
            "rooms_total": COUNT,
            "alerts": listed(ref("AdminAlert")),
            "point": ref("AdminPoint"),
        },
        about="Of all nodes; `shards` and `point` are of `node`, which answers. Also the params of `admin.stats`",
    ),
    "AdminOverview": thing(
        {"server_time": TIME, "history": listed(ref("AdminPoint"), most=600), "stats": ref("AdminStats")}
    ),
    "AdminParticipant": thing(
        {
            "id": ID,
            "nickname": TEXT,
            "state": {"enum": ["connected", "gone", "removed"]},
            "sockets": COUNT,
            "rtt_ms": maybe(COUNT),
            "connected_at": MAYBE_TIME,
            "reconnects": COUNT,
            "missed": COUNT | {"description": "Events that were replayed, or skipped by a snapshot"},
            "resumed": COUNT,
            "answered": FLAG,
            "receipt": maybe(_RECEIPT),
            "queue_bytes": COUNT,
        }
    ),
    "AdminRoomPage": thing(
        {
            "room": thing(_ROOM | {"seq": COUNT, "epoch": TEXT, "settings": ref("Settings")}),
            "participants": listed(ref("AdminParticipant"), most=200),
            "counts": thing(dict.fromkeys(("connected", "gone", "removed", "answered"), COUNT)),
            "next": maybe(ID),
        }
    ),
    "Announcement": thing(
        {"text": text(1, 280), "room": maybe({"type": "string", "pattern": "^[0-9]{4,12}$"})},
        ("room",),
        is_closed=True,
    ),
    "AuditPage": thing(
        {
            "entries": listed(
                thing(
                    {
                        "id": ID,
                        "at": TIME,
                        "actor": thing({"id": ID, "name": TEXT}),
                        "action": {"enum": list(_ACTIONS)},
                        "room": maybe(TEXT),
                        "target": maybe(ID),
                        "details": {"type": "object"},
                    }
                )
            ),
            "next": maybe(ID),
        }
    ),
}
