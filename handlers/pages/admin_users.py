"""People as an admin looks after them: `/admin/users`, one of them, and the invitations. Plain forms."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from handlers.errors import describe
from handlers.ids import checked_id, is_id
from handlers.pages.admin import AdminHandler
from handlers.pages.faults import faults_of
from services.account_admin import STATES, Sought
from services.account_rules import ROLES
from services.errors import Forbidden, Invalid, LastAdmin
from services.identity import Identity
from services.invitations import DAYS

LETTERS_MOST = 64


class UsersPage(AdminHandler):
    async def get(self) -> None:
        self.require_admin()
        letters = self.get_query_argument("q", "")[:LETTERS_MOST]
        role, state = self.get_query_argument("role", ""), self.get_query_argument("state", "")
        after = self.get_query_argument("after", "")
        sought = Sought(
            after=after.lower() if is_id(after) else None,
            letters=letters,
            role=role if role in ROLES else None,
            state=state if state in STATES else None,
        )
        page = await self.services.people.admin.page(sought)
        asked = {name: value for name, value in (("q", letters), ("role", role), ("state", state)) if value}
        self.show(
            "admin_users.html",
            **page,
            waiting=await self.services.people.admin.waiting(),
            done=self.get_query_argument("done", ""),
            **{"q": letters, "role": role, "state": state, "is_first": sought.after is None, "is_all": not asked},
            first_url="/admin/users?" + urlencode(asked),
            next_url="/admin/users?" + urlencode(asked | {"after": page["next"] or ""}),
        )


class UserPage(AdminHandler):
    async def get(self, account_id: str) -> None:
        self.require_admin()
        await self.show_user(account_id, done=self.get_query_argument("done", ""))

    async def show_user(self, account_id: str, status: int = 200, **given: Any) -> None:
        accounts = self.services.people.admin
        account = await accounts.one(checked_id(account_id))
        context: dict[str, Any] = {"done": "", "error": None, "faults": {}, "link": None, "to": ""} | given
        context |= {f"handed_{name}": whole_number(self.get_query_argument(name, "")) for name in ("quizzes", "rooms")}
        rooms = await accounts.belongings(account["id"])
        self.show("admin_user.html", status, account=account, rooms=rooms, **context)


class UserDeed(UserPage):
    """POST /admin/users/{id}/{deed}."""

    async def post(self, account_id: str, deed: str) -> None:
        admin, account_id = self.require_admin(), checked_id(account_id)
        deeds: dict[str, Callable[[Identity, str], Awaitable[str | None]]] = {
            "role": self._set_role,
            "deactivate": self._deactivate,
            "reactivate": self._reactivate,
            "sign-out": self._sign_out,
            "hand-over": self._hand_over,
            "reset-link": self._make_link,
            "let-in": self._let_in,
            "turn-down": self._turn_down,
        }
        if deed not in deeds:
            self.send_error(404)
            return
        try:
            done = await deeds[deed](admin, account_id)
        except (LastAdmin, Forbidden) as error:
            await self.show_user(account_id, describe(error, 409).status, error=error.message)
            return
        except Invalid as error:
            await self.show_user(account_id, 422, faults=faults_of(error), to=self.field("to")[:254])
            return
        if done is not None:
            self.redirect(f"/admin/users/{account_id}?done={done}", status=303)

    async def _set_role(self, admin: Identity, account_id: str) -> str:
        await self.services.people.admin.set_role(admin, account_id, self.field("role"))
        return "role"

    async def _deactivate(self, admin: Identity, account_id: str) -> str:
        await self.services.people.admin.deactivate(admin, account_id)
        return "deactivated"

    async def _reactivate(self, admin: Identity, account_id: str) -> str:
        await self.services.people.admin.reactivate(admin, account_id)
        return "reactivated"

    async def _let_in(self, admin: Identity, account_id: str) -> str:
        await self.services.people.admin.reactivate(admin, account_id)
        return "let-in"

    async def _turn_down(self, admin: Identity, account_id: str) -> None:
        await self.services.people.admin.turn_down(admin, account_id)
        self.redirect("/admin/users?done=turned-down", status=303)

    async def _sign_out(self, admin: Identity, account_id: str) -> str:
        await self.services.people.admin.sign_out(admin, account_id)
        return "signed-out"

    async def _hand_over(self, admin: Identity, account_id: str) -> str:
        handed = await self.services.people.admin.hand_over(admin, account_id, self.field("to"))
        return f"handed-over&quizzes={handed['quizzes']}&rooms={handed['rooms']}"

    async def _make_link(self, admin: Identity, account_id: str) -> None:
        # Shown at once: an address that leads here again would have to hold it.
        link = await self.services.people.resets.make(admin, account_id)
        await self.show_user(account_id, link=link)


class InvitationsPage(AdminHandler):
    async def get(self) -> None:
        self.require_admin()
        await self.show_invitations(done=self.get_query_argument("done", ""))

    async def post(self) -> None:
        admin, values = self.require_admin(), {name: self.field(name) for name in ("role", "days", "note", "email")}
        days, email = whole_number(values["days"]), values["email"] or None
        try:
            made = await self.services.people.invitations.make(admin, values["role"], days, values["note"], email)
        except Invalid as error:
            await self.show_invitations(422, faults=faults_of(error), values=values | {"days": days})
            return
        await self.show_invitations(made=made)

    async def show_invitations(self, status: int = 200, **given: Any) -> None:
        values = {"role": "teacher", "days": DAYS, "note": "", "email": ""}
        context: dict[str, Any] = {"done": "", "faults": {}, "made": None, "values": values} | given
        people = self.services.people
        context |= {"listed": await people.invitations.listed(), "can_mail": people.letters.can_send}
        self.show("admin_invitations.html", status, registration=people.invitations.registration, **context)


class WithdrawInvitation(AdminHandler):
    async def post(self, invitation_id: str) -> None:
        await self.services.people.invitations.withdraw(self.require_admin(), checked_id(invitation_id))
        self.redirect("/admin/invitations?done=withdrawn", status=303)


def whole_number(text: str) -> int:
    """0 for what is none that anybody would mean."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


ROUTES = [
    (r"/admin/users", UsersPage),
    (r"/admin/users/([^/]+)", UserPage),
    (r"/admin/users/([^/]+)/([^/]+)", UserDeed),
    (r"/admin/invitations", InvitationsPage),
    (r"/admin/invitations/([^/]+)/withdraw", WithdrawInvitation),
]
