"""Making rooms, and what may be asked about one from outside: by everyone with its PIN, by its owner."""

import secrets
import uuid
from typing import Any

import msgspec

from clock import Clock
from game.content import freeze
from game.phases import Phase
from game.quiz import QuizError, decode_quiz
from game.room import Room
from game.settings import Settings, SettingsError, decode_settings
from models import media, participants, rooms, tables
from models.accounts import account_by_id
from models.database import Database
from services import records
from services.errors import Forbidden, Invalid, NotFound, NotReady, RoomOver
from services.identity import Identity
from services.live import OVER, LiveRooms
from services.pins import choose_pin
from services.quiz_media import media_of
from services.quizzes import told
from services.tokens import Tokens

EVENTS_MOST = 1000


class Rooms:
    """`public_url` is the address students use, without a slash at the end."""

    def __init__(
        self, db: Database, clock: Clock, live: LiveRooms, tokens: Tokens, public_url: str, pin_digits: int
    ) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._tokens = tokens
        self._public_url = public_url
        self._pin_digits = pin_digits
        self._random = secrets.SystemRandom()

    async def create(
        self, identity: Identity, quiz_id: str, settings: object = None, *, is_rehearsal: bool = False
    ) -> dict[str, Any]:
        """A new room in the LOBBY. Raises Invalid (settings), NotReady, NotFound, Forbidden."""
        try:
            decoded = decode_settings(settings)
        except SettingsError as error:
            problems = [{"field": f"settings.{field}", "reason": reason} for field, reason in error.problems]
            field, reason = error.problems[0]
            raise Invalid(f"The setting {field} is wrong: {reason}.", problems) from error
        room = await self._db.write(self._insert, identity, quiz_id, decoded, is_rehearsal)
        await self._live.hold(room.id)
        return {"id": room.id, "pin": room.pin, "join_url": self.join_url(room.pin), "epoch": room.epoch}

    def _insert(self, identity: Identity, quiz_id: str, settings: Settings, is_rehearsal: bool) -> Room:
        row = tables.Quiz.get_or_none((tables.Quiz.id == quiz_id) & tables.Quiz.deleted_at.is_null())
        if row is None:
            raise NotFound("There is no such quiz.")
        if row.owner_id != identity.id:
            raise Forbidden("This quiz belongs to somebody else.")
        try:
            quiz = decode_quiz(row.content.encode(), new_id=lambda: str(uuid.uuid4()))
        except QuizError as error:
            raise NotReady("This quiz is not finished yet.", told(error.problems)) from error
        shown = media_of(quiz)
        sizes = media.sizes(shown) if shown else None
        content = freeze(quiz, self._random.shuffle, sizes, with_lists=settings.shuffle_choices)
        now = self._clock.now_ms()
        room = Room(
            id=str(uuid.uuid4()),
            pin=choose_pin(self._pin_digits, now, secrets.randbelow),
            owner_id=identity.id,
            title=quiz.title,
            epoch=uuid.uuid4().hex,
            settings=settings,
            rounds=content.rounds,
            created_at=now,
            is_rehearsal=is_rehearsal,
        )
        values = records.room_values(room) | {"quiz_id": quiz_id}
        rooms.insert_room(values, records.content_text(content))
        media.add_room_media(room.id, shown)
        return room

    def join_url(self, pin: str) -> str:
        return f"{self._public_url}/j/{pin}"

    def host_url(self, pin: str) -> str:
        return f"{self._public_url}/host/{pin}"

    async def public(self, pin: str) -> dict[str, Any]:
        """What everyone with the PIN may know. Raises NotFound, RoomOver."""
        door = await self.door(pin)
        if door["phase"] is Phase.FINISHED:
            raise RoomOver(OVER)
        return {name: value for name, value in door.items() if name not in ("nicknames", "kinds")}

    async def door(self, pin: str) -> dict[str, Any]:
        """Like public, with what the page needs; a room just over still opens to those who have a seat and reload."""
        live = await self._live.by_pin(pin)
        room = live.room
        if live.is_long_over(self._clock.now_ms()):
            raise RoomOver(OVER)
        return {
            "pin": room.pin,
            "title": room.title,
            "phase": room.phase,
            "locked": room.locked or (not room.settings.late_join and room.phase is not Phase.LOBBY),
            "participants": len(live.seats),
            "nicknames": room.settings.nicknames,
            "kinds": live.content.kinds_from(room.round),
        }

    async def owned(self, identity: Identity, room_id: str) -> tables.Room:
        """The room's row for its owner, or an admin who looks. Raises NotFound, Forbidden."""
        return allow(identity, await self._db.read(rooms.room_by_id, room_id))

    async def owned_by_pin(self, identity: Identity, pin: str) -> tables.Room:
        return allow(identity, await self._db.read(rooms.room_by_pin, pin))

    async def last_settings(self, identity: Identity, quiz_id: str) -> Settings | None:
        """Those of the account's last room with this quiz, else of its last room; None before the first."""
        text = await self._db.read(rooms.last_settings, identity.id, quiz_id)
        return None if text is None else records.settings_of(text)

    async def mine(self, identity: Identity, limit: int = 20) -> list[dict[str, Any]]:
        """The newest rooms of an account."""

        def read() -> list[dict[str, Any]]:
            counts = participants.counts_of_owner(identity.id)
            names = ("id", "pin", "title", "phase", "created_at", "ended_at")
            return [
                {name: getattr(row, name) for name in names} | {"participants": counts.get(row.id, 0)}
                for row in rooms.rooms_of_owner(identity.id, limit)
            ]

        return await self._db.read(read)

    async def screen(self, identity: Identity, room_id: str) -> dict[str, str]:
        """A projector's address; its token stands after the #, which no server and no log gets to see."""
        row = await self.owned(identity, room_id)
        owner = await self._db.read(account_by_id, row.owner_id)
        # What ends all of the owner's sign-ins ends the projector's too.
        token = self._tokens.issue_screen(row.id, row.owner_id, owner.ver if owner else 0)
        return {"url": f"{self._public_url}/screen/{row.pin}#token={token}", "token": token}

    async def events(self, identity: Identity, room_id: str, after: int = 0) -> dict[str, Any]:
        """The log from `after` on, paged."""
        row = await self.owned(identity, room_id)
        found = await self._db.read(rooms.events_after, row.id, after, EVENTS_MOST)
        listed = [
            {"seq": event.seq, "method": event.name, "params": msgspec.json.decode(event.params), "at": event.at}
            for event in found
        ]
        return {"events": listed, "next": found[-1].seq if len(found) == EVENTS_MOST else None}


def allow(identity: Identity, row: tables.Room | None) -> tables.Room:
    if row is None or row.deleted_at is not None:
        raise NotFound("There is no such room.")
    if identity.kind != "account" or (row.owner_id != identity.id and identity.role != "admin"):
        raise Forbidden("This room belongs to somebody else.")
    return row
