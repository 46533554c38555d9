"""Bringing a quiz file in: the drop zone, a look at what is in the file, and saving what was ticked."""

import asyncio
import re
from typing import Any

from tornado.httputil import HTTPFile
from tornado.web import stream_request_body

from handlers.errors import describe
from handlers.ids import checked_id
from handlers.pages.base import PageHandler
from handlers.templating import Templates
from handlers.upload import UploadHandler
from services.errors import Forbidden, Invalid, NotFound
from services.imports import format_choices
from services.previews import GONE
from services.quiz_file import Table

# What pasted questions are called where a file would have its name.
PASTED = "Pasted questions"
_KEPT = re.compile(r"(\d{1,4})-(\d{1,5})", re.ASCII)


class ImportForm(PageHandler):
    """What the pages of an import have in common: the form to choose a file, with a sentence when something failed."""

    def show_form(self, status: int = 200, error: str | None = None, pasted: str = "") -> None:
        self.show("import.html", status, formats=format_choices(), error=error, pasted=pasted)


@stream_request_body
class ImportPage(UploadHandler, ImportForm):
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
        pasted = ""
        try:
            fields, files = self.upload.form(self.request.headers)
            # The form was read by us, so Tornado's check finds its field only here.
            self.request.arguments["_xsrf"] = [fields.get("_xsrf", "").encode()]
            self.check_form_token()
            pasted = fields.get("text", "")
            data, name = self.brought(pasted, files)
            preview = await self.services.desk.previews.make(identity, data, name, fields.get("format") or None)
        except (Invalid, Forbidden) as error:
            described = describe(error, 422)
            self.show_form(described.status, error=described.message, pasted=pasted)
            return
        self.redirect(f"/quizzes/import/{preview['id']}", status=303)

    def brought(self, pasted: str, files: dict[str, HTTPFile]) -> tuple[bytes, str]:
        """(bytes, name) of the file, or of what was pasted in its place. Raises Invalid."""
        if "file" in files or not pasted.strip():
            file = self.uploaded_file(files)
            return file.body, file.filename
        return pasted.encode(), PASTED


class PreviewPage(ImportForm):
    async def get(self, preview_id: str) -> None:
        identity = self.require_account()
        try:
            preview = await self.services.desk.previews.get(identity, checked_id(preview_id))
        except NotFound:
            self.show_form(404, error=GONE)
            return
        if preview["table"] is not None and not preview["quizzes"] and preview["saved"] is None:
            self.redirect(f"/quizzes/import/{preview_id}/columns", status=303)
            return
        await self.show_preview(preview)

    async def post(self, preview_id: str) -> None:
        identity = self.require_account()
        preview_id = checked_id(preview_id)
        titles = {}
        kept = set()
        for name, values in self.request.body_arguments.items():
            if name.startswith("title-") and name[6:].isdecimal():
                titles[int(name[6:])] = values[-1].decode(errors="replace")
        for value in self.get_body_arguments("keep"):
            if match := _KEPT.fullmatch(value):
                kept.add((int(match[1]), int(match[2])))
        try:
            saved = await self.services.desk.previews.save(identity, preview_id, kept, titles)
        except NotFound:
            self.show_form(404, error=GONE)
        except Invalid as error:
            preview = await self.services.desk.previews.get(identity, preview_id)
            await self.show_preview(preview, 422, error.message, kept)
        else:
            only = saved[0]["id"] if len(saved) == 1 else ""
            self.redirect(f"/quizzes/{only}" if only else f"/quizzes/import/{preview_id}", status=303)

    async def show_preview(
        self, preview: dict[str, Any], status: int = 200, error: str | None = None, kept: Any = None
    ) -> None:
        """A page of thousands of questions takes seconds to write, which the loop has not."""
        if preview["saved"] is not None:
            self.show("import_saved.html", status, preview=preview)
            return
        templates: Templates = self.application.settings["templates"]
        context = self.context() | {"status": status, "preview": preview, "error": error, "kept": kept}
        html = await asyncio.to_thread(templates.render, "import_preview.html", context)
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(html)


class ColumnsPage(ImportForm):
    """What the columns of a table are, where nobody could tell by themselves."""

    async def get(self, preview_id: str) -> None:
        if table := await self.table_of(preview_id):
            self.show("import_columns.html", preview_id=preview_id, table=table, error=None)

    async def post(self, preview_id: str) -> None:
        identity = self.require_account()
        roles = self.get_body_arguments("role")
        has_header = self.get_body_argument("header", "") == "on"
        try:
            await self.services.desk.previews.set_columns(identity, checked_id(preview_id), roles, has_header)
        except NotFound:
            self.show_form(404, error=GONE)
        except Invalid as error:
            if table := await self.table_of(preview_id):
                table.has_header = has_header
                table.roles = roles if len(roles) == table.width else table.roles
                self.show("import_columns.html", 422, preview_id=preview_id, table=table, error=error.message)
        else:
            self.redirect(f"/quizzes/import/{preview_id}", status=303)

    async def table_of(self, preview_id: str) -> Table | None:
        """None when there is none, which is then told."""
        try:
            preview = await self.services.desk.previews.get(self.require_account(), checked_id(preview_id))
        except NotFound:
            preview = {"table": None}
        if preview["table"] is None:
            self.show_form(404, error=GONE)
        table: Table | None = preview["table"]
        return table


class DiscardPreview(PageHandler):
    async def post(self, preview_id: str) -> None:
        await self.services.desk.previews.discard(self.require_account(), checked_id(preview_id))
        self.redirect("/quizzes/import", status=303)


ROUTES = [
    (r"/quizzes/import", ImportPage),
    (r"/quizzes/import/([^/]+)", PreviewPage),
    (r"/quizzes/import/([^/]+)/columns", ColumnsPage),
    (r"/quizzes/import/([^/]+)/discard", DiscardPreview),
]
