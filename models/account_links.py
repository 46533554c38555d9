"""Queries of links: invitations and new passwords. To be called inside Database.read or .write."""

from typing import Any

from models.tables import AccountLink

INVITATION = "invitation"
RESET = "reset"


def insert(values: dict[str, Any]) -> None:
    AccountLink.insert(**values).execute()


def by_hash(kind: str, token_hash: str) -> AccountLink | None:
    row: AccountLink | None = AccountLink.get_or_none(
        (AccountLink.kind == kind) & (AccountLink.token_hash == token_hash)
    )
    return row


def use(link_id: str, account_id: str, now: int) -> bool:
    """False when somebody else was faster."""
    is_unused = (AccountLink.id == link_id) & AccountLink.used_at.is_null()
    used: int = AccountLink.update(used_at=now, used_by=account_id).where(is_unused).execute()
    return used == 1


def invitations() -> list[AccountLink]:
    """All that an admin made and that are remembered, the newest first."""
    query = AccountLink.select().where((AccountLink.kind == INVITATION) & AccountLink.made_by.is_null(False))
    return list(query.order_by(AccountLink.at.desc(), AccountLink.id))


def withdraw_invitation(link_id: str) -> AccountLink | None:
    """The one that was taken away; None when there is none that is unused."""
    row: AccountLink | None = AccountLink.get_or_none((AccountLink.kind == INVITATION) & (AccountLink.id == link_id))
    if row is None or row.used_at is not None:
        return None
    row.delete_instance()
    return row


def withdraw_resets(account_id: str) -> None:
    """Unused ones, of which at most the newest counts."""
    is_theirs = (AccountLink.kind == RESET) & (AccountLink.account_id == account_id) & AccountLink.used_at.is_null()
    AccountLink.delete().where(is_theirs).execute()


def withdraw_made_by(account_id: str) -> None:
    """Unused ones: who may not make links any more must not have left some behind."""
    AccountLink.delete().where((AccountLink.made_by == account_id) & AccountLink.used_at.is_null()).execute()


def forget(before: int) -> None:
    """Those that expired before this moment."""
    AccountLink.delete().where(AccountLink.expires_at < before).execute()
