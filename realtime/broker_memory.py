"""The broker within one process: for the one node of the embedded default, and for nodes in a test."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from realtime.broker import Receiver
from realtime.ignore import ignore

logger = logging.getLogger(__name__)


class MemoryBus:
    """What the brokers of one process share."""

    def __init__(self) -> None:
        self._subscribers: dict[str, dict[MemoryBroker, None]] = {}  # dicts as ordered sets

    def subscribe(self, topic: str, broker: "MemoryBroker") -> None:
        self._subscribers.setdefault(topic, {})[broker] = None

    def unsubscribe(self, topic: str, broker: "MemoryBroker") -> None:
        members = self._subscribers.get(topic, {})
        members.pop(broker, None)
        if not members:
            self._subscribers.pop(topic, None)

    def leave(self, broker: "MemoryBroker") -> None:
        for topic in [topic for topic, members in self._subscribers.items() if broker in members]:
            self.unsubscribe(topic, broker)

    def publish(self, topic: str, payload: bytes) -> int:
        members = self._subscribers.get(topic, {})
        loop = asyncio.get_running_loop()
        for broker in members:
            # A later turn, as with a real broker: nobody may come to rely on delivery within publish. The
            # loop runs its callbacks in the order of their coming, which is the order promised.
            loop.call_soon(broker.deliver, topic, payload)
        return len(members)


class MemoryBroker:
    is_up = True

    def __init__(self, bus: MemoryBus | None = None) -> None:
        self.is_shared = bus is not None
        self._bus = bus or MemoryBus()
        self._receiver: Receiver | None = None
        self._running = False
        self.on_gap: Callable[[], None] = ignore
        self.on_change: Callable[[bool], None] = ignore
        self.on_new_line: Callable[[], None] = ignore

    def set_receiver(self, receiver: Receiver) -> None:
        self._receiver = receiver

    async def start(self) -> None:
        self._running = True

    async def stop(self) -> None:
        self._running = False
        self._bus.leave(self)

    async def ping_ms(self) -> float | None:
        return None

    async def subscribe(self, *topics: str) -> None:
        for topic in topics:
            self._bus.subscribe(topic, self)

    async def unsubscribe(self, *topics: str) -> None:
        for topic in topics:
            self._bus.unsubscribe(topic, self)

    async def enter(self, topics: Sequence[str]) -> bool:
        for topic in topics:
            self._bus.subscribe(topic, self)
        return True

    async def leave(self, topics: Sequence[str]) -> None:
        for topic in topics:
            self._bus.unsubscribe(topic, self)

    async def publish(self, topic: str, payload: bytes) -> int:
        return self._bus.publish(topic, payload)

    def deliver(self, topic: str, payload: bytes) -> None:
        """Called by the bus; messages that were still under way when the broker stopped are dropped."""
        if not self._running or self._receiver is None:
            return
        try:
            self._receiver(topic, payload)
        except Exception:  # the seam to whoever receives; the next message must still come
            logger.exception("receiver failed", extra={"topic": topic})
