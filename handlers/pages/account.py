"""Everybody's own account: name, e-mail, password, and where they are signed in."""

import contextlib
from typing import Any

from handlers.ids import checked_id
from handlers.pages.base import PageHandler
from handlers.pages.faults import faults_of
from handlers.session import end_session, start_session
from services.errors import Invalid, NotFound
from services.identity import Identity

PAGE = "/account"


class AccountPage(PageHandler):
    async def get(self) -> None:
        await self.show_account(self.require_account(), done=self.get_query_argument("done", ""))

    async def show_account(self, identity: Identity, status: int = 200, **given: Any) -> None:
        """`given` may hold `values` of a form that was refused, and `faults` by form and field."""
        people = self.services.people
        account = await people.own.show(identity)
        context: dict[str, Any] = {"done": "", "values": {}, "faults": {}} | given
        context["values"] = account | context["values"]
        self.show("account.html", status, account=account, sign_ins=await people.sign_ins.listed(identity), **context)


class ProfilePage(AccountPage):
    async def post(self) -> None:
        identity, name, email = self.require_account(), self.field("name"), self.field("email")
        self.count(await self.services.limits.login(self.address, identity.email))
        try:
            password = self.field("password", strip=False)
            await self.services.people.own.change(identity, name, email, password)
        except Invalid as error:
            values = {"name": name[:200], "email": email[:254]}
            await self.show_account(identity, 422, values=values, faults={"profile": faults_of(error)})
            return
        self.redirect(PAGE + "?done=profile", status=303)


class PasswordPage(AccountPage):
    async def post(self) -> None:
        identity = self.require_account()
        self.count(await self.services.limits.login(self.address, identity.email))
        current, password = self.field("current", strip=False), self.field("password", strip=False)
        try:
            token = await self.services.people.own.change_password(identity, current, password, self.agent)
        except Invalid as error:
            await self.show_account(identity, 422, faults={"password": faults_of(error)})
            return
        start_session(self, token, self.is_https)
        self.redirect(PAGE + "?done=password", status=303)


class EndSignIn(PageHandler):
    async def post(self, sign_in_id: str) -> None:
        identity = self.require_account()
        # One that is over is what was asked for.
        with contextlib.suppress(NotFound):
            await self.services.people.sign_ins.end(identity, checked_id(sign_in_id))
        self.redirect(PAGE + "?done=ended", status=303)


class SignOutEverywhere(PageHandler):
    async def post(self) -> None:
        await self.services.people.sign_ins.end_all(self.require_account().id)
        end_session(self, self.is_https)
        self.redirect("/login", status=303)


ROUTES = [
    (r"/account", AccountPage),
    (r"/account/profile", ProfilePage),
    (r"/account/password", PasswordPage),
    (r"/account/sign-ins/([^/]+)/end", EndSignIn),
    (r"/account/sign-out-everywhere", SignOutEverywhere),
]
