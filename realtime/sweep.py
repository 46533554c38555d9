"""Closes connections whose person has long done nothing. When to look is up to the caller."""

import asyncio
from collections.abc import Callable

from clock import Clock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.hub import Hub


async def sweep_inactive(
    hub: Hub, clock: Clock, inactive_after_s: float, is_exempt: Callable[[Connection], bool]
) -> int:
    """Shard by shard, with a turn of the loop after each; returns how many were closed.

    A browser comes back when its person does something.
    """
    before_s = clock.monotonic_s() - inactive_after_s
    removed = 0
    for shard in hub.shards:
        for conn in shard.connections():
            if conn.is_open and conn.last_activity_s <= before_s and not is_exempt(conn):
                conn.close(CloseCode.INACTIVE)
                hub.unregister(conn)
                shard.removed_inactive += 1
                removed += 1
        await asyncio.sleep(0)
    return removed
