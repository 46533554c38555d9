"""How programs make an account by an invitation, or where anybody may, and set a forgotten password by a link."""

import msgspec

from handlers.api.base import ApiHandler


class SignUpBody(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    email: str
    password: str
    token: str | None = None


class LookBody(msgspec.Struct, forbid_unknown_fields=True):
    token: str


class AskBody(msgspec.Struct, forbid_unknown_fields=True):
    email: str


class NewPasswordBody(msgspec.Struct, forbid_unknown_fields=True):
    token: str
    password: str


class PublicApi(ApiHandler):
    """For people without an account: what they try is counted by their address."""

    async def prepare(self) -> None:
        self.count(self.services.limits.sign_up(self.address))


class SignUpApi(PublicApi):
    async def post(self) -> None:
        """With a link signed in at once; without one, where that is possible, an admin is asked: the same for all."""
        body, people = self.body(SignUpBody), self.services.people
        if body.token is not None:
            link = people.invitations
            token, user = await link.sign_up(body.token, body.name, body.email, body.password, self.agent)
            self.answer({"token": token, "user": user}, 201)
        elif people.sign_ups.is_open:
            await people.sign_ups.wait(body.name, body.email, body.password)
            self.answer({}, 202)
        else:
            raise people.invitations.refusal()


class SignUpLetterApi(PublicApi):
    async def post(self) -> None:
        """Answers the same whether or not there is such an account."""
        email, people = self.body(AskBody).email, self.services.people
        if not people.sign_ups.is_open:
            raise people.invitations.refusal()
        if self.services.limits.may_get_letter(email):
            people.sign_ups.ask(email)
        self.answer({}, 202)


class InvitationApi(PublicApi):
    async def post(self) -> None:
        self.answer(await self.services.people.invitations.look(self.body(LookBody).token))


class ForgotApi(PublicApi):
    async def post(self) -> None:
        """Answers the same whether or not there is such an account."""
        email = self.body(AskBody).email
        if self.services.limits.may_get_letter(email):
            self.services.people.resets.ask(email)
        self.answer({}, 202)


class NewPasswordApi(PublicApi):
    async def post(self) -> None:
        body = self.body(NewPasswordBody)
        token, user = await self.services.people.resets.use(body.token, body.password, self.agent)
        self.answer({"token": token, "user": user})


ROUTES = [
    (r"/api/v1/sign-up", SignUpApi),
    (r"/api/v1/sign-up/invitation", InvitationApi),
    (r"/api/v1/sign-up/letter", SignUpLetterApi),
    (r"/api/v1/forgotten-password", ForgotApi),
    (r"/api/v1/new-password", NewPasswordApi),
]
