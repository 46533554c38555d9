"""Queries of notifications. To be called inside Database.read or .write."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from peewee import fn

from models.engine import execute, hold_alone
from models.tables import Account, Notification

# Of one account; of more than these the oldest go, read ones first.
KEPT = 1000

_REPEATABLE = "a notification that may have been sent before"
_PRUNE = """DELETE FROM notification WHERE id IN (
    SELECT id FROM notification WHERE account_id = ? ORDER BY (read_at IS NULL), at, id LIMIT ?)"""


class Stored(NamedTuple):
    """Ids of those that were not there yet; accounts that do not exist; ids that say something else already."""

    new: set[str]
    unknown: set[str]
    others: set[str]


def insert(rows: Sequence[Mapping[str, Any]], *, are_repeatable: bool) -> Stored:
    """Stores those that are not there, or none when there are `unknown` or `others`.

    `are_repeatable`: somebody may have sent the same before, or send it to another node at this moment.
    """
    if are_repeatable:
        hold_alone(_REPEATABLE)
    wanted = {str(row["account_id"]) for row in rows}
    found = {row.id for row in Account.select(Account.id).where(Account.id.in_(wanted))}
    if unknown := wanted - found:
        return Stored(set(), unknown, set())
    told = {str(row["id"]): (row["type"], row["payload"]) for row in rows}
    known = _known(list(told)) if are_repeatable else {}
    if others := {id for id, said in known.items() if told[id] != said}:
        return Stored(set(), set(), others)
    new = [row for row in rows if row["id"] not in known]
    if new:
        Notification.insert_many(new).execute()
        _prune(wanted)
    return Stored({str(row["id"]) for row in new}, set(), set())


def _known(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What those of them that are stored say."""
    query = Notification.select(Notification.id, Notification.type, Notification.payload)
    return {id: (kind, payload) for id, kind, payload in query.where(Notification.id.in_(ids)).tuples()}


def _prune(accounts: set[str]) -> None:
    count = fn.COUNT(Notification.id)
    query = Notification.select(Notification.account_id, count.alias("held"))
    query = query.where(Notification.account_id.in_(accounts)).group_by(Notification.account_id).having(count > KEPT)
    for account_id, held in list(query.tuples()):
        execute(_PRUNE, (account_id, held - KEPT))


def page(account_id: str, after: str | None, limit: int) -> tuple[list[Notification], int]:
    """One page, the newest first, and how many are unread in all.

    `after` is the id of the last one known; an unknown one has nothing after it.
    """
    query = Notification.select().where(Notification.account_id == account_id)
    if after is not None:
        last = Notification.get_or_none((Notification.id == after) & (Notification.account_id == account_id))
        if last is None:
            return [], unread(account_id)
        is_older = (Notification.at < last.at) | ((Notification.at == last.at) & (Notification.id < last.id))
        query = query.where(is_older)
    rows = list(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(limit))
    return rows, unread(account_id)


def unread(account_id: str) -> int:
    return int(Notification.select().where(_is_unread_of(account_id)).count())


def mark_read(account_id: str, ids: Sequence[str] | None, now: int) -> tuple[list[str], int]:
    """Which of `ids` (None: of all) have become read by this, and how many are left unread. Others' are let be."""
    query = Notification.select(Notification.id).where(_is_unread_of(account_id))
    if ids is not None:
        query = query.where(Notification.id.in_(ids))
    marked = [row.id for row in query.order_by(Notification.at.desc(), Notification.id.desc())]
    if marked:
        Notification.update(read_at=now).where(Notification.id.in_(marked)).execute()
    return marked, unread(account_id)


def _is_unread_of(account_id: str) -> Any:
    return (Notification.account_id == account_id) & Notification.read_at.is_null()
