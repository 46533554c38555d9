"""A forgotten password in the browser: asking for a link by e-mail, and choosing a new one by a link."""

from handlers.pages.base import PageHandler
from handlers.pages.faults import faults_of
from handlers.pages.login import HOME
from handlers.session import start_session
from services.errors import Forbidden, Invalid, LinkGone


class ForgotPage(PageHandler):
    async def get(self) -> None:
        self.show("forgot.html", can_mail=self.services.people.letters.can_send, asked=None)

    async def post(self) -> None:
        """Says the same whether or not there is such an account."""
        email = self.field("email")[:254]
        self.count(self.services.limits.sign_up(self.address))
        if self.services.limits.may_get_letter(email):
            self.services.people.resets.ask(email)
        self.show("forgot.html", can_mail=True, asked=email)


class NewPasswordPage(PageHandler):
    async def get(self) -> None:
        # The address holds the token: not even our own pages need to be told it.
        self.set_header("Referrer-Policy", "no-referrer")
        token = self.get_query_argument("token", "")
        try:
            link = await self.services.people.resets.look(token)
        except (LinkGone, Forbidden) as error:
            self.show_gone(error)
            return
        self.show("new_password.html", token=token, link=link, faults={})

    async def post(self) -> None:
        token, resets = self.field("token"), self.services.people.resets
        self.count(self.services.limits.sign_up(self.address))
        try:
            link = await resets.look(token)
            signed_in, _ = await resets.use(token, self.field("password", strip=False), self.agent)
        except Invalid as error:
            self.show("new_password.html", 422, token=token, link=link, faults=faults_of(error))
            return
        except (LinkGone, Forbidden) as error:
            self.show_gone(error)
            return
        start_session(self, signed_in, self.is_https)
        self.redirect(HOME, status=303)


ROUTES = [(r"/forgot", ForgotPage), (r"/new-password", NewPasswordPage)]
