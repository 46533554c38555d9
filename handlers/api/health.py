"""`/health`: whether this node can do its work, for whoever watches over it."""

import asyncio
from typing import Any

from handlers.api.base import ApiHandler

PATIENCE_S = 2.0


class HealthApi(ApiHandler):
    async def get(self) -> None:
        services = self.services
        database, redis = await asyncio.gather(self.ping_database(), self.ping_redis())
        is_well = database["status"] == "healthy"
        # Without Redis rooms go on, only slower between nodes: nobody should restart a node for that.
        status = "unhealthy" if not is_well else "degraded" if redis["status"] == "unhealthy" else "healthy"
        now = services.clock.now_ms()
        users = [connection.user_id for connection in services.hub.connections()]
        self.answer(
            {
                "status": status,
                "timestamp": now,
                "uptime_seconds": max(0, now - services.started_at) // 1000,
                "redis": redis,
                "database": database,
                "websocket": {"active_connections": len(users), "total_unique_users": len(set(users))},
            },
            200 if is_well else 503,
        )

    async def ping_redis(self) -> dict[str, Any]:
        broker = self.services.node.broker
        if not broker.is_shared:
            return {"status": "disabled", "ping_ms": None}
        ping_ms = await broker.ping_ms()
        is_well = broker.is_up and ping_ms is not None
        return {"status": "healthy" if is_well else "unhealthy", "ping_ms": ping_ms}

    async def ping_database(self) -> dict[str, Any]:
        clock = self.services.clock
        start_s = clock.monotonic_s()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.services.accounts.is_set_up()
        except Exception:  # noqa: BLE001 - whatever keeps the database from answering is what we report
            return {"status": "unhealthy", "ping_ms": None}
        return {"status": "healthy", "ping_ms": round((clock.monotonic_s() - start_s) * 1000, 2)}


ROUTES = [(r"/health", HealthApi)]
