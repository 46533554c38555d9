"""The first admin's account, with the one-time key that the service printed when it started."""

from handlers.errors import describe
from handlers.pages.base import PageHandler
from handlers.pages.login import HOME
from handlers.session import start_session
from services.errors import Forbidden, Invalid


class SetupPage(PageHandler):
    async def get(self) -> None:
        # The address holds the key: not even our own pages need to be told it.
        self.set_header("Referrer-Policy", "no-referrer")
        if await self.services.accounts.is_set_up():
            self.redirect("/login")
            return
        self.show("setup.html", key=self.get_query_argument("key", ""), error=None, values={"name": "", "email": ""})

    async def post(self) -> None:
        key, name, email = self.field("key"), self.field("name"), self.field("email")
        try:
            self.count(await self.services.limits.login(self.address, "setup"))
            password = self.field("password", strip=False)
            token, _ = await self.services.accounts.setup(key, name, email, password, self.agent)
        except (Forbidden, Invalid) as error:
            values = {"name": name[:200], "email": email[:254]}
            self.show("setup.html", describe(error, 422).status, key=key[:200], error=sentence(error), values=values)
            return
        start_session(self, token, self.is_https)
        self.redirect(HOME, status=303)


def sentence(error: Forbidden | Invalid) -> str:
    """What is wrong, field by field, in one line."""
    if isinstance(error, Forbidden):
        return error.message
    faults = [f"{problem['field']} {problem['reason']}" for problem in error.details["problems"]]
    return f"{error.message} The " + "; the ".join(faults) + "."


ROUTES = [(r"/setup", SetupPage)]
