"""`/questions`: the questions of all one's quizzes, found and copied into another one. The editor shows them too."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from handlers.ids import is_id
from handlers.pages.base import PageHandler
from handlers.pages.edit_quiz import UNTITLED
from handlers.pages.quizzes import page_number
from services.errors import Invalid, NotFound, Stale
from services.identity import Identity
from services.library import QUERY_MOST
from services.question_bank import Asked, Pick, Target

# What the page is asked for by its address; `except` is the quiz that is open in the editor.
VIEW = ("q", "kind", "language", "tag", "except", "page")
NEW = "new"
CHANGED = "That quiz was changed in the meantime. Nothing was copied: look at your choice and copy again."
NOTHING = "Tick the questions that you want to copy first."


class QuestionsPage(PageHandler):
    async def get(self) -> None:
        view = {name: self.get_query_argument(name, "") for name in VIEW}
        await self.show_found(self.require_account(), view)

    async def show_found(
        self, identity: Identity, view: Mapping[str, str], status: int = 200, problem: str = ""
    ) -> None:
        bank = self.services.desk.bank
        found, facets, targets = await asyncio.gather(
            bank.search(identity, asked(view), page_number(view["page"])),
            bank.facets(identity),
            bank.targets(identity),
        )
        self.show(
            "questions.html",
            status,
            found=found,
            facets=facets,
            targets=targets,
            view=view,
            address=address,
            problem=problem,
            picked=set(self.get_body_arguments("pick")),
            notice=await self.notice(identity),
        )

    async def notice(self, identity: Identity) -> dict[str, Any] | None:
        """{id, title, count} of what was just copied into a quiz, as the redirect to this page says."""
        quiz_id, count = self.get_query_argument("copied", ""), self.get_query_argument("count", "")
        if not is_id(quiz_id) or not count.isdigit():
            return None
        quiz = await self.services.desk.quizzes.get(identity, quiz_id.lower())
        return {"id": quiz["id"], "title": quiz["title"], "count": page_number(count)}


class CopyQuestions(QuestionsPage):
    async def get(self) -> None:
        # Where somebody ends who reloads a form that was refused.
        self.redirect("/questions")

    async def post(self) -> None:
        identity = self.require_account()
        sent = parse_qs(urlsplit(self.field("back")).query)
        view = {name: sent.get(name, [""])[-1] for name in VIEW}
        picks, target = [pick_of(text) for text in self.get_body_arguments("pick")], self.target()
        if not picks:
            await self.show_found(identity, view, 422, NOTHING)
            return
        try:
            copied = await self.services.desk.bank.copy(identity, picks, target)
        except Stale:
            await self.show_found(identity, view, 409, CHANGED)
        except Invalid as error:
            await self.show_found(identity, view, 422, str(error))
        else:
            is_new = target.quiz_id is None
            there = f"/quizzes/{copied['id']}/edit"
            here = address(view, copied=copied["id"], count=len(picks))
            self.redirect(there if is_new else here, status=303)

    def target(self) -> Target:
        """Of the field `to`: "new", or the id of a quiz and its revision."""
        quiz_id, _, revision = self.field("to", NEW).partition(" ")
        if quiz_id == NEW:
            return Target(title=UNTITLED)
        if not is_id(quiz_id) or not (revision.isascii() and revision.isdigit() and len(revision) < 10):
            raise NotFound("There is no such quiz.")
        return Target(quiz_id.lower(), int(revision))


def pick_of(text: str) -> Pick:
    """The id of the quiz, a blank, that of the question, which may have blanks in it."""
    quiz_id, _, question_id = text.partition(" ")
    if not is_id(quiz_id):
        raise NotFound("There is no such question.")
    return Pick(quiz_id.lower(), question_id)


def asked(view: Mapping[str, str]) -> Asked:
    """What is sought; what makes no sense is as if it were not there."""
    letters, kind, language, tag = (view[name][:QUERY_MOST] for name in ("q", "kind", "language", "tag"))
    return Asked(letters, kind, language, tag, view["except"].lower() if is_id(view["except"]) else None)


def address(view: Mapping[str, str], **other: str | int) -> str:
    """Of the page, like `view` but for what is other; what is empty is left out."""
    kept = {name: value for name, value in ({**view} | other).items() if value}
    return "/questions" + ("?" + urlencode(kept) if kept else "")


ROUTES = [(r"/questions", QuestionsPage), (r"/questions/copy", CopyQuestions)]
