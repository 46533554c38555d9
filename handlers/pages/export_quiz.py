"""The page that offers a quiz as a file of each format, with what that file cannot carry."""

from handlers.ids import checked_id
from handlers.pages.base import PageHandler


class ExportPage(PageHandler):
    async def get(self, quiz_id: str) -> None:
        identity = self.require_account()
        self.show("export.html", quiz=await self.services.desk.exports.offers(identity, checked_id(quiz_id)))


ROUTES = [(r"/quizzes/([^/]+)/export", ExportPage)]
