"""The upload form for quiz files, and what became of each question."""

from typing import Any

from tornado.web import stream_request_body

from handlers.errors import describe
from handlers.pages.base import PageHandler
from handlers.upload import UploadHandler
from services.errors import Forbidden, Invalid
from services.imports import format_choices


@stream_request_body
class ImportPage(UploadHandler, PageHandler):
    takes_upload = True

    async def prepare(self) -> None:
        self.begin_upload()
        await super().prepare()
        if self.request.method in ("GET", "POST"):
            self.require_account()

    async def get(self) -> None:
        self.show_form()

    async def post(self) -> None:
        identity = self.require_account()
        try:
            fields, files = self.upload.form(self.request.headers)
            # The form was read by us, so Tornado's check finds its field only here.
            self.request.arguments["_xsrf"] = [fields.get("_xsrf", "").encode()]
            self.check_form_token()
            file = self.uploaded_file(files)
            result = await self.services.desk.imports.import_file(
                identity, file.body, file.filename, fields.get("format") or None
            )
        except (Invalid, Forbidden) as error:
            described = describe(error, 422)
            self.show_form(described.status, error=described.message)
            return
        brought = [
            {"id": quiz["id"], "title": quiz["title"], "questions": len(quiz["questions"])}
            for quiz in result["quizzes"]
        ]
        self.show_form(201, result=result | {"quizzes": brought})

    def show_form(self, status: int = 200, result: dict[str, Any] | None = None, error: str | None = None) -> None:
        self.show("import.html", status, formats=format_choices(), result=result, error=error)


ROUTES = [(r"/quizzes/import", ImportPage)]
