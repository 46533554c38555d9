"""What an admin reads of the running service and does to it. For admins only; what changes something is audited."""

import msgspec

from handlers.api.base import ApiHandler, invalid
from handlers.ids import checked_id
from services.admin_rooms import PAGE, PAGE_MOST, STATES, Wanted
from services.errors import NotFound
from services.live import UNKNOWN_PIN

LETTERS_MOST = 64


class AnnouncementBody(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    room: str | None = None


def checked_pin(text: str) -> str:
    """The PIN as it may stand in the database; raises NotFound. An admin may guess: they see all rooms anyway."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise NotFound(UNKNOWN_PIN)
    return text


class OverviewApi(ApiHandler):
    async def get(self) -> None:
        await self.find_admin()
        self.answer(await self.services.admin_stats.overview())


class AdminRoomApi(ApiHandler):
    async def get(self, pin: str) -> None:
        await self.find_admin()
        self.answer(await self.services.administration.rooms.page(checked_pin(pin), self._wanted()))

    def _wanted(self) -> Wanted:
        """What the query asks for; raises Invalid."""
        named = self.get_query_argument("state", None)
        state = next((state for state in STATES if state == named), None)
        if state is None and named is not None:
            raise invalid("state", "must be one of " + ", ".join(STATES))
        letters = self.get_query_argument("q", "", strip=False)
        if len(letters) > LETTERS_MOST:
            raise invalid("q", f"must have at most {LETTERS_MOST} characters")
        return Wanted(self.id_of_query("after"), self.whole_number("limit", PAGE, 1, PAGE_MOST), state, letters)


class CloseApi(ApiHandler):
    async def post(self, pin: str) -> None:
        admin = await self.find_admin()
        self.answer(await self.services.administration.close(admin, checked_pin(pin)))


class DisconnectApi(ApiHandler):
    async def post(self, pin: str, participant_id: str) -> None:
        admin = await self.find_admin()
        participant_id = checked_id(participant_id)
        self.answer(await self.services.administration.disconnect(admin, checked_pin(pin), participant_id))


class AnnouncementsApi(ApiHandler):
    async def post(self) -> None:
        admin = await self.find_admin()
        body = self.body(AnnouncementBody)
        pin = None if body.room is None else checked_pin(body.room)
        self.answer(await self.services.administration.announce(admin, body.text, pin))


class AuditApi(ApiHandler):
    async def get(self) -> None:
        await self.find_admin()
        self.answer(await self.services.administration.audit.page(self.id_of_query("after")))


ROUTES = [
    (r"/api/v1/admin/overview", OverviewApi),
    (r"/api/v1/admin/rooms/([^/]+)", AdminRoomApi),
    (r"/api/v1/admin/rooms/([^/]+)/close", CloseApi),
    (r"/api/v1/admin/rooms/([^/]+)/participants/([^/]+)/disconnect", DisconnectApi),
    (r"/api/v1/admin/announcements", AnnouncementsApi),
    (r"/api/v1/admin/audit", AuditApi),
]
