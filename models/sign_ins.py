"""Queries of sign-ins. To be called inside Database.read or .write."""

from typing import Any

from models.engine import execute
from models.tables import Account, SignIn


def insert(values: dict[str, Any]) -> None:
    SignIn.insert(**values).execute()
    Account.update(seen_at=values["at"]).where(Account.id == values["account_id"]).execute()


_SEEN_AT = "SELECT seen_at FROM sign_in WHERE jti = ? AND account_id = ?"


def seen_at(jti: str, account_id: str) -> int | None:
    """When it was last used, within a few minutes; None when there is no such sign-in (any more)."""
    row = execute(_SEEN_AT, (jti, account_id)).fetchone()
    return None if row is None else int(row[0])


def touch(jti: str, account_id: str, now: int) -> None:
    SignIn.update(seen_at=now).where(SignIn.jti == jti).execute()
    Account.update(seen_at=now).where(Account.id == account_id).execute()


def of_account(account_id: str, now: int) -> list[SignIn]:
    """Those that still count, the one used last first."""
    is_open = (SignIn.account_id == account_id) & (SignIn.expires_at > now)
    return list(SignIn.select().where(is_open).order_by(SignIn.seen_at.desc(), SignIn.jti))


def end(jti: str, account_id: str) -> bool:
    """False when this account has no such sign-in."""
    ended: int = SignIn.delete().where((SignIn.jti == jti) & (SignIn.account_id == account_id)).execute()
    return ended == 1


def end_all(account_id: str) -> None:
    """Those of its screens too, which carry the account's `ver`."""
    SignIn.delete().where(SignIn.account_id == account_id).execute()
    Account.update(ver=Account.ver + 1).where(Account.id == account_id).execute()


def forget_expired(now: int) -> None:
    SignIn.delete().where(SignIn.expires_at <= now).execute()
