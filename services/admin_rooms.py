"""A room as an admin sees it: one line of it, and every participant with how they fare."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from models import answers, participants
from models.database import Database
from services.live import LiveRooms
from services.live_room import LiveRoom
from services.room_people import Fare, RoomPeople

State = Literal["connected", "gone", "removed"]
STATES: tuple[State, ...] = ("connected", "gone", "removed")
PAGE = 100
PAGE_MOST = 200


class Person(NamedTuple):
    """Sorted as a person would look for them."""

    key: str
    id: str
    nickname: str
    state: State


class Wanted(NamedTuple):
    """Which of a room's people: after this id, in this state, with these letters in the nickname."""

    after: str | None = None
    limit: int = PAGE
    state: State | None = None
    letters: str = ""


class Found(NamedTuple):
    people: list[Person]
    has_more: bool
    removed: int
    receipts: Mapping[str, tuple[int, str, int]]


def room_line(live: LiveRoom, connected: int) -> dict[str, Any]:
    room = live.room
    return {
        "id": room.id,
        "pin": room.pin,
        "title": room.title,
        "host": live.host,
        "phase": room.phase,
        "round": room.round,
        "rounds": room.rounds,
        "participants": len(live.seats),
        "connected": connected,
        "answered": len(live.answered),
        "lag_ms": live.lag_ms,
        "started_at": room.started_at,
        "is_rehearsal": room.is_rehearsal,
    }


class AdminRooms:
    def __init__(self, db: Database, live: LiveRooms, people: RoomPeople) -> None:
        self._db = db
        self._live = live
        self._people = people

    async def page(self, pin: str, wanted: Wanted) -> dict[str, Any]:
        """The room and some of its people, by nickname, as they are over all nodes. Raises NotFound."""
        live = await self._live.by_pin(pin)
        present = await self._people.present(live.room.id)
        # Copies: there may be thousands to look through, which a reader thread does while the room goes on.
        found = await self._db.read(_find, live.room.id, dict(live.seats), present, wanted)
        fares = await self._people.fares(live.room.id, [person.id for person in found.people])
        connected = len(present & live.seats.keys())
        room = room_line(live, connected) | {
            "seq": live.room.seq,
            "epoch": live.room.epoch,
            "settings": live.room.settings,
        }
        return {
            "room": room,
            "participants": [
                _person(live, person, fares[person.id], found.receipts.get(person.id)) for person in found.people
            ],
            "counts": {
                "connected": connected,
                "gone": len(live.seats) - connected,
                "removed": found.removed,
                "answered": len(live.answered),
            },
            "next": found.people[-1].id if found.has_more else None,
        }


def _person(live: LiveRoom, person: Person, fare: Fare, receipt: tuple[int, str, int] | None) -> dict[str, Any]:
    told = None
    if receipt is not None:
        number, submission_id, received_at = receipt
        took_ms = fare.took_ms if fare.round == number else None
        told = {"round": number, "id": submission_id, "received_at": received_at, "took_ms": took_ms}
    return {
        "id": person.id,
        "nickname": person.nickname,
        "state": person.state,
        "sockets": fare.sockets,
        "rtt_ms": fare.rtt_ms,
        "connected_at": fare.connected_at,
        "reconnects": fare.reconnects,
        "missed": fare.missed,
        "resumed": fare.resumed,
        "answered": person.id in live.answered,
        "receipt": told,
        "queue_bytes": fare.queue_bytes,
    }


def _find(room_id: str, seats: dict[str, str], present: set[str], wanted: Wanted) -> Found:
    """Runs on a reader thread."""
    removed = participants.removed(room_id)
    people = [
        Person(nickname.casefold(), id, nickname, "connected" if id in present else "gone")
        for id, nickname in seats.items()
    ]
    people += [Person(nickname.casefold(), id, nickname, "removed") for id, nickname in removed if id not in seats]
    people.sort()
    if wanted.after is not None:
        last = next((index for index, person in enumerate(people) if person.id == wanted.after), len(people))
        people = people[last + 1 :]
    letters = wanted.letters.casefold()
    chosen = [
        person for person in people if (wanted.state is None or person.state == wanted.state) and letters in person.key
    ]
    page = chosen[: wanted.limit]
    receipts = answers.last_receipts(room_id, [person.id for person in page])
    return Found(page, len(chosen) > len(page), len(removed), receipts)
