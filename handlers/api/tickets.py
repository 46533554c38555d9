"""Tickets: for a WebSocket that can carry its proof in nothing but the address."""

from handlers.api.base import ApiHandler
from handlers.base import SIGN_IN_FIRST
from services.errors import Unauthorized


class TicketsApi(ApiHandler):
    async def post(self) -> None:
        identity = await self.find_identity()
        if identity is None:
            raise Unauthorized(SIGN_IN_FIRST)
        self.answer({"ticket": self.services.tickets.issue(identity)}, 201)


ROUTES = [(r"/api/v1/tickets", TicketsApi)]
