"""All rooms of a teacher, by quiz and by date."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from handlers.ids import is_id
from handlers.pages.base import PageHandler
from handlers.pages.results import PAGES_MOST, small_number
from services.past_rooms import Wanted


class RoomsPage(PageHandler):
    async def get(self) -> None:
        identity = self.require_account()
        asked = {name: self.get_query_argument(name, "") for name in ("quiz", "from", "to")}
        found = await self.services.desk.past_rooms.page(identity, self._wanted(asked))
        deleted = self.get_query_argument("deleted", "")
        self.show(
            "rooms.html",
            **found,
            asked=asked,
            page_link=lambda number: "?" + urlencode(asked | {"page": number}),
            deleted=deleted if is_id(deleted) else None,
        )

    def _wanted(self, asked: dict[str, str]) -> Wanted:
        until = start_of(asked["to"], days_later=1)
        page = small_number(self.get_query_argument("page", "1"), PAGES_MOST) or 1
        return Wanted(asked["quiz"] if is_id(asked["quiz"]) else None, start_of(asked["from"]), until, page)


def start_of(day: str, days_later: int = 0) -> int | None:
    """The first millisecond of a day written 2026-11-21, in UTC; None when it is no day."""
    try:
        found = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=days_later)
    except (ValueError, OverflowError):
        return None
    return int(found.timestamp() * 1000)


ROUTES = [(r"/rooms", RoomsPage)]
