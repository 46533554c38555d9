"""Rooms, seats and events, as the OpenAPI document tells of them."""

from handlers.api.document.parts import (
    COUNT,
    FLAG,
    ID,
    TEXT,
    TIME,
    Schema,
    listed,
    maybe,
    ref,
    thing,
)
from services.rehearsal import PLAYERS_LEAST, PLAYERS_MOST, PLAYERS_USUAL

# Letters, marks, numbers, punctuation and symbols of any script, and single blanks between them.
NICKNAME = r"^[\p{L}\p{N}\p{P}\p{S}][\p{L}\p{M}\p{N}\p{P}\p{S}]*( [\p{L}\p{N}\p{P}\p{S}][\p{L}\p{M}\p{N}\p{P}\p{S}]*)*$"

_NICKNAME: Schema = {"type": "string", "minLength": 1, "maxLength": 24, "pattern": NICKNAME}
CLIENT_ID: Schema = {"type": "string", "minLength": 1, "maxLength": 64}

_FLAGS = {
    "close_when_all_answered": (True, "A round ends when everybody present has answered"),
    "auto_advance": (False, "The room goes on by itself after the reveal"),
    "shuffle_choices": (False, "Choices are shown in an order of the room's own"),
    "show_question_on_phone": (True, "Off: phones show letters and shapes only"),
    "streak_bonus": (False, "Right answers in a row give more"),
    "late_join": (True, "Joining after the start"),
    "partial_credit": (True, "Off: an answer is right or not"),
    "name_filter": (True, "Names that a word list knows are kept from the screen until the host keeps them"),
}
_SETTINGS: Schema = {
    "scoring": {"enum": ["speed", "accuracy", "steady", "survey"], "default": "speed"},
    "read_time_s": {"type": "number", "minimum": 0, "maximum": 120, "default": 5, "description": "0 opens at once"},
    "nicknames": {
        "enum": ["free", "generated"],
        "default": "free",
        "description": "generated: a participant gets one of the names that the service offers",
    },
} | {name: FLAG | {"default": default, "description": about} for name, (default, about) in _FLAGS.items()}

_PLAYERS: Schema = {
    "type": "integer",
    "minimum": PLAYERS_LEAST,
    "maximum": PLAYERS_MOST,
    "default": PLAYERS_USUAL,
    "description": "How many people are made up",
}

SCHEMAS: Schema = {
    "Settings": thing(_SETTINGS, tuple(_SETTINGS), is_closed=True),
    "NewRoom": thing({"quiz_id": ID, "settings": maybe(ref("Settings"))}, ("settings",), is_closed=True),
    "NewRehearsal": thing(
        {"quiz_id": ID, "settings": maybe(ref("Settings")), "players": _PLAYERS},
        ("settings", "players"),
        is_closed=True,
    ),
    "NewRoomAnswer": thing({"id": ID, "pin": TEXT, "join_url": TEXT, "epoch": TEXT}),
    "PublicRoom": thing(
        {
            "pin": TEXT,
            "title": TEXT,
            "phase": {"enum": ["LOBBY", "READ", "OPEN", "REVEAL", "STANDINGS"]},
            "locked": FLAG,
            "participants": COUNT,
        }
    ),
    "Join": thing(
        {
            "nickname": maybe(_NICKNAME | {"description": "May be left out where the room makes the names"}),
            "client_id": maybe(CLIENT_ID),
        },
        ("nickname", "client_id"),
        is_closed=True,
    ),
    "Nickname": thing({"nickname": _NICKNAME}, is_closed=True),
    "NicknameAnswer": thing({"participant": thing({"id": ID, "nickname": TEXT})}),
    "NamesAnswer": thing({"names": listed(TEXT)}),
    "Seat": thing({"token": TEXT, "participant": thing({"id": ID, "nickname": TEXT})}),
    "ParticipantPage": thing(
        {
            "participants": listed(thing({"id": ID, "nickname": TEXT, "connected": FLAG, "removed": FLAG})),
            "next": maybe(ID),
        }
    ),
    "RoundNotes": thing(
        {
            "key": maybe({"type": "object", "description": "As in round.closed"}),
            "told": maybe(TEXT | {"description": "The key in words"}),
            "notes": TEXT,
            "transcript": TEXT | {"description": "What is heard in the question's sound"},
            "missing": listed(TEXT, most=200)
            | {"description": "Nicknames of those who are connected and have no answer"},
        }
    ),
    "EventPage": thing(
        {
            "events": listed(thing({"seq": COUNT, "method": TEXT, "params": {"type": "object"}, "at": TIME})),
            "next": maybe(COUNT),
        }
    ),
}
