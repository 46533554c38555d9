"""`/health` and its kin: whether this node can do its work, for whoever watches over it."""

import asyncio

from handlers.api.base import ApiHandler
from services.health import Check, Health


class HealthApi(ApiHandler):
    """The whole picture. 503 only when the node can store nothing: degraded is not dead."""

    @property
    def health(self) -> Health:
        return self.services.health

    async def get(self) -> None:
        services = self.services
        database, redis = await asyncio.gather(self.health.database(), self.health.redis())
        status = standing(database, redis)
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
            503 if status == "unhealthy" else 200,
        )


class LiveApi(HealthApi):
    """The loop turns and answers: reason enough to let the process be, whatever else is down."""

    async def get(self) -> None:
        redis = await self.health.redis()
        status = "degraded" if redis["status"] == "unhealthy" else "healthy"
        self.answer({"status": status, "timestamp": self.services.clock.now_ms(), "redis": redis})


class ReadyApi(HealthApi):
    """Whether to send people here: 503 while the node takes its leave, or when it cannot read its database."""

    async def get(self) -> None:
        database = await self.health.database()
        is_draining = self.health.is_draining
        is_ready = database["status"] == "healthy" and not is_draining
        self.answer(
            {
                "status": "healthy" if is_ready else "unhealthy",
                "timestamp": self.services.clock.now_ms(),
                "draining": is_draining,
                "database": database,
            },
            200 if is_ready else 503,
        )


class DeepApi(HealthApi):
    """A read, a transaction of the writer, and a message that goes out and comes back."""

    async def get(self) -> None:
        health = self.health
        database, storage, round_trip = await asyncio.gather(health.database(), health.storage(), health.round_trip())
        is_well = all(check["status"] == "healthy" for check in (database, storage, round_trip))
        self.answer(
            {
                "status": "healthy" if is_well else "unhealthy",
                "timestamp": self.services.clock.now_ms(),
                "database": database,
                "storage": storage,
                "publish": round_trip,
            },
            200 if is_well else 503,
        )


def standing(database: Check, redis: Check) -> str:
    """Without Redis rooms go on, only slower between nodes: nobody should restart a node for that."""
    if database["status"] == "unhealthy":
        return "unhealthy"
    return "degraded" if redis["status"] == "unhealthy" else "healthy"


ROUTES = [
    (r"/health", HealthApi),
    (r"/health/live", LiveApi),
    (r"/health/ready", ReadyApi),
    (r"/health/deep", DeepApi),
]
