"""A new account in the browser: by a link, or for everybody where REGISTRATION is open.

By a link people are signed in at once. Who comes without one is answered the same whether or not the address has an
account: where letters go out a letter tells, where none do an admin lets people in.
"""

from typing import Any

from handlers.pages.base import PageHandler
from handlers.pages.faults import faults_of
from handlers.pages.login import HOME
from handlers.session import start_session
from services.errors import Forbidden, Invalid, LinkGone

NOTHING_TYPED = {"name": "", "email": ""}


class SignUpPage(PageHandler):
    async def get(self) -> None:
        # The address holds the token: not even our own pages need to be told it.
        self.set_header("Referrer-Policy", "no-referrer")
        token = self.get_query_argument("token", "")
        if not token:
            self._show_without_link()
            return
        try:
            link = await self.services.people.invitations.look(token)
        except (LinkGone, Forbidden) as error:
            self.show_gone(error)
            return
        self._show_form(200, token=token, link=link)

    async def post(self) -> None:
        self.count(self.services.limits.sign_up(self.address))
        typed = {"name": self.field("name"), "email": self.field("email")}
        token, password = self.field("token"), self.field("password", strip=False)
        people, link = self.services.people, None
        try:
            if not token:
                await self._ask(typed, password)
                return
            link = await people.invitations.look(token)
            signed_in, _ = await people.invitations.sign_up(token, **typed, password=password, agent=self.agent)
        except Invalid as error:
            kept = {"name": typed["name"][:200], "email": typed["email"][:254]}
            self._show_form(422, token=token, link=link, values=kept, faults=faults_of(error))
            return
        except (LinkGone, Forbidden) as error:
            self.show_gone(error)
            return
        start_session(self, signed_in, self.is_https)
        self.redirect(HOME, status=303)

    async def _ask(self, typed: dict[str, str], password: str) -> None:
        """Without a link. Says the same whether or not there is such an account."""
        sign_ups, email = self.services.people.sign_ups, typed["email"]
        if not sign_ups.is_open:
            raise self.services.people.invitations.refusal()
        if sign_ups.is_by_admin:
            await sign_ups.wait(typed["name"], email, password)
            self.show("sign_up_asked.html", is_by_admin=True, asked=email)
            return
        if self.services.limits.may_get_letter(email):
            sign_ups.ask(email)
        self.show("sign_up_asked.html", is_by_admin=False, asked=email[:254])

    def _show_without_link(self) -> None:
        people = self.services.people
        if people.sign_ups.is_by_letter:
            self.show("sign_up_letter.html")
        elif people.sign_ups.is_by_admin:
            self._show_form(200, token="", link=None)
        else:
            self.show_gone(people.invitations.refusal())

    def _show_form(self, status: int, **given: Any) -> None:
        context: dict[str, Any] = {"values": NOTHING_TYPED, "faults": {}} | given
        self.show("sign_up.html", status, **context)


ROUTES = [(r"/sign-up", SignUpPage)]
