"""A new password without the old one: by a link that an admin makes, or that comes by e-mail where SMTP_URL is set."""

from typing import Any

from clock import Clock
from models import account_links as queries
from models import accounts, audit
from models.database import Database
from models.tables import Account, AccountLink
from services import account_rules as rules
from services import links
from services.accounts import SWITCHED_OFF, store_password, user_of
from services.audit import Audit
from services.errors import Forbidden, NotFound
from services.identity import Identity
from services.letters import Letters
from services.passwords import Passwords
from services.sign_ins import SignIns

BY_ADMIN_MS = links.DAY_MS
BY_LETTER_MS = links.HOUR_MS
NO_MAIL = "This Quizhall sends no e-mail. Ask whoever runs it for a link to a new password."
NOT_TAKEN = "This password cannot be taken."
REACTIVATE_FIRST = "This account is deactivated. Reactivate it first."


class PasswordResets:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        passwords: Passwords,
        sign_ins: SignIns,
        records: Audit,
        public_url: str,
        letters: Letters,
    ) -> None:
        self._db = db
        self._clock = clock
        self._passwords = passwords
        self._sign_ins = sign_ins
        self._audit = records
        self._public_url = public_url
        self._letters = letters

    async def make(self, admin: Identity, account_id: str) -> dict[str, Any]:
        """{url, expires_at}; earlier ones of this account end. Raises NotFound, Forbidden when it is deactivated."""
        token, row = self._link(account_id, BY_ADMIN_MS, admin.id)
        await self._db.write(self._store, admin, row)
        return {"url": self._url(token), "expires_at": row["expires_at"]}

    async def look(self, token: str) -> dict[str, Any]:
        """{email, expires_at}, without using it up. Raises LinkGone, Forbidden."""
        link, account = await self._db.read(_find, token, self._clock.now_ms())
        return {"email": account.email, "expires_at": link.expires_at}

    async def use(self, token: str, password: str, agent: str = "") -> tuple[str, dict[str, Any]]:
        """Sets the password, ends all sign-ins, signs in: (token, user). Raises LinkGone, Forbidden, Invalid."""
        rules.check(NOT_TAKEN, rules.password_problems(password))
        _, account = await self._db.read(_find, token, self._clock.now_ms())
        rules.check(NOT_TAKEN, rules.password_problems(password, known=[str(account.email)]))
        hashed = await self._passwords.hash(password)
        account, signed_in = await self._db.write(self._use, token, hashed, agent)
        await self._sign_ins.tell_ended(str(account.id), None)
        return signed_in, user_of(account)

    def ask(self, email: str) -> None:
        """Sends a link if there is such an account; whoever asked is told nothing of it, not even by the time it takes.

        Raises Forbidden where no e-mail can be sent.
        """
        if not self._letters.can_send:
            raise Forbidden(NO_MAIL)
        self._letters.soon(self._send(email))

    async def _send(self, email: str) -> None:
        account = await self._db.read(accounts.account_by_email, rules.email_sought(email))
        if account is None or account.deactivated_at is not None:
            return
        token, row = self._link(str(account.id), BY_LETTER_MS, None)
        await self._db.write(_insert, row)
        await self._letters.send(str(account.email), "reset", name=account.name, url=self._url(token))

    def _link(self, account_id: str, lasts_ms: int, made_by: str | None) -> tuple[str, dict[str, Any]]:
        return links.make(queries.RESET, self._clock, lasts_ms, account_id=account_id, made_by=made_by)

    def _store(self, admin: Identity, row: dict[str, Any]) -> None:
        account = accounts.account_by_id(row["account_id"])
        if account is None:
            raise NotFound("There is no such account.")
        if account.deactivated_at is not None:
            raise Forbidden(REACTIVATE_FIRST)
        _insert(row)
        details = {"email": account.email}
        audit.insert(self._audit.entry(admin, "account.reset_link", target=str(account.id), details=details))

    def _use(self, token: str, password_hash: str, agent: str) -> tuple[Account, str]:
        now = self._clock.now_ms()
        link, account = _find(token, now)
        links.use(link, str(account.id), now)
        store_password(str(account.id), password_hash)
        renewed = accounts.account_by_id(str(account.id)) or account
        return renewed, self._sign_ins.begin_inside(renewed, agent)

    def _url(self, token: str) -> str:
        return f"{self._public_url}/new-password?token={token}"


def _find(token: str, now: int) -> tuple[AccountLink, Account]:
    link = links.find(queries.RESET, token, now)
    account = accounts.account_by_id(str(link.account_id))
    if account is None or account.deactivated_at is not None:
        raise Forbidden(SWITCHED_OFF)
    return link, account


def _insert(row: dict[str, Any]) -> None:
    # The newest counts: who lost one, or saw it read by somebody else, asks for another.
    queries.withdraw_resets(row["account_id"])
    queries.insert(row)
