"""`/`: asks for the PIN. `/j/{pin}`: the room's door and the whole of a participant's page behind it."""

import re

from handlers.pages.base import PageHandler
from services.errors import NotFound

PIN_GAPS = re.compile(r"[\s-]+")


class JoinPage(PageHandler):
    async def get(self) -> None:
        pin = PIN_GAPS.sub("", self.get_query_argument("pin", ""))
        if not pin:
            self.show("join.html", pin="", error=None)
            return
        try:
            room = await self.public_room(pin)
        except NotFound as error:
            self.show("join.html", 404, pin=pin[:20], error=error.message)
            return
        self.redirect(f"/j/{room['pin']}")


class PlayPage(PageHandler):
    async def get(self, pin: str) -> None:
        try:
            # Who reloads at the end still sees their place.
            room = await self.public_room(pin, just_over=True)
        except NotFound as error:
            self.show("join.html", 404, pin=pin[:20], error=error.message)
            return
        state = "over" if room["phase"] == "FINISHED" else "locked" if room["locked"] else "open"
        names = {name: room[name] for name in ("pin", "title", "nicknames", "kinds")}
        self.show("play.html", **names, state=state)


ROUTES = [(r"/", JoinPage), (r"/j/([^/]+)", PlayPage)]
