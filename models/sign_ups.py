"""Queries of accounts that wait to be let in. To be called inside Database.read or .write.

They are deactivated as well, so that whatever asks whether somebody may come in need not know of them.
"""

from models.tables import Account


def count() -> int:
    found: int = Account.select().where(Account.waiting_since.is_null(False)).count()
    return found


def remove(account_id: str) -> bool:
    """False when it does not wait any more."""
    waits = (Account.id == account_id) & Account.waiting_since.is_null(False)
    removed: int = Account.delete().where(waits).execute()
    return removed == 1


def forget(before: int) -> None:
    """Those that have waited since before this moment."""
    Account.delete().where(Account.waiting_since < before).execute()
