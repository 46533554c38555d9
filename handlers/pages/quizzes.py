"""A teacher's quizzes and rooms: the list, one quiz to read, deleting it, starting a room from it."""

from typing import Any

from handlers.ids import checked_id
from handlers.pages.base import PageHandler

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
        quizzes = await self.services.desk.quizzes.summaries(identity)
        rooms = await self.services.rooms.mine(identity)
        self.show("quizzes.html", quizzes=quizzes, rooms=rooms, error=None)


class QuizPage(PageHandler):
    async def get(self, quiz_id: str) -> None:
        identity = self.require_account()
        self.show("quiz.html", quiz=await self.services.desk.quizzes.get(identity, checked_id(quiz_id)))


class DeleteQuiz(PageHandler):
    async def post(self, quiz_id: str) -> None:
        await self.services.desk.quizzes.delete(self.require_account(), checked_id(quiz_id))
        self.redirect("/quizzes", status=303)


class HostQuiz(PageHandler):
    async def post(self, quiz_id: str) -> None:
        identity = self.require_account()
        room = await self.services.rooms.create(identity, checked_id(quiz_id), self.posted_settings())
        self.services.limits.at_home(room["pin"], self.address)
        self.redirect(f"/host/{room['pin']}", status=303)

    def posted_settings(self) -> dict[str, Any] | None:
        """The settings of the form; None from a bare button. A checkbox that is off is not sent at all."""
        if not {"scoring", "read_time_s", *FLAGS} & set(self.request.body_arguments):
            return None
        settings: dict[str, Any] = {name: self.field(name) == "on" for name in FLAGS}
        if scoring := self.field("scoring"):
            settings["scoring"] = scoring
        if read_time := self.field("read_time_s"):
            settings["read_time_s"] = number(read_time)
        return settings


def number(text: str) -> float | str:
    """A number when it is one; the rules tell the teacher about anything else."""
    try:
        return float(text)
    except ValueError:
        return text


ROUTES = [
    (r"/quizzes", QuizzesPage),
    (r"/quizzes/([^/]+)", QuizPage),
    (r"/quizzes/([^/]+)/delete", DeleteQuiz),
    (r"/quizzes/([^/]+)/host", HostQuiz),
]
