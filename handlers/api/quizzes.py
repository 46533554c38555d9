"""Quizzes of the signed-in account: find, write, copy, delete and take back, keep a draft, import and export a file."""

from typing import Any
from urllib.parse import quote

from tornado.httputil import HTTPFile
from tornado.web import stream_request_body

from handlers.api.base import ApiHandler, invalid
from handlers.ids import checked_id
from handlers.upload import UploadHandler
from services.identity import Identity
from services.library import PAGE_MOST, Sought
from services.previews import preview_json

QUIZ_MOST = 8 * 1024 * 1024


class QuizzesApi(ApiHandler):
    body_most = QUIZ_MOST

    async def get(self) -> None:
        identity = await self.find_account()
        limit = self.whole_number("limit", 50, 1, PAGE_MOST)
        self.answer(await self.services.desk.library.page(identity, self.sought(), self.id_of_query("after"), limit))

    def sought(self) -> Sought:
        deleted = self.get_query_argument("deleted", "false")
        if deleted not in ("true", "false"):
            raise invalid("deleted", "must be true or false")
        return Sought(self.get_query_argument("q", ""), self.get_query_argument("tag", ""), deleted == "true")

    async def post(self) -> None:
        identity = await self.find_account()
        quiz = await self.services.desk.quizzes.create(identity, self.body(dict))
        self.set_header("Location", f"/api/v1/quizzes/{quiz['id']}")
        self.answer(quiz, 201)


class QuizApi(ApiHandler):
    body_most = QUIZ_MOST

    async def get(self, quiz_id: str) -> None:
        identity = await self.find_account()
        self.answer(await self.services.desk.quizzes.get(identity, checked_id(quiz_id)))

    async def put(self, quiz_id: str) -> None:
        identity = await self.find_account()
        quiz_id = checked_id(quiz_id)
        self.answer(await self.services.desk.quizzes.update(identity, quiz_id, self.body(dict)))

    async def delete(self, quiz_id: str) -> None:
        identity = await self.find_account()
        await self.services.desk.library.delete(identity, checked_id(quiz_id))
        self.no_content()


class DraftApi(ApiHandler):
    body_most = QUIZ_MOST

    async def put(self, quiz_id: str) -> None:
        identity = await self.find_account()
        quiz_id = checked_id(quiz_id)
        self.answer(await self.services.desk.quizzes.save_draft(identity, quiz_id, self.body(dict)))


class DuplicateApi(ApiHandler):
    async def post(self, quiz_id: str) -> None:
        identity = await self.find_account()
        quiz = await self.services.desk.library.duplicate(identity, checked_id(quiz_id))
        self.set_header("Location", f"/api/v1/quizzes/{quiz['id']}")
        self.answer(quiz, 201)


class RestoreApi(ApiHandler):
    async def post(self, quiz_id: str) -> None:
        identity = await self.find_account()
        self.answer(await self.services.desk.library.restore(identity, checked_id(quiz_id)))


@stream_request_body
class FileApi(UploadHandler, ApiHandler):
    """A form with a quiz file; what becomes of it, `bring` says."""

    async def prepare(self) -> None:
        self.begin_upload()
        if self.request.method == "POST":
            await self.find_account()

    async def post(self) -> None:
        fields, files = self.upload.form(self.request.headers)
        file = self.uploaded_file(files)
        for name in fields.keys() - {"format", "_xsrf"}:
            raise invalid(name, "unknown field")
        assert self.identity is not None, "prepare has seen to it"
        self.answer(await self.bring(self.identity, file, fields.get("format") or None), 201)

    async def bring(self, identity: Identity, file: HTTPFile, format: str | None) -> dict[str, Any]:
        raise NotImplementedError


@stream_request_body
class ImportApi(FileApi):
    async def bring(self, identity: Identity, file: HTTPFile, format: str | None) -> dict[str, Any]:
        return await self.services.desk.imports.import_file(identity, file.body, file.filename, format)


@stream_request_body
class PreviewApi(FileApi):
    async def bring(self, identity: Identity, file: HTTPFile, format: str | None) -> dict[str, Any]:
        return preview_json(await self.services.desk.previews.make(identity, file.body, file.filename, format))


class ExportApi(ApiHandler):
    async def get(self, quiz_id: str) -> None:
        identity = await self.find_account()
        format = self.get_query_argument("format", "json")
        title, exported = await self.services.desk.exports.make(identity, checked_id(quiz_id), format)
        plain = "".join(char for char in title if char.isascii() and (char.isalnum() or char in " -_")).strip()
        name = (plain or "quiz")[:80] + exported.extension
        named = quote(title[:80].replace("/", "-") + exported.extension)
        self.set_header("Content-Type", exported.type)
        self.set_header("Content-Disposition", f"attachment; filename=\"{name}\"; filename*=UTF-8''{named}")
        await self.finish(exported.data)


class ExportsApi(ApiHandler):
    async def get(self, quiz_id: str) -> None:
        identity = await self.find_account()
        offers = await self.services.desk.exports.offers(identity, checked_id(quiz_id))
        self.answer({"exports": offers["exports"]})


ROUTES = [
    (r"/api/v1/quizzes", QuizzesApi),
    (r"/api/v1/quizzes/import", ImportApi),
    (r"/api/v1/quizzes/import/preview", PreviewApi),
    (r"/api/v1/quizzes/([^/]+)/draft", DraftApi),
    (r"/api/v1/quizzes/([^/]+)/export", ExportApi),
    (r"/api/v1/quizzes/([^/]+)/duplicate", DuplicateApi),
    (r"/api/v1/quizzes/([^/]+)/restore", RestoreApi),
    (r"/api/v1/quizzes/([^/]+)/exports", ExportsApi),
    (r"/api/v1/quizzes/([^/]+)", QuizApi),
]
