"""Queries of the leases on jobs. To be called inside Database.read or .write."""

from models.engine import execute

# One statement: of two nodes that find a lease free in the same moment one gets it, on either database.
_TAKE = """INSERT INTO job_lease (name, holder, until) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE job_lease.until <= ? OR job_lease.holder = excluded.holder"""
_HELD = "SELECT 1 FROM job_lease WHERE name = ? AND holder <> ? AND until > ?"
_LET_GO = "DELETE FROM job_lease WHERE holder = ?"


def is_held_by_another(name: str, holder: str, now: int) -> bool:
    return execute(_HELD, (name, holder, now)).fetchone() is not None


def take(name: str, holder: str, now: int, until: int) -> bool:
    """True when the lease is this holder's now, whether new or once more."""
    return bool(execute(_TAKE, (name, holder, until, now)).rowcount == 1)


def let_go(holder: str) -> None:
    """All that this holder has."""
    execute(_LET_GO, (holder,))
