"""Notifications: other systems send them with the service token, accounts list and read their own."""

from typing import Annotated, Any

import msgspec

from handlers.api.base import ApiHandler, invalid
from handlers.ids import is_id
from handlers.session import bearer_token
from services.user_events import Type

USERS_MOST = 1000
PAGE = 50
PAGE_MOST = 100

# A sender's own name for what it sends.
OwnId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Ids = Annotated[list[str], msgspec.Meta(min_length=1, max_length=USERS_MOST)]


class SendBody(msgspec.Struct, forbid_unknown_fields=True):
    type: Type
    payload: dict[str, Any]
    user: str | None = None
    users: Ids | None = None
    id: OwnId | None = None


class ReadBody(msgspec.Struct, forbid_unknown_fields=True):
    ids: Ids | None = None
    all: bool = False


class NotificationsApi(ApiHandler):
    async def get(self) -> None:
        account = await self.find_account()
        limit = self.whole_number("limit", PAGE, 1, PAGE_MOST)
        self.answer(await self.services.notifications.page(account, self.id_of_query("after"), limit))

    async def post(self) -> None:
        self.services.notifications.check_service(bearer_token(self.request.headers))
        body = self.body(SendBody)
        if (body.user is None) == (body.users is None):
            raise invalid("users", "or user must be there, and not both")
        users = checked_ids("users", body.users) if body.users is not None else checked_ids("user", [body.user or ""])
        sent = await self.services.notifications.send(users, body.type, body.payload, body.id)
        self.answer({"notifications": sent}, 201)


class ReadApi(ApiHandler):
    async def post(self) -> None:
        account = await self.find_account()
        body = self.body(ReadBody)
        if body.all == (body.ids is not None):
            raise invalid("ids", "or all: true must be there, and not both")
        ids = None if body.ids is None else checked_ids("ids", body.ids)
        self.answer(await self.services.notifications.mark_read(account, ids))


def checked_ids(field: str, ids: list[str]) -> list[str]:
    """In the form in which they are stored; raises Invalid."""
    for number, each in enumerate(ids):
        if not is_id(each):
            raise invalid(field if field == "user" else f"{field}[{number}]", "must be an id")
    return [each.lower() for each in ids]


ROUTES = [(r"/api/v1/notifications", NotificationsApi), (r"/api/v1/notifications/read", ReadApi)]
