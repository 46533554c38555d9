"""The questions of all quizzes of the signed-in account: found, and copied into a quiz."""

import msgspec

from handlers.api.base import ApiHandler, invalid
from handlers.ids import is_id
from services.question_bank import PAGE_MOST, Asked, Pick, Target

PAGES_MOST = 100_000


class PickBody(msgspec.Struct, forbid_unknown_fields=True):
    quiz_id: str
    question_id: str


class TargetBody(msgspec.Struct, forbid_unknown_fields=True):
    quiz_id: str | None = None
    revision: int | None = None
    title: str | None = None


class CopyBody(msgspec.Struct, forbid_unknown_fields=True):
    questions: list[PickBody]
    to: TargetBody


class QuestionsApi(ApiHandler):
    async def get(self) -> None:
        identity = await self.find_account()
        q, kind, language, tag = (self.get_query_argument(name, "") for name in ("q", "kind", "language", "tag"))
        asked = Asked(q, kind, language, tag, self.id_of_query("except"))
        page = self.whole_number("page", 1, 1, PAGES_MOST)
        length = self.whole_number("limit", 20, 1, PAGE_MOST)
        self.answer(await self.services.desk.bank.search(identity, asked, page, length))


class CopyApi(ApiHandler):
    async def post(self) -> None:
        identity = await self.find_account()
        body = self.body(CopyBody)
        for at, pick in enumerate(body.questions):
            if not is_id(pick.quiz_id):
                raise invalid(f"questions[{at}].quiz_id", "must be the id of a quiz")
        picks = [Pick(pick.quiz_id.lower(), pick.question_id) for pick in body.questions]
        copied = await self.services.desk.bank.copy(identity, picks, target_of(body.to))
        self.set_header("Location", f"/api/v1/quizzes/{copied['id']}")
        self.answer(copied, 201)


def target_of(to: TargetBody) -> Target:
    """Raises Invalid unless it is either a quiz with its revision or the title of a new one."""
    if to.quiz_id is None:
        if to.revision is not None:
            raise invalid("to.revision", "belongs to a quiz; a new one has none")
        if not (to.title or "").strip():
            raise invalid("to", "needs quiz_id and revision, or the title of a new quiz")
        return Target(title=to.title or "")
    if to.title is not None:
        raise invalid("to.title", "is for a new quiz; a quiz that is there keeps its title")
    if not is_id(to.quiz_id):
        raise invalid("to.quiz_id", "must be the id of a quiz")
    if to.revision is None or not 0 < to.revision < 2**31:
        raise invalid("to.revision", "must be the whole number that the quiz had when it was read")
    return Target(to.quiz_id.lower(), to.revision)


ROUTES = [(r"/api/v1/questions", QuestionsApi), (r"/api/v1/questions/copy", CopyApi)]
