"""What an admin does with other people's accounts: finds them, gives a role, switches off and on, hands over quizzes.

Whoever calls has checked that it is an admin who asks; whether they still are is checked again in each transaction, so
that of two admins who demote each other one remains. All of it is audited with the deed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clock import Clock
from models import account_links, accounts, audit, quizzes, rooms, sign_ins, sign_ups
from models.database import Database
from models.engine import hold_alone
from models.tables import Account
from services import account_rules as rules
from services.accounts import user_of
from services.audit import Audit
from services.errors import Forbidden, Invalid, LastAdmin, NotFound
from services.identity import Identity
from services.live_room import OVER_FOR_MS
from services.orders import Orders
from services.sign_ins import SignIns

STATES = tuple(accounts.STATES)
PAGE = 50
PAGE_MOST = 200
# Held by whatever could leave the installation without an admin.
ADMINS = "admins"
# No node holds a room in memory that has been over for longer: it lets go within a sweep or two.
HELD_MS = OVER_FOR_MS + 5 * 60_000
NO_ACCOUNT = "There is no such account."
LAST_ADMIN = "Nobody else could run this Quizhall. Make somebody else an admin first."
NO_ADMIN_ANY_MORE = "You are no admin any more."


@dataclass(frozen=True, slots=True)
class Sought:
    """What a page of accounts is asked for; `state` is one of models.accounts.STATES, None: all of them."""

    after: str | None = None
    limit: int = PAGE
    letters: str = ""
    role: str | None = None
    state: str | None = None


class AccountAdmin:
    def __init__(self, db: Database, clock: Clock, sign_ins: SignIns, records: Audit, orders: Orders) -> None:
        self._db = db
        self._clock = clock
        self._sign_ins = sign_ins
        self._audit = records
        self._orders = orders

    async def page(self, sought: Sought) -> dict[str, Any]:
        """{accounts, next}, by name."""
        letters = rules.letters_sought(sought.letters)
        found = await self._db.read(accounts.page, letters, sought.role, sought.state, sought.after, sought.limit)
        shown = [_shown(account, count) for account, count in found]
        return {"accounts": shown, "next": shown[-1]["id"] if len(shown) == sought.limit else None}

    async def one(self, account_id: str) -> dict[str, Any]:
        """Raises NotFound."""
        return await self._db.read(_one, account_id)

    async def belongings(self, account_id: str) -> dict[str, int]:
        """{over, running}: how many rooms of theirs there are."""
        return await self._db.read(rooms.counts_of_owner, account_id)

    async def waiting(self) -> int:
        """How many people asked for an account and were not let in yet."""
        return await self._db.read(sign_ups.count)

    async def set_role(self, admin: Identity, account_id: str, role: str) -> dict[str, Any]:
        """Ends their sign-ins. Raises NotFound, Invalid, LastAdmin."""
        rules.check("There is no such role.", rules.role_problems(role))

        def change(account: Account) -> bool:
            if account.role == role:
                return False
            accounts.update(str(account.id), role=role)
            if role != "admin":
                _lose_admin(account)
            sign_ins.end_all(str(account.id))
            return True

        return await self._do(admin, account_id, "account.role", {"role": role}, change)

    async def deactivate(self, admin: Identity, account_id: str) -> dict[str, Any]:
        """Ends their sign-ins; nothing of theirs is deleted. Raises NotFound, LastAdmin."""

        def change(account: Account) -> bool:
            if account.deactivated_at is not None:
                return False
            accounts.update(str(account.id), deactivated_at=self._clock.now_ms())
            _lose_admin(account)
            account_links.withdraw_resets(str(account.id))
            sign_ins.end_all(str(account.id))
            return True

        return await self._do(admin, account_id, "account.deactivate", {}, change)

    async def reactivate(self, admin: Identity, account_id: str) -> dict[str, Any]:
        """They sign in with the password they had, or gave when they asked for an account. Raises NotFound."""

        def change(account: Account) -> bool:
            if account.deactivated_at is None:
                return False
            accounts.update(str(account.id), deactivated_at=None, waiting_since=None)
            return True

        return await self._do(admin, account_id, "account.reactivate", {}, change, ends=False)

    async def turn_down(self, admin: Identity, account_id: str) -> None:
        """Takes away an account that waits to be let in. Raises NotFound, also when it does not wait."""
        await self._db.write(self._turn_down, admin, account_id)

    async def sign_out(self, admin: Identity, account_id: str) -> dict[str, Any]:
        """Everywhere. Raises NotFound."""

        def change(account: Account) -> bool:
            sign_ins.end_all(str(account.id))
            return True

        return await self._do(admin, account_id, "account.sign_out", {}, change)

    async def hand_over(self, admin: Identity, account_id: str, to: str) -> dict[str, Any]:
        """{quizzes, rooms}: how many now belong to the account with the e-mail `to`. Raises NotFound, Invalid.

        Rooms that are over go along, with their results. One that still runs stays: its host stands before a class.
        """
        handed, fresh = await self._db.write(self._hand_over, admin, account_id, to)
        for room_id in fresh:
            await self._orders.forget(room_id)
        return handed

    async def _do(
        self,
        admin: Identity,
        account_id: str,
        action: str,
        details: dict[str, Any],
        change: Callable[[Account], bool],
        *,
        ends: bool = True,
    ) -> dict[str, Any]:
        shown, is_done = await self._db.write(self._change, admin, account_id, action, details, change)
        if is_done and ends:
            await self._sign_ins.tell_ended(account_id, None)
        return shown

    def _change(
        self,
        admin: Identity,
        account_id: str,
        action: str,
        details: dict[str, Any],
        change: Callable[[Account], bool],
    ) -> tuple[dict[str, Any], bool]:
        account = _held(admin, account_id)
        if not change(account):
            return _one(account_id), False
        told = {"email": account.email} | details
        audit.insert(self._audit.entry(admin, action, target=account_id, details=told))
        return _one(account_id), True

    def _turn_down(self, admin: Identity, account_id: str) -> None:
        account = _held(admin, account_id)
        if not sign_ups.remove(account_id):
            raise NotFound("This account does not wait to be let in.")
        details = {"email": account.email}
        audit.insert(self._audit.entry(admin, "account.turn_down", target=account_id, details=details))

    def _hand_over(self, admin: Identity, account_id: str, to: str) -> tuple[dict[str, Any], list[str]]:
        """What was handed over, and the rooms among it that nodes may still hold in memory."""
        account = _held(admin, account_id)
        heir = accounts.account_by_email(rules.email_sought(to))
        if heir is None or heir.deactivated_at is not None or heir.id == account_id:
            reason = "must be the e-mail of another active account"
            raise Invalid("The quizzes cannot be handed over.", [{"field": "to", "reason": reason}])
        count = quizzes.hand_over(account_id, str(heir.id))
        handed = rooms.hand_over(account_id, str(heir.id))
        counts = {"quizzes": count, "rooms": len(handed)}
        details = {"email": account.email, "to": heir.email} | counts
        audit.insert(self._audit.entry(admin, "account.hand_over", target=account_id, details=details))
        held_since = self._clock.now_ms() - HELD_MS
        return counts, [room_id for room_id, ended_at in handed if ended_at > held_since]


def _held(admin: Identity, account_id: str) -> Account:
    """The account, while no other admin changes any. Raises Forbidden, NotFound."""
    hold_alone(ADMINS)
    actor = accounts.account_by_id(admin.id)
    if actor is None or actor.role != "admin" or actor.deactivated_at is not None:
        raise Forbidden(NO_ADMIN_ANY_MORE)
    account = accounts.account_by_id(account_id)
    if account is None:
        raise NotFound(NO_ACCOUNT)
    return account


def _lose_admin(account: Account) -> None:
    if account.role == "admin" and account.deactivated_at is None and not accounts.other_admins(str(account.id)):
        raise LastAdmin(LAST_ADMIN)
    account_links.withdraw_made_by(str(account.id))


def _one(account_id: str) -> dict[str, Any]:
    account = accounts.account_by_id(account_id)
    if account is None:
        raise NotFound(NO_ACCOUNT)
    return _shown(account, quizzes.counts_of_owners([account_id]).get(account_id, 0))


def _shown(account: Account, quiz_count: int) -> dict[str, Any]:
    names = ("created_at", "seen_at", "deactivated_at", "waiting_since")
    return user_of(account) | {name: getattr(account, name) for name in names} | {"quizzes": quiz_count}
