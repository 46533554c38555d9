"""Queries of accounts, revoked tokens and the one-time set-up key. To be called inside Database.read or .write."""

from typing import Any

from models.engine import execute
from models.tables import Account, RevokedToken, SetupKey

SETUP_KEY_ID = 1


def insert_account(values: dict[str, Any]) -> None:
    Account.insert(**values).execute()


def account_by_id(account_id: str) -> Account | None:
    row: Account | None = Account.get_or_none(Account.id == account_id)
    return row


def account_by_email(email: str) -> Account | None:
    row: Account | None = Account.get_or_none(Account.email == email)
    return row


def oldest_account() -> Account | None:
    row: Account | None = Account.select().order_by(Account.created_at, Account.id).first()
    return row


def replace_hash(account_id: str, old: str, new: str) -> None:
    """Only while it is still `old`: a password that was changed meanwhile wins."""
    Account.update(password_hash=new).where((Account.id == account_id) & (Account.password_hash == old)).execute()


_REVOKED = "SELECT 1 FROM revoked_token WHERE jti = ?"


def is_revoked(jti: str) -> bool:
    """Asked at every handshake."""
    return execute(_REVOKED, (jti,)).fetchone() is not None


def revoke(jti: str, expires_at: int) -> None:
    RevokedToken.insert(jti=jti, expires_at=expires_at).on_conflict_ignore().execute()


def forget_revoked(now: int) -> None:
    """Those that have expired by themselves meanwhile."""
    RevokedToken.delete().where(RevokedToken.expires_at <= now).execute()


def setup_key_hash() -> str | None:
    row = SetupKey.get_or_none(SetupKey.id == SETUP_KEY_ID)
    return None if row is None else str(row.key_hash)


def replace_setup_key(key_hash: str | None) -> None:
    """None takes the key away."""
    SetupKey.delete().execute()
    if key_hash is not None:
        SetupKey.insert(id=SETUP_KEY_ID, key_hash=key_hash).execute()
