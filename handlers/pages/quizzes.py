"""A teacher's quizzes and rooms: the list, deleting a quiz."""

from handlers.ids import checked_id
from handlers.pages.base import PageHandler


class QuizzesPage(PageHandler):
    async def get(self) -> None:
        identity = self.require_account()
        quizzes = await self.services.desk.quizzes.summaries(identity)
        rooms = await self.services.rooms.mine(identity)
        self.show("quizzes.html", quizzes=quizzes, rooms=rooms, error=None)


class DeleteQuiz(PageHandler):
    async def post(self, quiz_id: str) -> None:
        await self.services.desk.quizzes.delete(self.require_account(), checked_id(quiz_id))
        self.redirect("/quizzes", status=303)


ROUTES = [(r"/quizzes", QuizzesPage), (r"/quizzes/([^/]+)/delete", DeleteQuiz)]
