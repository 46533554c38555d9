"""One's own account for programs: name, e-mail, password, and where one is signed in."""

import msgspec

from handlers.api.base import ApiHandler
from handlers.ids import checked_id


class ChangeBody(msgspec.Struct, forbid_unknown_fields=True):
    name: str | None = None
    email: str | None = None
    password: str = ""


class PasswordBody(msgspec.Struct, forbid_unknown_fields=True):
    current: str
    password: str


class AccountApi(ApiHandler):
    async def get(self) -> None:
        identity = await self.find_account()
        self.answer({"account": await self.services.people.own.show(identity)})

    async def patch(self) -> None:
        identity = await self.find_account()
        body = self.body(ChangeBody)
        if body.email is not None:
            self.count(await self.services.limits.login(self.address, identity.email))
        user = await self.services.people.own.change(identity, body.name, body.email, body.password)
        self.answer({"user": user})


class PasswordApi(ApiHandler):
    async def post(self) -> None:
        identity = await self.find_account()
        body = self.body(PasswordBody)
        self.count(await self.services.limits.login(self.address, identity.email))
        own = self.services.people.own
        self.answer({"token": await own.change_password(identity, body.current, body.password, self.agent)})


class SignInsApi(ApiHandler):
    async def get(self) -> None:
        identity = await self.find_account()
        self.answer({"sign_ins": await self.services.people.sign_ins.listed(identity)})

    async def delete(self) -> None:
        await self.services.people.sign_ins.end_all((await self.find_account()).id)
        self.no_content()


class SignInApi(ApiHandler):
    async def delete(self, sign_in_id: str) -> None:
        identity = await self.find_account()
        await self.services.people.sign_ins.end(identity, checked_id(sign_in_id))
        self.no_content()


ROUTES = [
    (r"/api/v1/account", AccountApi),
    (r"/api/v1/account/password", PasswordApi),
    (r"/api/v1/account/sign-ins", SignInsApi),
    (r"/api/v1/account/sign-ins/([^/]+)", SignInApi),
]
