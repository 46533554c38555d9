"""How people come to an account by a link: one that an admin made, or that open registration sent (sign_ups.py)."""

from typing import Any

from clock import Clock
from models import account_links as queries
from models import audit
from models.accounts import account_by_id
from models.database import Database
from models.tables import Account, AccountLink
from services import account_rules as rules
from services import links
from services.accounts import Accounts, check_new, insert, user_of
from services.audit import Audit
from services.errors import Forbidden, Invalid, NotFound
from services.identity import Identity
from services.letters import Letters
from services.sign_ins import SignIns

DAYS = 7
DAYS_MOST = 90
NOTE_MOST = 80
CLOSED = "New accounts are made by whoever runs this Quizhall, on its command line (REGISTRATION is closed)."
BY_INVITATION = "New accounts are by invitation here. Ask whoever runs this Quizhall for a link."
NO_MAIL = "This Quizhall sends no e-mail. Give them the link yourself."


class Invitations:
    """`registration` is closed, invite or open."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        accounts: Accounts,
        sign_ins: SignIns,
        records: Audit,
        letters: Letters,
        registration: str,
        public_url: str,
    ) -> None:
        self._db = db
        self._clock = clock
        self._accounts = accounts
        self._sign_ins = sign_ins
        self._audit = records
        self._letters = letters
        self._public_url = public_url
        self.registration = registration

    @property
    def are_possible(self) -> bool:
        return self.registration != "closed"

    async def make(
        self, admin: Identity, role: str, days: int = DAYS, note: str = "", email: str | None = None
    ) -> dict[str, Any]:
        """An invitation with its `url`, which nobody can be shown again. With `email` it is for that address, and is
        sent there. Raises Forbidden, Invalid.
        """
        if not self.are_possible:
            raise Forbidden(CLOSED)
        note, email = rules.normal_name(note), rules.normal_email(email) if email is not None else None
        problems = rules.role_problems(role) + _problems(days, note) + self._email_problems(email)
        rules.check("This invitation cannot be made.", problems)
        row: dict[str, Any]
        token, row = links.make(
            queries.INVITATION, self._clock, days * links.DAY_MS, role=role, note=note, made_by=admin.id, email=email
        )
        entry = self._audit.entry(admin, "invitation.make", target=row["id"], details={"role": role})
        await self._db.write(_store, row, entry)
        if email is not None:
            values = {"inviter": admin.name, "days": days, "role": role, "url": self._url(token)}
            self._letters.soon(self._letters.send(email, "invitation", **values))
        return _shown(AccountLink(**row), self._clock.now_ms(), admin.name) | {"url": self._url(token)}

    async def listed(self) -> list[dict[str, Any]]:
        """Those of the last weeks, the newest first; never their addresses."""
        return await self._db.read(_listed, self._clock.now_ms())

    async def withdraw(self, admin: Identity, link_id: str) -> None:
        """Raises NotFound for one that was used or is not there."""
        entry = self._audit.entry(admin, "invitation.withdraw", target=link_id, details={})
        await self._db.write(_withdraw, link_id, entry)

    async def look(self, token: str) -> dict[str, Any]:
        """{role, email, expires_at}, without using it up: people read before they write. Raises LinkGone, Forbidden."""
        if not self.are_possible:
            raise Forbidden(CLOSED)
        link = await self._db.read(links.find, queries.INVITATION, token, self._clock.now_ms())
        return {"role": link.role, "email": link.email, "expires_at": link.expires_at}

    async def sign_up(
        self, token: str, name: str, email: str, password: str, agent: str = ""
    ) -> tuple[str, dict[str, Any]]:
        """Makes the account and signs in: (token, user). Raises LinkGone, Forbidden, Invalid."""
        link = await self.look(token)
        check_new(email, name, "teacher", password)
        if link["email"] not in (None, rules.normal_email(email)):
            # Whoever got it has shown that they read this address, and no other.
            reason = "must be the one that the link was sent to"
            raise Invalid("This account cannot be made.", [{"field": "email", "reason": reason}])
        account = await self._accounts.new_account(email, name, str(link["role"]), password)
        return await self._db.write(self._sign_up, token, account, agent), user_of(account)

    async def tidy(self) -> None:
        """Forgets links that were over long ago."""
        await self._db.write(queries.forget, self._clock.now_ms() - links.REMEMBERED_MS)

    def refusal(self) -> Forbidden:
        """What whoever comes without a link is told, where registration is not open."""
        return Forbidden(BY_INVITATION if self.are_possible else CLOSED)

    def _sign_up(self, token: str, account: Account, agent: str) -> str:
        insert(account)
        # Checked again in the transaction that uses it up.
        now = self._clock.now_ms()
        links.use(links.find(queries.INVITATION, token, now), str(account.id), now)
        return self._sign_ins.begin_inside(account, agent)

    def _email_problems(self, email: str | None) -> rules.Problems:
        if email is None:
            return []
        if not self._letters.can_send:
            raise Forbidden(NO_MAIL)
        return rules.email_problems(email)

    def _url(self, token: str) -> str:
        return f"{self._public_url}/sign-up?token={token}"


def _problems(days: int, note: str) -> rules.Problems:
    problems = []
    if not 1 <= days <= DAYS_MOST:
        problems.append({"field": "days", "reason": f"must be from 1 to {DAYS_MOST}"})
    if len(note) > NOTE_MOST or not note.isprintable():
        problems.append({"field": "note", "reason": f"must have at most {NOTE_MOST} characters"})
    return problems


def _store(row: dict[str, Any], entry: dict[str, Any]) -> None:
    queries.insert(row)
    audit.insert(entry)


def _withdraw(link_id: str, entry: dict[str, Any]) -> None:
    if queries.withdraw_invitation(link_id) is None:
        raise NotFound("This invitation was used, or is not there any more.")
    audit.insert(entry)


def _listed(now: int) -> list[dict[str, Any]]:
    found = []
    for link in queries.invitations():
        maker = account_by_id(link.made_by) if link.made_by else None
        guest = account_by_id(link.used_by) if link.used_by else None
        shown = _shown(link, now, maker.name if maker else None)
        found.append(shown | {"account": guest and user_of(guest)})
    return found


def _shown(link: AccountLink, now: int, made_by: str | None) -> dict[str, Any]:
    state = "used" if link.used_at is not None else "expired" if link.expires_at <= now else "open"
    return {
        "id": link.id,
        "role": link.role,
        "note": link.note,
        "email": link.email,
        "state": state,
        "at": link.at,
        "expires_at": link.expires_at,
        "used_at": link.used_at,
        "made_by": made_by,
        "account": None,
    }
