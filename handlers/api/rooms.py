"""Rooms: made by a teacher, found and joined by PIN, and what their owner may read of them."""

from typing import Any

import msgspec

from handlers.api.base import ApiHandler, invalid
from handlers.base import SIGN_IN_FIRST
from handlers.ids import checked_id, is_id
from services.errors import NotFound, Unauthorized
from services.participants import CLIENT_ID_LONGEST

SEQ_MOST = 10**15
ROUND_DIGITS = 6


class RoomBody(msgspec.Struct, forbid_unknown_fields=True):
    quiz_id: str
    settings: dict[str, Any] | None = None


class JoinBody(msgspec.Struct, forbid_unknown_fields=True):
    nickname: str | None = None
    client_id: str | None = None


class NicknameBody(msgspec.Struct, forbid_unknown_fields=True):
    nickname: str


class RoomsApi(ApiHandler):
    async def post(self) -> None:
        identity = await self.find_account()
        body = self.body(RoomBody)
        if not is_id(body.quiz_id):
            raise invalid("quiz_id", "must be the id of a quiz")
        room = await self.services.rooms.create(identity, body.quiz_id.lower(), body.settings)
        self.services.limits.at_home(room["pin"], self.address)
        self.answer(room, 201)


class RoomApi(ApiHandler):
    async def get(self, pin: str) -> None:
        self.count_request(self.address)
        self.answer(await self.public_room(pin))

    async def delete(self, room_id: str) -> None:
        """Everybody finds a room by its PIN, its owner takes it away by its id."""
        identity = await self.find_account()
        await self.services.desk.past_rooms.delete(identity, checked_id(room_id))
        self.no_content()


class ParticipantsApi(ApiHandler):
    """The owner reads by the room's id, participants join by its PIN."""

    async def get(self, room_id: str) -> None:
        identity = await self.find_account()
        after = self.id_of_query("after")
        self.answer(await self.services.participants.page(identity, checked_id(room_id), after))

    async def post(self, pin: str) -> None:
        pin = self.check_pin(pin)
        body = self.body(JoinBody)
        try:
            self.count(self.services.limits.join(pin, self.address))
            joined = await self.services.participants.join(pin, body.nickname, body.client_id)
        except NotFound:
            self.count_unknown_pin()
            raise
        self.services.limits.count_right_pin(self.address)
        self.answer(joined, 201)


class NamesApi(ApiHandler):
    """Names that the service offers to somebody who is about to join."""

    async def get(self, pin: str) -> None:
        self.count_request(self.address)
        client_id = self.get_query_argument("client_id", "")
        if not 1 <= len(client_id) <= CLIENT_ID_LONGEST:
            raise invalid("client_id", f"must have 1 to {CLIENT_ID_LONGEST} characters")
        room = await self.public_room(pin)
        self.answer({"names": await self.services.participants.names.offers(room["pin"], client_id)})


class NicknameApi(ApiHandler):
    """Another name for a participant whose host has asked for one."""

    async def put(self, pin: str) -> None:
        identity = await self.find_identity()
        if identity is None:
            raise Unauthorized(SIGN_IN_FIRST)
        self.count_request(self.address)
        name = self.body(NicknameBody).nickname
        self.answer({"participant": await self.services.participants.names.change(identity, self.check_pin(pin), name)})


class ScreenApi(ApiHandler):
    async def post(self, room_id: str) -> None:
        identity = await self.find_account()
        self.answer(await self.services.rooms.screen(identity, checked_id(room_id)))


class NotesApi(ApiHandler):
    """What the host alone may know of a round before the reveal."""

    async def get(self, room_id: str, number: str) -> None:
        identity = await self.find_account()
        if not (number.isascii() and number.isdigit() and len(number) <= ROUND_DIGITS):
            raise NotFound("There is no such round.")
        self.answer(await self.services.round_notes.of(identity, checked_id(room_id), int(number)))


class EventsApi(ApiHandler):
    async def get(self, room_id: str) -> None:
        identity = await self.find_account()
        after = self.whole_number("after", 0, 0, SEQ_MOST)
        self.answer(await self.services.rooms.events(identity, checked_id(room_id), after))


class RestoreApi(ApiHandler):
    async def post(self, room_id: str) -> None:
        identity = await self.find_account()
        await self.services.desk.past_rooms.restore(identity, checked_id(room_id))
        self.no_content()


class AnonymiseApi(ApiHandler):
    async def post(self, room_id: str) -> None:
        identity = await self.find_account()
        await self.services.desk.past_rooms.anonymise(identity, checked_id(room_id))
        self.no_content()


class ResultsApi(ApiHandler):
    async def get(self, room_id: str, extension: str = "") -> None:
        identity = await self.find_account()
        room_id = checked_id(room_id)
        if extension != ".csv":
            self.answer(await self.services.desk.results.json(identity, room_id))
            return
        text = await self.services.desk.results.csv(identity, room_id)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="results-{room_id}.csv"')
        # The mark tells spreadsheets that names are UTF-8.
        await self.finish("\ufeff" + text)


ROUTES = [
    (r"/api/v1/rooms", RoomsApi),
    (r"/api/v1/rooms/([^/]+)", RoomApi),
    (r"/api/v1/rooms/([^/]+)/participants", ParticipantsApi),
    (r"/api/v1/rooms/([^/]+)/names", NamesApi),
    (r"/api/v1/rooms/([^/]+)/nickname", NicknameApi),
    (r"/api/v1/rooms/([^/]+)/screen", ScreenApi),
    (r"/api/v1/rooms/([^/]+)/rounds/([^/]+)/notes", NotesApi),
    (r"/api/v1/rooms/([^/]+)/events", EventsApi),
    (r"/api/v1/rooms/([^/]+)/restore", RestoreApi),
    (r"/api/v1/rooms/([^/]+)/anonymise", AnonymiseApi),
    (r"/api/v1/rooms/([^/]+)/results(\.json|\.csv)?", ResultsApi),
]
