"""A teacher's quizzes and rooms: the list, and what is done to a quiz from there."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from handlers.ids import checked_id, is_id
from handlers.pages.base import PageHandler
from services.identity import Identity
from services.library import KEPT_DELETED_MS, QUERY_MOST, SORTS, Sought

# What a list is asked for by its address.
VIEW = ("q", "tag", "sort", "page")

FLAGS = (
    "close_when_all_answered",
    "auto_advance",
    "shuffle_choices",
    "show_question_on_phone",
    "streak_bonus",
    "late_join",
    "partial_credit",
)


class QuizzesPage(PageHandler):
    async def get(self) -> None:
        identity = self.require_account()
        view = {name: self.get_query_argument(name, "") for name in VIEW}
        shelf, tags, rooms = await asyncio.gather(
            self.services.desk.library.shelf(identity, *asked(view)),
            self.services.desk.library.tags(identity),
            self.services.rooms.mine(identity),
        )
        self.show(
            "quizzes.html",
            shelf=shelf,
            tags=tags,
            rooms=rooms,
            view=view,
            address=address,
            notice=await self.notice(identity),
        )

    async def notice(self, identity: Identity) -> dict[str, str] | None:
        """{done, id, title} of what was just done to a quiz, as the redirect to this page says."""
        for done in ("deleted", "copied", "restored"):
            quiz_id = self.get_query_argument(done, "")
            if not is_id(quiz_id):
                continue
            if done == "deleted":
                title = await self.services.desk.library.deleted_title(identity, quiz_id)
            else:
                title = (await self.services.desk.quizzes.get(identity, quiz_id))["title"]
            return None if title is None else {"done": done, "id": quiz_id, "title": title}
        return None


class DeletedQuizzes(PageHandler):
    async def get(self) -> None:
        identity = self.require_account()
        page = page_number(self.get_query_argument("page", ""))
        shelf = await self.services.desk.library.shelf(identity, Sought(is_deleted=True), page=page)
        self.show("quizzes_deleted.html", shelf=shelf, kept_ms=KEPT_DELETED_MS)


class QuizAction(PageHandler):
    """A button of a card; goes back to the list as it was, which says what was done."""

    def back_to_list(self, **done: str) -> None:
        sent = {
            name: values[-1] for name, values in parse_qs(urlsplit(self.field("back")).query).items() if name in VIEW
        }
        self.redirect(address(sent, **done), status=303)


class DeleteQuiz(QuizAction):
    async def post(self, quiz_id: str) -> None:
        quiz_id = checked_id(quiz_id)
        await self.services.desk.library.delete(self.require_account(), quiz_id)
        self.back_to_list(deleted=quiz_id)


class RestoreQuiz(QuizAction):
    async def post(self, quiz_id: str) -> None:
        quiz_id = checked_id(quiz_id)
        await self.services.desk.library.restore(self.require_account(), quiz_id)
        self.back_to_list(restored=quiz_id)


class DuplicateQuiz(QuizAction):
    async def post(self, quiz_id: str) -> None:
        copy = await self.services.desk.library.duplicate(self.require_account(), checked_id(quiz_id))
        self.back_to_list(copied=copy["id"])


class TagQuiz(QuizAction):
    async def post(self, quiz_id: str) -> None:
        identity = self.require_account()
        await self.services.desk.library.set_tags(identity, checked_id(quiz_id), self.field("tags"))
        self.back_to_list()


def asked(view: Mapping[str, str]) -> tuple[Sought, str, int]:
    """(what is sought, how it is sorted, which page); what makes no sense is as if it were not there."""
    sort = view["sort"] if view["sort"] in SORTS else SORTS[0]
    return Sought(view["q"][:QUERY_MOST], view["tag"][:QUERY_MOST]), sort, page_number(view["page"])


def page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def address(view: Mapping[str, str], **other: str | int) -> str:
    """Of the list, like `view` but for what is other; what is empty is left out."""
    kept = {name: value for name, value in ({**view} | other).items() if value}
    return "/quizzes" + ("?" + urlencode(kept) if kept else "")


ROUTES = [
    (r"/quizzes", QuizzesPage),
    (r"/quizzes/deleted", DeletedQuizzes),
    (r"/quizzes/([^/]+)/delete", DeleteQuiz),
    (r"/quizzes/([^/]+)/restore", RestoreQuiz),
    (r"/quizzes/([^/]+)/duplicate", DuplicateQuiz),
    (r"/quizzes/([^/]+)/tags", TagQuiz),
]
