"""Who may sign in: accounts, passwords, the first admin's one-time key, and whether a token still counts."""

import dataclasses
import hashlib
import hmac
import re
import secrets
import unicodedata
import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

from clock import Clock
from models import accounts as queries
from models import participants, quizzes, rooms
from models.database import Database
from models.tables import Account
from services.errors import Forbidden, Invalid, Unauthorized
from services.identity import Identity, Role
from services.passwords import Passwords
from services.tokens import NOT_VALID, Tokens

ROLES = ("teacher", "admin")
NAME_MOST = 80
EMAIL_MOST = 254
PASSWORD_LEAST = 10
PASSWORD_MOST = 200
# Written loosely on purpose: only a letter to it could prove an address.
EMAIL = re.compile(r"[^\s\x00-\x1f\x7f@<>,;:\"()\[\]\\]+@[^\W_](?:[\w.-]*[^\W_])?")
WRONG_LOGIN = "That e-mail and password do not belong together."
KEY_GONE = "This set-up link is not valid any more. The newest one is in the output of the running service."


class Accounts:
    """`on_signed_out` callbacks are told whose token was revoked, so that its sockets can be closed."""

    def __init__(self, db: Database, tokens: Tokens, clock: Clock, passwords: Passwords) -> None:
        self._db = db
        self._tokens = tokens
        self._clock = clock
        self._passwords = passwords
        self.on_signed_out: list[Callable[[Identity], Awaitable[None]]] = []

    async def login(self, email: str, password: str) -> tuple[str, dict[str, Any]]:
        """(token, user); raises Unauthorized, saying nothing about which of the two was wrong."""
        account = await self._db.read(queries.account_by_email, _sought(email))
        # A longer password is nobody's; hashing it would be work for a stranger.
        tried = password if len(password) <= PASSWORD_MOST else ""
        stored = None if account is None else str(account.password_hash)
        if not await self._passwords.is_right(stored, tried) or account is None or stored is None:
            raise Unauthorized(WRONG_LOGIN)
        if self._passwords.needs_rehash(stored):
            renewed = await self._passwords.hash(password)
            await self._db.write(queries.replace_hash, account.id, stored, renewed)
        return self._tokens.issue_account(account), user_of(account)

    async def create(self, email: str, name: str, role: str, password: str) -> dict[str, Any]:
        """The new user {id, email, name, role}; raises Invalid naming every fault. Takes samples nobody owns."""
        account = await self._new_account(email, name, role, password)
        await self._db.write(_insert, account)
        return user_of(account)

    async def setup_key(self) -> str | None:
        """A new one-time key for the first admin, which ends older ones; None once there is an account."""
        key = secrets.token_urlsafe(24)
        made = await self._db.write(_offer_key, _hash_of_key(key))
        return key if made else None

    async def is_set_up(self) -> bool:
        return await self._db.read(queries.oldest_account) is not None

    async def setup(self, key: str, name: str, email: str, password: str) -> tuple[str, dict[str, Any]]:
        """Makes the first admin and signs in; the key is used up. Raises Forbidden, Invalid."""
        await self._db.read(_check_key, key)
        account = await self._new_account(email, name, "admin", password)
        await self._db.write(_insert_first, key, account)
        return self._tokens.issue_account(account), user_of(account)

    async def logout(self, identity: Identity) -> None:
        """Ends this one sign-in for good, on every node."""
        await self._db.write(queries.revoke, identity.jti, identity.exp)
        for callback in self.on_signed_out:
            await callback(identity)

    async def tidy(self) -> None:
        """Forgets the ends of sign-ins that would be over by themselves."""
        await self._db.write(queries.forget_revoked, self._clock.now_ms())

    async def authenticate(self, token: str | bytes) -> Identity:
        """Whose token this is, if it still counts; raises Unauthorized."""
        return await self.confirm(self._tokens.read(token))

    async def confirm(self, identity: Identity) -> Identity:
        """The same with its name and the role that it has now, if it still counts; raises Unauthorized."""
        return await self._db.read(_confirm, identity)

    async def ended_among(self, identities: Sequence[Identity]) -> list[Identity]:
        """Those whose sign-in or seat does not count any more, of however many in one read."""
        return await self._db.read(_ended_among, identities)

    async def identity_of(self, email: str) -> Identity:
        """An account by its e-mail, for the command line: whoever holds the database needs no token."""
        account = await self._db.read(queries.account_by_email, _sought(email))
        if account is None:
            raise Invalid(f"There is no account {email}.", [{"field": "owner", "reason": "no such account"}])
        return self._tokens.read(self._tokens.issue_account(account))

    async def claim_samples(self, account_id: str) -> int:
        """Gives the sample quizzes that nobody owns to this account; returns how many."""
        return await self._db.write(quizzes.claim_unowned, account_id)

    async def _new_account(self, email: str, name: str, role: str, password: str) -> Account:
        email, name = _normal_email(email), unicodedata.normalize("NFC", name).strip()
        if problems := _problems(email, name, role, password):
            raise Invalid("This account cannot be made.", problems)
        return Account(
            id=str(uuid.uuid4()),
            email=email,
            name=name,
            role=role,
            password_hash=await self._passwords.hash(password),
            ver=1,
            created_at=self._clock.now_ms(),
        )


