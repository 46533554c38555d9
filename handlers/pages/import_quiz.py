"""Bringing a quiz file in: the drop zone, a look at what is in the file, and saving what was ticked."""

import asyncio
import re
from typing import Any

from tornado.web import stream_request_body

from handlers.errors import describe
from handlers.ids import checked_id
from handlers.pages.base import PageHandler
from handlers.templating import Templates
from handlers.upload import UploadHandler
from services.errors import Forbidden, Invalid, NotFound
from services.imports import format_choices
from services.previews import GONE

_KEPT = re.compile(r"(\d{1,4})-(\d{1,5})", re.ASCII)


class ImportForm(PageHandler):
    """What the pages of an import have in common: the form to choose a file, with a sentence when something failed."""

    def show_form(self, status: int = 200, error: str | None = None) -> None:
        self.show("import.html", status, formats=format_choices(), error=error)


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
        try:
            fields, files = self.upload.form(self.request.headers)
            # The form was read by us, so Tornado's check finds its field only here.
            self.request.arguments["_xsrf"] = [fields.get("_xsrf", "").encode()]
            self.check_form_token()
            file = self.uploaded_file(files)
            format = fields.get("format") or None
            preview = await self.services.desk.previews.make(identity, file.body, file.filename, format)
        except (Invalid, Forbidden) as error:
            described = describe(error, 422)
            self.show_form(described.status, error=described.message)
            return
        self.redirect(f"/quizzes/import/{preview['id']}", status=303)


class PreviewPage(ImportForm):
    async def get(self, preview_id: str) -> None:
        identity = self.require_account()
        try:
            preview = await self.services.desk.previews.get(identity, checked_id(preview_id))
        except NotFound:
            self.show_form(404, error=GONE)
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


class DiscardPreview(PageHandler):
    async def post(self, preview_id: str) -> None:
        await self.services.desk.previews.discard(self.require_account(), checked_id(preview_id))
        self.redirect("/quizzes/import", status=303)


ROUTES = [
    (r"/quizzes/import", ImportPage),
    (r"/quizzes/import/([^/]+)", PreviewPage),
    (r"/quizzes/import/([^/]+)/discard", DiscardPreview),
]
