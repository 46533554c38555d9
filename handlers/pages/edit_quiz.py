"""`/quizzes/{id}/edit`: writing a quiz; and the two pages that its preview is shown in, which play nothing at all."""

from handlers.ids import checked_id
from handlers.pages.base import PageHandler
from handlers.pages.room import RoomPage

UNTITLED = "Untitled quiz"
# What a preview shows where a room would say its own.
SAMPLE_PIN = "482913"


class NewQuiz(PageHandler):
    async def post(self) -> None:
        quiz_id = await self.services.desk.quizzes.begin(self.require_account(), UNTITLED)
        self.redirect(f"/quizzes/{quiz_id}/edit", status=303)


class EditQuiz(PageHandler):
    async def get(self, quiz_id: str) -> None:
        identity = self.require_account()
        self.show("editor.html", quiz=await self.services.desk.quizzes.get(identity, checked_id(quiz_id)))


class PhonePreview(PageHandler):
    framed_by = "'self'"

    async def get(self) -> None:
        self.require_account()
        self.show("preview_phone.html", pin=SAMPLE_PIN, title="", state="open", nicknames="free", kinds=())


class ScreenPreview(RoomPage):
    framed_by = "'self'"

    async def get(self) -> None:
        self.require_account()
        self.show_room("preview_screen.html", "", SAMPLE_PIN, "")


ROUTES = [
    (r"/quizzes/new", NewQuiz),
    (r"/quizzes/preview/phone", PhonePreview),
    (r"/quizzes/preview/screen", ScreenPreview),
    (r"/quizzes/([^/]+)/edit", EditQuiz),
]
