"""What an admin reads and changes of people's accounts. For admins only; every change is audited."""

from typing import Any

import msgspec

from handlers.api.base import ApiHandler, invalid
from handlers.ids import checked_id
from services.account_admin import PAGE, PAGE_MOST, STATES, Sought
from services.account_rules import ROLES
from services.invitations import DAYS

LETTERS_MOST = 64


class ChangeBody(msgspec.Struct, forbid_unknown_fields=True):
    role: str | None = None
    active: bool | None = None


class HandOverBody(msgspec.Struct, forbid_unknown_fields=True):
    to: str


class InvitationBody(msgspec.Struct, forbid_unknown_fields=True):
    role: str = "teacher"
    days: int = DAYS
    note: str = ""
    email: str | None = None


class AccountsApi(ApiHandler):
    async def get(self) -> None:
        await self.find_admin()
        self.answer(await self.services.people.admin.page(self._sought()))

    def _sought(self) -> Sought:
        """What the query asks for; raises Invalid."""
        letters = self.get_query_argument("q", "", strip=False)
        if len(letters) > LETTERS_MOST:
            raise invalid("q", f"must have at most {LETTERS_MOST} characters")
        return Sought(
            after=self.id_of_query("after"),
            limit=self.whole_number("limit", PAGE, 1, PAGE_MOST),
            letters=letters,
            role=self._one_of("role", ROLES),
            state=self._one_of("state", STATES),
        )

    def _one_of(self, name: str, values: Any) -> str | None:
        text = self.get_query_argument(name, None)
        if text is not None and text not in values:
            raise invalid(name, "must be one of " + ", ".join(values))
        return text


class AccountApi(ApiHandler):
    async def get(self, account_id: str) -> None:
        await self.find_admin()
        self.answer({"account": await self.services.people.admin.one(checked_id(account_id))})

    async def patch(self, account_id: str) -> None:
        """The role first, then whether it is active: each is whole by itself."""
        admin, account_id = await self.find_admin(), checked_id(account_id)
        body, accounts = self.body(ChangeBody), self.services.people.admin
        if body.role is not None:
            await accounts.set_role(admin, account_id, body.role)
        if body.active is not None:
            await (accounts.reactivate if body.active else accounts.deactivate)(admin, account_id)
        self.answer({"account": await accounts.one(account_id)})

    async def delete(self, account_id: str) -> None:
        """Only one that waits to be let in: of all others something is kept."""
        admin = await self.find_admin()
        await self.services.people.admin.turn_down(admin, checked_id(account_id))
        self.no_content()


class SignOutApi(ApiHandler):
    async def post(self, account_id: str) -> None:
        admin = await self.find_admin()
        await self.services.people.admin.sign_out(admin, checked_id(account_id))
        self.no_content()


class HandOverApi(ApiHandler):
    async def post(self, account_id: str) -> None:
        admin = await self.find_admin()
        account_id, to = checked_id(account_id), self.body(HandOverBody).to
        self.answer(await self.services.people.admin.hand_over(admin, account_id, to))


class ResetLinkApi(ApiHandler):
    async def post(self, account_id: str) -> None:
        admin = await self.find_admin()
        self.answer(await self.services.people.resets.make(admin, checked_id(account_id)), 201)


class InvitationsApi(ApiHandler):
    async def get(self) -> None:
        await self.find_admin()
        self.answer({"invitations": await self.services.people.invitations.listed()})

    async def post(self) -> None:
        admin = await self.find_admin()
        body = self.body(InvitationBody)
        made = await self.services.people.invitations.make(admin, body.role, body.days, body.note, body.email)
        self.answer({"invitation": made}, 201)


class InvitationApi(ApiHandler):
    async def delete(self, invitation_id: str) -> None:
        admin = await self.find_admin()
        await self.services.people.invitations.withdraw(admin, checked_id(invitation_id))
        self.no_content()


ROUTES = [
    (r"/api/v1/admin/accounts", AccountsApi),
    (r"/api/v1/admin/accounts/([^/]+)", AccountApi),
    (r"/api/v1/admin/accounts/([^/]+)/sign-out", SignOutApi),
    (r"/api/v1/admin/accounts/([^/]+)/hand-over", HandOverApi),
    (r"/api/v1/admin/accounts/([^/]+)/reset-link", ResetLinkApi),
    (r"/api/v1/admin/invitations", InvitationsApi),
    (r"/api/v1/admin/invitations/([^/]+)", InvitationApi),
]
