"""Who may sign in: making accounts, the first admin's one-time key, signing in and out."""

import hashlib
import hmac
import secrets
import uuid
from typing import Any

from clock import Clock
from models import account_links, quizzes, sign_ins, sign_ups
from models import accounts as queries
from models.database import Database
from models.tables import Account
from services import account_rules as rules
from services.errors import Forbidden, Invalid, Unauthorized
from services.identity import Identity
from services.passwords import Passwords
from services.sign_ins import SignIns
from services.tokens import Tokens

WRONG_LOGIN = "That e-mail and password do not belong together."
SWITCHED_OFF = "This account is switched off. Ask whoever runs this Quizhall."
KEY_GONE = "This set-up link is not valid any more. The newest one is in the output of the running service."
NOT_MADE = "This account cannot be made."


class Accounts:
    def __init__(self, db: Database, tokens: Tokens, clock: Clock, passwords: Passwords, sign_ins: SignIns) -> None:
        self._db = db
        self._tokens = tokens
        self._clock = clock
        self._passwords = passwords
        self._sign_ins = sign_ins
        # What a token is worth is asked here, where people look for it.
        self.authenticate = self._sign_ins.authenticate
        self.confirm = self._sign_ins.confirm
        self.ended_among = self._sign_ins.ended_among

    async def login(self, email: str, password: str, agent: str = "") -> tuple[str, dict[str, Any]]:
        """(token, user); raises Unauthorized, saying nothing about which of the two was wrong.

        Forbidden when the account is switched off, which only its owner is told.
        """
        account = await self._db.read(queries.account_by_email, rules.email_sought(email))
        if not await self.is_password_of(account, password) or account is None:
            raise Unauthorized(WRONG_LOGIN)
        if account.waiting_since is not None:
            # Else the form would tell whoever asks for an account in somebody's name that there was none.
            raise Unauthorized(WRONG_LOGIN)
        if account.deactivated_at is not None:
            raise Forbidden(SWITCHED_OFF)
        stored = str(account.password_hash)
        if self._passwords.needs_rehash(stored):
            renewed = await self._passwords.hash(password)
            await self._db.write(queries.replace_hash, account.id, stored, renewed)
        return await self._sign_ins.begin(account, agent), user_of(account)

    async def is_password_of(self, account: Account | None, password: str) -> bool:
        """Takes as long without an account."""
        # A longer password is nobody's; hashing it would be work for a stranger.
        tried = password if len(password) <= rules.PASSWORD_MOST else ""
        return await self._passwords.is_right(None if account is None else str(account.password_hash), tried)

    async def create(self, email: str, name: str, role: str, password: str) -> dict[str, Any]:
        """The new user {id, email, name, role}; raises Invalid naming every fault. Takes samples nobody owns."""
        account = await self.new_account(email, name, role, password)
        await self._db.write(insert, account)
        return user_of(account)

    async def setup_key(self) -> str | None:
        """A new one-time key for the first admin, which ends older ones; None once there is an account."""
        key = secrets.token_urlsafe(24)
        made = await self._db.write(_offer_key, _hash_of_key(key))
        return key if made else None

    async def is_set_up(self) -> bool:
        return await self._db.read(queries.oldest_account) is not None

    async def setup(
        self, key: str, name: str, email: str, password: str, agent: str = ""
    ) -> tuple[str, dict[str, Any]]:
        """Makes the first admin and signs in; the key is used up. Raises Forbidden, Invalid."""
        await self._db.read(_check_key, key)
        account = await self.new_account(email, name, "admin", password)
        await self._db.write(_insert_first, key, account)
        return await self._sign_ins.begin(account, agent), user_of(account)

    async def set_password(self, email: str, password: str) -> dict[str, Any]:
        """For whoever holds the database and forgot the password; ends all sign-ins. Raises Invalid."""
        account = await self._by_email(email, "email")
        rules.check("This password cannot be taken.", rules.password_problems(password, known=[str(account.email)]))
        await self._db.write(store_password, str(account.id), await self._passwords.hash(password))
        await self._sign_ins.tell_ended(str(account.id), None)
        return user_of(account)

    async def logout(self, identity: Identity) -> None:
        """Ends this one sign-in for good, on every node."""
        await self._db.write(sign_ins.end, identity.jti, identity.id)
        await self._sign_ins.tell_ended(identity.id, identity.jti)

    async def identity_of(self, email: str) -> Identity:
        """An account by its e-mail, for the command line: whoever holds the database needs no sign-in."""
        return self._tokens.read(self._tokens.issue_account(await self._by_email(email, "owner")))

    async def claim_samples(self, account_id: str) -> int:
        """Gives the sample quizzes that nobody owns to this account; returns how many."""
        return await self._db.write(quizzes.claim_unowned, account_id)

    async def new_account(self, email: str, name: str, role: str, password: str) -> Account:
        """Not stored yet. Raises Invalid naming every fault."""
        check_new(email, name, role, password)
        email, name = rules.normal_email(email), rules.normal_name(name)
        return Account(
            id=str(uuid.uuid4()),
            email=email,
            name=name,
            role=role,
            password_hash=await self._passwords.hash(password),
            ver=1,
            created_at=self._clock.now_ms(),
            sought=rules.sought(name, email),
        )

    async def _by_email(self, email: str, field: str) -> Account:
        account = await self._db.read(queries.account_by_email, rules.email_sought(email))
        if account is None:
            raise Invalid(f"There is no account {email}.", [{"field": field, "reason": "no such account"}])
        return account


def check_new(email: str, name: str, role: str, password: str) -> None:
    """Raises Invalid naming every fault of an account that is to be made."""
    email, name = rules.normal_email(email), rules.normal_name(name)
    problems = rules.email_problems(email) + rules.name_problems(name) + rules.role_problems(role)
    rules.check(NOT_MADE, problems + rules.password_problems(password, known=[email]))


def user_of(account: Account) -> dict[str, Any]:
    return {"id": account.id, "email": account.email, "name": account.name, "role": account.role}


def insert(account: Account) -> None:
    """Within a write. Raises Invalid when the e-mail has an account."""
    known = queries.account_by_email(account.email)
    # One that waits was made by whoever said that the address is theirs; this one by somebody who may.
    if known is not None and not sign_ups.remove(str(known.id)):
        raise Invalid(NOT_MADE, rules.email_taken())
    queries.insert_account(dict(account.__data__))
    # Whoever comes first takes the samples; the set-up key was for exactly that account.
    quizzes.claim_unowned(account.id)
    queries.replace_setup_key(None)


def store_password(account_id: str, password_hash: str) -> None:
    """Within a write: all sign-ins end, and so do links to a new password."""
    queries.update(account_id, password_hash=password_hash)
    sign_ins.end_all(account_id)
    account_links.withdraw_resets(account_id)


def _hash_of_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _offer_key(key_hash: str) -> bool:
    offered = queries.oldest_account() is None
    queries.replace_setup_key(key_hash if offered else None)
    return offered


def _check_key(key: str) -> None:
    stored = queries.setup_key_hash()
    if stored is None or not hmac.compare_digest(stored, _hash_of_key(key)):
        raise Forbidden(KEY_GONE)


def _insert_first(key: str, account: Account) -> None:
    # Checked again in the transaction that uses the key up: of two that come together, one gets it.
    _check_key(key)
    insert(account)
