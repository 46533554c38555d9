"""The first admin's account, with the one-time key that the service printed when it started."""

from handlers.errors import describe
from handlers.pages.base import PageHandler
from handlers.pages.faults import faults_of
from handlers.pages.login import HOME
from handlers.session import start_session
from services.errors import Forbidden, Invalid

NOTHING_TYPED = {"name": "", "email": ""}


class SetupPage(PageHandler):
    async def get(self) -> None:
        # The address holds the key: not even our own pages need to be told it.
        self.set_header("Referrer-Policy", "no-referrer")
        if await self.services.accounts.is_set_up():
            self.redirect("/login")
            return
        key = self.get_query_argument("key", "")
        self.show("setup.html", key=key, error=None, values=NOTHING_TYPED, faults={})

    async def post(self) -> None:
        key, name, email = self.field("key"), self.field("name"), self.field("email")
        try:
            self.count(await self.services.limits.login(self.address, "setup"))
            password = self.field("password", strip=False)
            token, _ = await self.services.accounts.setup(key, name, email, password, self.agent)
        except (Forbidden, Invalid) as error:
            values = {"name": name[:200], "email": email[:254]}
            # A wrong key is asked for again; a right one stays in the form.
            told = {"error": error.message, "key": ""} if isinstance(error, Forbidden) else {"error": None, "key": key}
            faults = {} if isinstance(error, Forbidden) else faults_of(error)
            self.show("setup.html", describe(error, 422).status, values=values, faults=faults, **told)
            return
        start_session(self, token, self.is_https)
        self.redirect(HOME, status=303)


ROUTES = [(r"/setup", SetupPage)]
