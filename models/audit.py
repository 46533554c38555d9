"""Queries of the audit. To be called inside Database.read or .write."""

from collections.abc import Mapping
from typing import Any

from models.tables import AuditEntry

PAGE = 100


def insert(values: Mapping[str, Any]) -> None:
    AuditEntry.insert(**values).execute()


def page(after: str | None) -> list[AuditEntry]:
    """One page, the newest first; `after` is the id of the last entry known. An unknown one has nothing after it."""
    query = AuditEntry.select()
    if after is not None:
        last = AuditEntry.get_or_none(AuditEntry.id == after)
        if last is None:
            return []
        is_older = (AuditEntry.at < last.at) | ((AuditEntry.at == last.at) & (AuditEntry.id < last.id))
        query = query.where(is_older)
    return list(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(PAGE))
