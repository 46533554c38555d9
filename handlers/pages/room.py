"""The pages of one room while it is played: the host's and the projector's."""

from typing import Any
from urllib.parse import urlsplit

from handlers.pages.base import PageHandler
from handlers.qr import qr_svg
from services.errors import Forbidden, NotFound


class RoomPage(PageHandler):
    def show_room(self, template: str, room_id: str, pin: str, title: str, **more: Any) -> None:
        join_url = self.services.rooms.join_url(pin)
        self.show(
            template,
            room={"id": room_id, "pin": pin, "title": title},
            join_url=join_url,
            short_url=urlsplit(join_url).netloc,
            qr_svg=qr_svg(join_url),
            **more,
        )


class HostPage(RoomPage):
    async def get(self, pin: str) -> None:
        identity = self.require_account()
        room = await self.services.rooms.owned_by_pin(identity, self.check_pin(pin))
        remote = qr_svg(self.services.rooms.host_url(room.pin))
        more = {"remote_qr_svg": remote, "quiz_id": room.quiz_id, "is_rehearsal": room.is_rehearsal}
        more["can_rehearse"] = room.owner_id == identity.id and not room.is_rehearsal
        self.show_room("host.html", room.id, room.pin, room.title, **more)


class ScreenPage(RoomPage):
    """Open to whoever has the PIN: the token that shows the room stands after the #, where no server sees it."""

    async def get(self, pin: str) -> None:
        room: Any = None
        if self.identity is not None:
            try:
                room = await self.services.rooms.owned_by_pin(self.identity, self.check_pin(pin))
            except (Forbidden, NotFound):
                room = None
        if room is not None:
            self.show_room("screen.html", room.id, room.pin, room.title)
            return
        public = await self.public_room(pin, just_over=True)
        self.show_room("screen.html", "", public["pin"], public["title"])


ROUTES = [(r"/host/([^/]+)", HostPage), (r"/screen/([^/]+)", ScreenPage)]
