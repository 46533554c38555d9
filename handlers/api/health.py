"""`/health`: whether this node can do its work, for whoever watches over it."""

import asyncio
from typing import Any

from handlers.api.base import ApiHandler

PATIENCE_S = 2.0


class HealthApi(ApiHandler):
    async def get(self) -> None:
        services = self.services
        database = await self.ping_database()
        is_well = database["status"] == "healthy"
        now = services.clock.now_ms()
        users = [connection.user_id for connection in services.hub.connections()]
        self.answer(
            {
                "status": "healthy" if is_well else "unhealthy",
                "timestamp": now,
                "uptime_seconds": max(0, now - services.started_at) // 1000,
                "redis": {"status": "disabled", "ping_ms": None},
                "database": database,
                "websocket": {"active_connections": len(users), "total_unique_users": len(set(users))},
            },
            200 if is_well else 503,
        )

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
