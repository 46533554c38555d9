"""Queries of accounts and the one-time set-up key. To be called inside Database.read or .write."""

from typing import Any

from models import quizzes
from models.tables import Account, SetupKey

SETUP_KEY_ID = 1
STATES = {
    "active": Account.deactivated_at.is_null(),
    "deactivated": Account.deactivated_at.is_null(False) & Account.waiting_since.is_null(),
    "waiting": Account.waiting_since.is_null(False),
}


def insert_account(values: dict[str, Any]) -> None:
    Account.insert(**values).execute()


def account_by_id(account_id: str) -> Account | None:
    row: Account | None = Account.get_or_none(Account.id == account_id)
    return row


def account_by_email(email: str) -> Account | None:
    row: Account | None = Account.get_or_none(Account.email == email)
    return row


def oldest_account() -> Account | None:
    """Of those that anybody let in."""
    row: Account | None = (
        Account.select().where(Account.waiting_since.is_null()).order_by(Account.created_at, Account.id).first()
    )
    return row


def replace_hash(account_id: str, old: str, new: str) -> None:
    """Only while it is still `old`: a password that was changed meanwhile wins."""
    Account.update(password_hash=new).where((Account.id == account_id) & (Account.password_hash == old)).execute()


def update(account_id: str, **values: Any) -> None:
    Account.update(**values).where(Account.id == account_id).execute()


def active_admins() -> list[str]:
    is_active = (Account.role == "admin") & Account.deactivated_at.is_null()
    return [str(row.id) for row in Account.select(Account.id).where(is_active).order_by(Account.id)]


def other_admins(account_id: str) -> int:
    """How many could still run the installation without this one."""
    is_active = (Account.role == "admin") & Account.deactivated_at.is_null()
    count: int = Account.select().where(is_active & (Account.id != account_id)).count()
    return count


def page(letters: str, role: str | None, state: str | None, after: str | None, limit: int) -> list[tuple[Account, int]]:
    """Accounts by name with how many quizzes each has; `after` is the id of the last one of the page before."""
    query = Account.select()
    if letters:
        query = query.where(Account.sought.contains(letters))
    if role is not None:
        query = query.where(Account.role == role)
    if state is not None:
        query = query.where(STATES[state])
    if after is not None:
        last = account_by_id(after)
        if last is None:
            return []
        query = query.where((Account.sought > last.sought) | ((Account.sought == last.sought) & (Account.id > last.id)))
    found = list(query.order_by(Account.sought, Account.id).limit(limit))
    counts = quizzes.counts_of_owners([account.id for account in found])
    return [(account, counts.get(account.id, 0)) for account in found]


def setup_key_hash() -> str | None:
    row = SetupKey.get_or_none(SetupKey.id == SETUP_KEY_ID)
    return None if row is None else str(row.key_hash)


def replace_setup_key(key_hash: str | None) -> None:
    """None takes the key away."""
    SetupKey.delete().execute()
    if key_hash is not None:
        SetupKey.insert(id=SETUP_KEY_ID, key_hash=key_hash).execute()
