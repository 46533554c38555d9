"""What came out of a room: the matrix with its questions, one person's way through it, and taking either away."""

from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from handlers.ids import checked_id
from handlers.pages.base import PageHandler
from services.result_pages import Column, Wanted

PAGES_MOST = 10_000
ROUNDS_MOST = 10_000
# Who or what comes first when a column is clicked for the first time.
ASCENDING = ("name", "rank")


@dataclass(frozen=True)
class Sorting:
    """Where the heads of the matrix lead, as the templates ask for it: `name`, `rank`, `score`, `correct`, `q4`."""

    wanted: Wanted

    @property
    def column(self) -> str:
        return f"q{self.wanted.question}" if self.wanted.column == "question" else self.wanted.column

    def direction(self, column: str) -> str | None:
        """For aria-sort; None when the matrix is not sorted by it."""
        if column != self.column:
            return None
        return "descending" if self.wanted.is_descending else "ascending"

    def link(self, column: str) -> str:
        """A click on the column that sorts turns it round."""
        is_descending = column not in ASCENDING
        if column == self.column:
            is_descending = not self.wanted.is_descending
        return "?" + urlencode({"sort": column, "order": "desc" if is_descending else "asc"}) + "#matrix"

    def page(self, number: int) -> str:
        whole = {"people": "all"} if self.wanted.is_whole else {}
        return "?" + urlencode(self._order() | {"page": number} | whole) + "#matrix"

    def whole(self) -> str:
        """Everybody on one page, which asks to be printed."""
        return "?" + urlencode(self._order() | {"people": "all"}) + "#print"

    def _order(self) -> dict[str, str]:
        return {"sort": self.column, "order": "desc" if self.wanted.is_descending else "asc"}


class ResultsPage(PageHandler):
    async def get(self, room_id: str) -> None:
        identity = self.require_account()
        wanted = self._wanted()
        found = await self.services.desk.result_pages.overview(identity, checked_id(room_id), wanted)
        await self.show_large("results.html", sorting=Sorting(wanted), **found)

    def _wanted(self) -> Wanted:
        """What the address asks for; what it says wrongly counts as not said."""
        sort = self.get_query_argument("sort", "rank")
        page = small_number(self.get_query_argument("page", "1"), PAGES_MOST) or 1
        is_descending = self.get_query_argument("order", "") == "desc"
        is_whole = self.get_query_argument("people", "") == "all"
        if number := small_number(sort.removeprefix("q"), ROUNDS_MOST):
            return Wanted("question", number, is_descending, page, is_whole)
        column = next((name for name in get_args(Column) if name == sort and name != "question"), None)
        return Wanted(column or "rank", 0, is_descending and column is not None, page, is_whole)


class PersonPage(PageHandler):
    async def get(self, room_id: str, participant_id: str) -> None:
        identity = self.require_account()
        pages = self.services.desk.result_pages
        self.show("person.html", **await pages.person(identity, checked_id(room_id), checked_id(participant_id)))


class AnonymiseRoom(PageHandler):
    async def post(self, room_id: str) -> None:
        room_id = checked_id(room_id)
        await self.services.desk.past_rooms.anonymise(self.require_account(), room_id)
        self.redirect(f"/rooms/{room_id}/results", status=303)


class DeleteRoom(PageHandler):
    async def post(self, room_id: str) -> None:
        room_id = checked_id(room_id)
        await self.services.desk.past_rooms.delete(self.require_account(), room_id)
        self.redirect(f"/rooms?deleted={room_id}", status=303)


class RestoreRoom(PageHandler):
    async def post(self, room_id: str) -> None:
        room_id = checked_id(room_id)
        await self.services.desk.past_rooms.restore(self.require_account(), room_id)
        self.redirect(f"/rooms/{room_id}/results", status=303)


def small_number(text: str, most: int) -> int:
    """A whole number from 1 to `most`; 0 for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number and 1 <= int(text) <= most else 0


ROUTES = [
    (r"/rooms/([^/]+)/results", ResultsPage),
    (r"/rooms/([^/]+)/results/([^/]+)", PersonPage),
    (r"/rooms/([^/]+)/anonymise", AnonymiseRoom),
    (r"/rooms/([^/]+)/delete", DeleteRoom),
    (r"/rooms/([^/]+)/restore", RestoreRoom),
]
