"""Rehearsals over HTTP: a room with a sample class in it."""

from typing import Any

import msgspec

from handlers.api.base import ApiHandler, invalid
from handlers.ids import is_id
from services.rehearsal import PLAYERS_USUAL


class RehearsalBody(msgspec.Struct, forbid_unknown_fields=True):
    quiz_id: str
    settings: dict[str, Any] | None = None
    players: int = PLAYERS_USUAL


class RehearsalsApi(ApiHandler):
    async def post(self) -> None:
        identity = await self.find_account()
        body = self.body(RehearsalBody)
        if not is_id(body.quiz_id):
            raise invalid("quiz_id", "must be the id of a quiz")
        rehearsals = self.services.rehearsals
        self.answer(await rehearsals.start(identity, body.quiz_id.lower(), body.settings, body.players), 201)


ROUTES = [(r"/api/v1/rehearsals", RehearsalsApi)]
