"""Whether this node can do its work: alive, ready for people, and well all the way through."""

import asyncio
import uuid
from typing import Any

from clock import Clock
from models.database import Database, nothing
from realtime.node import Node
from services.draining import Draining

PATIENCE_S = 2.0
DEEP = "deep:"

Check = dict[str, Any]
ILL: Check = {"status": "unhealthy", "ping_ms": None}


class Health:
    def __init__(self, db: Database, clock: Clock, node: Node, draining: Draining) -> None:
        self._db = db
        self._clock = clock
        self._node = node
        self._draining = draining
        self._awaited: dict[str, asyncio.Event] = {}
        node.on(DEEP, self._heard)

    @property
    def is_draining(self) -> bool:
        return self._draining.is_draining

    async def database(self) -> Check:
        """A read, through the queue that every request goes through."""
        return await self._timed(self._db.read(nothing))

    async def storage(self) -> Check:
        """A transaction of the writer."""
        return await self._timed(self._db.write(nothing))

    async def redis(self) -> Check:
        broker = self._node.broker
        if not broker.is_shared:
            return {"status": "disabled", "ping_ms": None}
        ping_ms = await broker.ping_ms()
        return {"status": "healthy" if broker.is_up and ping_ms is not None else "unhealthy", "ping_ms": ping_ms}

    async def round_trip(self) -> Check:
        """Publishes to a topic of its own and waits for the message to come back."""
        return await self._timed(self._go_round())

    async def _go_round(self) -> None:
        topic = DEEP + uuid.uuid4().hex
        heard = self._awaited[topic] = asyncio.Event()
        try:
            await self._node.follow(topic)
            await self._node.publish(topic, b"")
            await heard.wait()
        finally:
            del self._awaited[topic]
            await self._node.unfollow(topic)

    def _heard(self, topic: str, payload: bytes) -> None:
        heard = self._awaited.get(topic)
        if heard is not None:
            heard.set()

    async def _timed(self, work: Any) -> Check:
        began_s = self._clock.monotonic_s()
        try:
            await asyncio.wait_for(work, PATIENCE_S)
        except Exception:  # noqa: BLE001 - whatever keeps it from answering is what we report
            return ILL
        return {"status": "healthy", "ping_ms": round((self._clock.monotonic_s() - began_s) * 1000, 2)}
