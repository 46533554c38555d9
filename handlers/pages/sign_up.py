"""A new account in the browser: by an admin's invitation, or for everybody where REGISTRATION is open."""

from typing import Any

from handlers.pages.base import PageHandler
from handlers.pages.faults import faults_of
from handlers.pages.login import HOME
from handlers.session import start_session
from services.errors import Forbidden, Invalid, LinkGone
from services.invitations import BY_INVITATION, CLOSED


class SignUpPage(PageHandler):
    async def get(self) -> None:
        # The address holds the token: not even our own pages need to be told it.
        self.set_header("Referrer-Policy", "no-referrer")
        token = self.get_query_argument("token", "")
        try:
            invitation = await self._look(token)
        except (LinkGone, Forbidden) as error:
            self.show_gone(error)
            return
        self._show(200, token, invitation, {"name": "", "email": ""}, {})

    async def post(self) -> None:
        token, name, email = self.field("token"), self.field("name"), self.field("email")
        self.count(self.services.limits.sign_up(self.address))
        try:
            invitation = await self._look(token)
            password = self.field("password", strip=False)
            people = self.services.people
            signed_in, _ = await people.invitations.sign_up(token or None, name, email, password, self.agent)
        except Invalid as error:
            self._show(422, token, invitation, {"name": name[:200], "email": email[:254]}, faults_of(error))
            return
        except (LinkGone, Forbidden) as error:
            self.show_gone(error)
            return
        start_session(self, signed_in, self.is_https)
        self.redirect(HOME, status=303)

    async def _look(self, token: str) -> dict[str, Any] | None:
        """The invitation; None where anybody may come without. Raises LinkGone, Forbidden."""
        invitations = self.services.people.invitations
        if token:
            return await invitations.look(token)
        if invitations.is_open:
            return None
        raise Forbidden(BY_INVITATION if invitations.are_possible else CLOSED)

    def _show(
        self,
        status: int,
        token: str,
        invitation: dict[str, Any] | None,
        values: dict[str, str],
        faults: dict[str, str],
    ) -> None:
        self.show("sign_up.html", status, token=token, invitation=invitation, values=values, faults=faults)


ROUTES = [(r"/sign-up", SignUpPage)]
