"""What everybody may do with their own account: name, e-mail, password."""

from typing import Any

from models import account_links, accounts
from models.database import Database
from models.tables import Account
from services import account_rules as rules
from services.accounts import Accounts, store_password, user_of
from services.errors import Invalid, Unauthorized
from services.identity import Identity
from services.passwords import Passwords
from services.sign_ins import SignIns
from services.tokens import NOT_VALID

NOT_YOURS = "That is not your present password."
NOT_CHANGED = "This cannot be changed like that."


class OwnAccount:
    def __init__(self, db: Database, accounts: Accounts, passwords: Passwords, sign_ins: SignIns) -> None:
        self._db = db
        self._accounts = accounts
        self._passwords = passwords
        self._sign_ins = sign_ins

    async def show(self, identity: Identity) -> dict[str, Any]:
        """{id, email, name, role, created_at}."""
        account = await self._db.read(_mine, identity)
        return user_of(account) | {"created_at": account.created_at}

    async def change(
        self, identity: Identity, name: str | None = None, email: str | None = None, password: str = ""
    ) -> dict[str, Any]:
        """The user as it is now. Another e-mail needs the present password. Raises Invalid naming every fault."""
        account = await self._db.read(_mine, identity)
        name = str(account.name) if name is None else rules.normal_name(name)
        email = str(account.email) if email is None else rules.normal_email(email)
        rules.check(NOT_CHANGED, rules.name_problems(name) + rules.email_problems(email))
        if email != account.email:
            # Whoever has the e-mail can get the password: an unlocked computer must not be enough.
            await self._check_password(account, password, "password")
        return user_of(await self._db.write(_change, identity, name, email))

    async def change_password(self, identity: Identity, current: str, password: str, agent: str = "") -> str:
        """Ends all sign-ins and begins a new one here; its token. Raises Invalid naming every fault."""
        account = await self._db.read(_mine, identity)
        rules.check(NOT_CHANGED, rules.password_problems(password, known=[str(account.email)]))
        await self._check_password(account, current, "current")
        hashed = await self._passwords.hash(password)
        token = await self._db.write(self._change_password, identity, hashed, agent)
        await self._sign_ins.tell_ended(identity.id, None)
        return token

    async def _check_password(self, account: Account, password: str, field: str) -> None:
        if not await self._accounts.is_password_of(account, password):
            raise Invalid(NOT_YOURS, [{"field": field, "reason": "is not your present password"}])

    def _change_password(self, identity: Identity, password_hash: str, agent: str) -> str:
        store_password(identity.id, password_hash)
        return self._sign_ins.begin_inside(_mine(identity), agent)


def _mine(identity: Identity) -> Account:
    account = accounts.account_by_id(identity.id)
    if account is None:
        raise Unauthorized(NOT_VALID)
    return account


def _change(identity: Identity, name: str, email: str) -> Account:
    if email != _mine(identity).email:
        if accounts.account_by_email(email) is not None:
            raise Invalid(NOT_CHANGED, rules.email_taken())
        # A letter to the old address must not open the account any more.
        account_links.withdraw_resets(identity.id)
    accounts.update(identity.id, name=name, email=email, sought=rules.sought(name, email))
    return _mine(identity)
