"""Open registration: how people come to a teacher's account by themselves, without learning who else has one.

Where letters go out, one brings the link to a new account, or says that there is one. Where none do, a new account
waits until an admin lets it in. Either way everybody is answered the same (ADR 21).
"""

from collections.abc import Callable, Coroutine
from typing import Any

from clock import Clock
from models import account_links, accounts, sign_ups
from models.database import Database
from models.tables import Account
from services import account_rules as rules
from services import links
from services.accounts import Accounts, check_new
from services.errors import Forbidden, Overloaded
from services.letters import Letters

LINK_MS = links.DAY_MS
# Nobody looks through more; those that nobody let in for so long are forgotten.
WAITING_MOST = 500
WAITING_MS = 30 * links.DAY_MS
BY_LETTER = "Type your e-mail first: the link to a new account comes with a letter."
BY_ADMIN = "This Quizhall sends no e-mail. Send name, e-mail and password: an admin lets you in."
TOO_MANY = "Too many people wait to be let in. Ask whoever runs this Quizhall."


class SignUps:
    """`is_open`: REGISTRATION is. `on_waiting` is told of everybody who has begun to wait."""

    def __init__(
        self, db: Database, clock: Clock, accounts_: Accounts, letters: Letters, *, is_open: bool, public_url: str
    ) -> None:
        self._db = db
        self._clock = clock
        self._accounts = accounts_
        self._letters = letters
        self._public_url = public_url
        self.is_open = is_open
        self.on_waiting: Callable[[], Coroutine[Any, Any, None]] | None = None

    @property
    def is_by_letter(self) -> bool:
        return self.is_open and self._letters.can_send

    @property
    def is_by_admin(self) -> bool:
        return self.is_open and not self._letters.can_send

    def ask(self, email: str) -> None:
        """A letter to this address, with a link to a new account or the news that there is one. Raises Forbidden."""
        if not self.is_by_letter:
            raise Forbidden(BY_ADMIN)
        self._letters.soon(self._send(rules.email_sought(email)))

    async def wait(self, name: str, email: str, password: str) -> None:
        """Stores an account that an admin has to let in; nothing where there is one. Raises Invalid, Overloaded."""
        if not self.is_by_admin:
            raise Forbidden(BY_LETTER)
        check_new(email, name, "teacher", password)
        # Hashed in any case, so that the time tells no more than the answer.
        account = await self._accounts.new_account(email, name, "teacher", password)
        if await self._db.write(self._store, account) and self.on_waiting is not None:
            self._letters.soon(self.on_waiting())

    async def tidy(self) -> None:
        """Forgets those whom nobody let in."""
        await self._db.write(sign_ups.forget, self._clock.now_ms() - WAITING_MS)

    async def _send(self, email: str) -> None:
        if rules.email_problems(email):
            return
        account = await self._db.read(accounts.account_by_email, email)
        if account is not None and account.waiting_since is None:
            await self._letters.send(email, "known", name=account.name, url=self._public_url)
            return
        token, row = links.make(
            account_links.INVITATION, self._clock, LINK_MS, role="teacher", email=email, made_by=None
        )
        await self._db.write(account_links.insert, row)
        await self._letters.send(email, "sign_up", url=f"{self._public_url}/sign-up?token={token}")

    def _store(self, account: Account) -> bool:
        if sign_ups.count() >= WAITING_MOST:
            raise Overloaded(TOO_MANY)
        if accounts.account_by_email(str(account.email)) is not None:
            return False
        now = self._clock.now_ms()
        accounts.insert_account(dict(account.__data__) | {"waiting_since": now, "deactivated_at": now})
        return True
