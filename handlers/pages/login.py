"""Signing in and out in the browser."""

from typing import Any

from handlers.errors import describe
from handlers.pages.base import PageHandler
from handlers.session import end_session, start_session
from services.errors import Forbidden, RateLimited, Unauthorized

HOME = "/quizzes"


def safe_next(target: str) -> str:
    """A path of our own to go on to; anything that could lead to another site becomes the list of quizzes."""
    is_own = target.startswith("/") and not target.startswith("//") and target.isprintable() and "\\" not in target
    return target if is_own else HOME


class LoginPage(PageHandler):
    async def get(self) -> None:
        target = safe_next(self.get_query_argument("next", HOME))
        if self.identity is not None:
            self.redirect(target)
            return
        self._show(error=None, email="", next=target)

    async def post(self) -> None:
        email, target = self.field("email"), safe_next(self.field("next", HOME))
        try:
            self.count(await self.services.limits.login(self.address, email))
            password = self.field("password", strip=False)
            token, _ = await self.services.accounts.login(email, password, self.agent)
        except (Unauthorized, Forbidden, RateLimited) as error:
            described = describe(error, 401)
            self.tell_limits(error, described)
            self._show(described.status, error=described.message, email=email[:254], next=target)
            return
        start_session(self, token, self.is_https)
        self.redirect(target, status=303)

    def _show(self, status: int = 200, **values: Any) -> None:
        sign_ups = self.services.people.sign_ups
        self.show("login.html", status, takes_anybody=sign_ups.is_open, is_by_admin=sign_ups.is_by_admin, **values)


class LogoutPage(PageHandler):
    async def post(self) -> None:
        if self.identity is not None:
            await self.services.accounts.logout(self.identity)
        end_session(self, self.is_https)
        self.redirect("/", status=303)


ROUTES = [(r"/login", LoginPage), (r"/logout", LogoutPage)]
