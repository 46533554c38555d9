"""Links that work once: random, stored as a hash, over at a stated time. What for is their caller's business."""

import hashlib
import secrets
import uuid
from typing import Any

from clock import Clock
from models import account_links as queries
from models.tables import AccountLink
from services.errors import LinkGone

TOKEN_BYTES = 24
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
# So long an invitation can be seen to have been used.
REMEMBERED_MS = 30 * DAY_MS
UNKNOWN = "This link does not work. Check that you have the whole address, or ask for a new one."
USED = "This link was used already, and works only once."
EXPIRED = "This link has expired. Ask for a new one."


def make(kind: str, clock: Clock, lasts_ms: int, **values: Any) -> tuple[str, dict[str, Any]]:
    """(token, row): what goes into the address, and what is to be stored."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now_ms()
    row = {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "token_hash": _hash(token),
        "note": "",
        "email": None,
        "at": now,
        "expires_at": now + lasts_ms,
    }
    return token, row | values


def find(kind: str, token: str, now: int) -> AccountLink:
    """Within a read or write. Raises LinkGone, whose `reason` is unknown, used or expired."""
    row = queries.by_hash(kind, _hash(token))
    if row is None:
        raise LinkGone(UNKNOWN, reason="unknown")
    if row.used_at is not None:
        raise LinkGone(USED, reason="used")
    if row.expires_at <= now:
        raise LinkGone(EXPIRED, reason="expired")
    return row


def use(link: AccountLink, account_id: str, now: int) -> None:
    """Within the write that does what the link is good for. Raises LinkGone when somebody else was faster."""
    if not queries.use(str(link.id), account_id, now):
        raise LinkGone(USED, reason="used")


def _hash(token: str) -> str:
    # Of a random token; unlike a password it cannot be guessed, and needs no costly hash.
    return hashlib.sha256(token.encode()).hexdigest()