def user_of(account: Account) -> dict[str, Any]:
    return {"id": account.id, "email": account.email, "name": account.name, "role": account.role}


def _normal_email(email: str) -> str:
    return unicodedata.normalize("NFKC", email).strip().lower()


def _sought(email: str) -> str:
    """As it would be stored. PostgreSQL cannot even be asked for a NUL, which no address has."""
    return _normal_email(email).replace("\x00", "")


def _problems(email: str, name: str, role: str, password: str) -> list[dict[str, str]]:
    rules = [
        (
            "email",
            bool(EMAIL.fullmatch(email)) and len(email) <= EMAIL_MOST,
            "must be an e-mail address such as ada@school.example",
        ),
        ("name", 1 <= len(name) <= NAME_MOST and name.isprintable(), f"must have 1 to {NAME_MOST} characters"),
        ("role", role in ROLES, "must be teacher or admin"),
        (
            "password",
            PASSWORD_LEAST <= len(password) <= PASSWORD_MOST,
            f"must have {PASSWORD_LEAST} to {PASSWORD_MOST} characters",
        ),
    ]
    return [{"field": field, "reason": reason} for field, is_right, reason in rules if not is_right]


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


def _insert(account: Account) -> None:
    if queries.account_by_email(account.email) is not None:
        raise Invalid("This account cannot be made.", [{"field": "email", "reason": "has an account already"}])
    queries.insert_account(dict(account.__data__))
    # Whoever comes first takes the samples; the set-up key was for exactly that account.
    quizzes.claim_unowned(account.id)
    queries.replace_setup_key(None)


def _insert_first(key: str, account: Account) -> None:
    # Checked again in the transaction that uses the key up: of two that come together, one gets it.
    _check_key(key)
    _insert(account)


def _confirm(identity: Identity) -> Identity:
    """The identity with its name, if what it stands for still exists."""
    if queries.is_revoked(identity.jti):
        raise Unauthorized("You are signed out. Sign in again.", reason="revoked")
    if identity.kind == "participant":
        seat = participants.seat_by_id(identity.id)
        if seat is None or seat.room_id != identity.room or seat.removed_at is not None:
            raise Unauthorized("You no longer have a seat in this room.", reason="no_seat")
        return dataclasses.replace(identity, name=seat.nickname)
    account = queries.account_by_id(identity.id)
    bound = identity.kind == "account" or identity.ver != 0
    if account is None or (bound and account.ver != identity.ver):
        raise Unauthorized(NOT_VALID, reason="revoked")
    if identity.kind == "screen":
        room = rooms.room_by_id(identity.room or "")
        if room is None or room.owner_id != identity.id:
            raise Unauthorized("This screen's link is not valid any more.", reason="no_room")
        return identity
    # The role too comes from the account: a token must not keep what was taken away.
    return dataclasses.replace(identity, name=account.name, email=account.email, role=cast(Role, account.role))


def _ended_among(identities: Sequence[Identity]) -> list[Identity]:
    # A seat has no sign-out: what takes it away is in its row, and a room's seats are asked for together.
    seats = participants.seated_among([one.id for one in identities if one.kind == "participant"])
    return [one for one in identities if not (one.id in seats if one.kind == "participant" else _counts(one))]


def _counts(identity: Identity) -> bool:
    try:
        _confirm(identity)
    except Unauthorized:
        return False
    return True
