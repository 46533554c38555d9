"""Queries of the nodes that share the database, and of its clock. To be called inside Database.read or .write."""

import peewee
from peewee import fn

from models.engine import execute, hold_alone, proxy
from models.tables import Node

# A node beats every second: one that has not for so long is not counted on any more.
ALIVE_WITHIN_MS = 3_500
_COMING_BACK = "a node comes back"


def beat(node_id: str, started_at: int, now: int) -> None:
    """The node says that it is alive."""
    row = Node.insert(id=node_id, started_at=started_at, seen_at=now)
    row.on_conflict(conflict_target=[Node.id], update={Node.started_at: started_at, Node.seen_at: now}).execute()


def last_beats(node_id: str) -> tuple[int | None, int | None]:
    """When this node, and when the youngest of all others, was last seen."""
    own = Node.get_or_none(Node.id == node_id)
    others = Node.select(fn.MAX(Node.seen_at)).where(Node.id != node_id).scalar()
    return (own.seen_at if own else None), others


def come_back(node_id: str, started_at: int, now: int) -> tuple[int | None, int | None]:
    """Like last_beats, and a beat: of nodes that start together only the first finds that nobody lived."""
    hold_alone(_COMING_BACK)
    beats = last_beats(node_id)
    beat(node_id, started_at, now)
    return beats


def others_alive(node_id: str, since: int) -> int:
    """How many other nodes were seen at `since` or later."""
    count: int = Node.select().where((Node.id != node_id) & (Node.seen_at >= since)).count()
    return count


def database_ms() -> float | None:
    """The time as the database has it; None for one within our own process, which has no clock of its own."""
    if not isinstance(proxy.obj, peewee.PostgresqlDatabase):
        return None
    (milliseconds,) = execute("SELECT EXTRACT(EPOCH FROM clock_timestamp()) * 1000", ()).fetchone()
    return float(milliseconds)
