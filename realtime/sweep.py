"""Closes connections whose person has long done nothing. When to look is up to the caller."""

from collections.abc import Callable

from clock import Clock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.hub import Hub


def sweep_inactive(hub: Hub, clock: Clock, inactive_after_s: float, is_exempt: Callable[[Connection], bool]) -> int:
    """Returns how many were closed. A browser comes back when its person does something."""
    before_ms = clock.now_ms() - inactive_after_s * 1000
    removed = 0
    for shard in hub.shards:
        for conn in shard.connections():
            if conn.is_open and conn.last_activity_ms <= before_ms and not is_exempt(conn):
                conn.close(CloseCode.INACTIVE)
                hub.unregister(conn)
                shard.removed_inactive += 1
                removed += 1
    return removed
