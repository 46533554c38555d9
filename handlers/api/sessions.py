"""Signing in for programs: a bearer token for an e-mail and a password, and its end."""

import msgspec

from handlers.api.base import ApiHandler


class LoginBody(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class LoginApi(ApiHandler):
    async def post(self) -> None:
        body = self.body(LoginBody)
        self.count(await self.services.limits.login(self.address, body.email))
        token, user = await self.services.accounts.login(body.email, body.password, self.agent)
        self.answer({"token": token, "user": user})


class LogoutApi(ApiHandler):
    async def post(self) -> None:
        await self.services.accounts.logout(await self.find_account())
        self.no_content()


ROUTES = [(r"/api/v1/login", LoginApi), (r"/api/v1/logout", LogoutApi)]
