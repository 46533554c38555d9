"""What each audience sees: of an event, and of the room as a whole. Never a key before the reveal."""

from enum import StrEnum
from typing import Any

from game.content import Content
from game.phases import Phase
from game.room import Event, Room

NAMES_MOST = 200
# Of the event that closed the round, also in a snapshot after it.
REVEALED = ("key", "distribution", "explanation", "explanation_html", "transcript")
NAME_EVENTS = ("name.kept", "name.refused", "name.changed")


class Audience(StrEnum):
    PLAYERS = "players"
    HOST = "host"
    SCREEN = "screen"


def event_params(event: Event, room: Room, content: Content, audience: Audience) -> dict[str, Any]:
    """The params of an event as one audience gets it: the same seq for all, sometimes less in it."""
    params = dict(event.params)
    if "question" in params and not _shows_text(room, audience):
        number = params["round"]
        is_open = event.name == "round.opened"
        params["question"] = content.public(number, with_choices=is_open, show_text=False)
    if event.name in NAME_EVENTS and audience is not Audience.HOST:
        # Whose phone it is knows its own id; who else is called what is the host's to know.
        params = {"participant": params["participant"]}
    return params | {"room": room.pin, "seq": event.seq, "server_time": event.at}


def _shows_text(room: Room, audience: Audience) -> bool:
    return audience is not Audience.PLAYERS or room.settings.show_question_on_phone


def snapshot(
    room: Room,
    content: Content,
    audience: Audience,
    *,
    participants: int,
    answered: int,
    names: list[str],
    closed: dict[str, Any] | None,
    standings: list[dict[str, Any]] | None,
) -> dict[str, Any]:
    """The room as it stands. `closed` is the last round.closed's params, `standings` the list last shown."""
    view: dict[str, Any] = {
        "phase": room.phase,
        "title": room.title,
        "settings": room.settings,
        "round": room.round,
        "rounds": room.rounds,
        "locked": room.locked,
        "participants": participants,
        "answered": answered,
    }
    if room.phase not in (Phase.LOBBY, Phase.FINISHED):
        view["question"] = content.public(
            room.round, with_choices=room.phase is not Phase.READ, show_text=_shows_text(room, audience)
        )
    if room.phase is Phase.READ:
        view["opens_at"] = room.opens_at
    if room.opened_at is not None and room.phase is not Phase.FINISHED:
        view |= {"opened_at": room.opened_at, "closes_at": room.closes_at}
    if audience is not Audience.PLAYERS:
        view["names"] = names[:NAMES_MOST]
    if room.phase in (Phase.REVEAL, Phase.STANDINGS) and closed is not None:
        view |= {name: closed[name] for name in REVEALED if name in closed}
    if room.phase in (Phase.STANDINGS, Phase.FINISHED) and standings is not None:
        view["standings"] = standings
    return view
