"""The base of all pages: who is signed in, what every template is given, errors as a page."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from tornado.web import Finish, RequestHandler

from handlers.base import SIGN_IN_FIRST, BaseHandler
from handlers.errors import Described, describe
from handlers.session import cookie_token
from handlers.templating import Templates
from services.errors import Forbidden, LinkGone, Unauthorized
from services.identity import Identity


class PageHandler(BaseHandler):
    # Pages that read their form themselves check its token themselves.
    takes_upload = False

    async def prepare(self) -> None:
        method = (self.request.method or "").lower()
        takes_post = type(self).post is not RequestHandler.post
        if method == "post" and takes_post and not self.takes_upload:
            self.check_form_token()
        token = cookie_token(self, self.is_https)
        if token is None:
            return
        try:
            identity = await self.services.accounts.authenticate(token)
        except Unauthorized:
            return
        if identity.kind == "account":
            self.identity = identity

    def require_account(self) -> Identity:
        """The signed-in account; else goes to the sign-in page, which comes back here."""
        if self.identity is not None:
            return self.identity
        if self.request.method != "GET":
            raise Unauthorized(SIGN_IN_FIRST)
        self.redirect("/login?" + urlencode({"next": self.request.uri or "/"}))
        raise Finish

    def context(self) -> dict[str, Any]:
        """What every template may use besides its own."""
        user = self.identity
        return {
            "xsrf_token": self.xsrf_token.decode(),
            "user": user and {"id": user.id, "email": user.email, "name": user.name, "role": user.role},
            "public_url": self.application.settings["public_url"],
        }

    def show(self, template: str, status: int = 200, **context: Any) -> None:
        """Ends the request with a page."""
        self._finish_page(self._templates.render(template, self.context() | {"status": status} | context), status)

    async def show_large(self, template: str, **context: Any) -> None:
        """Like show, for a page that takes longer to write than the loop may stand still."""
        values = self.context() | {"status": 200} | context
        loop = asyncio.get_running_loop()
        self._finish_page(await loop.run_in_executor(self.services.executor, self._templates.render, template, values))

    @property
    def _templates(self) -> Templates:
        templates: Templates = self.application.settings["templates"]
        return templates

    def _finish_page(self, html: str, status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(html)

    def write_described(self, described: Described) -> None:
        self.show("error.html", described.status, message=described.message, is_link=False)

    def show_gone(self, error: LinkGone | Forbidden) -> None:
        """A link that does not work any more: one sentence, one thing to do."""
        described = describe(error, 410)
        self.show("error.html", described.status, message=described.message, is_link=True)

    def field(self, name: str, default: str = "", *, strip: bool = True) -> str:
        """A field of the posted form; the last one when it comes twice."""
        return self.get_body_argument(name, default, strip=strip)


class NotFoundPage(PageHandler):
    """Whatever no route knows."""

    async def prepare(self) -> None:
        await super().prepare()
        self.send_error(404)
