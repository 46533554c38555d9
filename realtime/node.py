"""One running process among others: follows topics at the broker, publishes, and hands out what comes in.

A topic is followed while the hub has subscribers to it (the node sets the hub's two topic hooks) or while
someone asked for it with `follow`. What to do with a message is up to the callbacks.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

from realtime.broker import Broker
from realtime.hub import Hub

logger = logging.getLogger(__name__)

Callback = Callable[[str, bytes], None]


class Node:
    """Invariant: once `_settle` has run, `_active` holds exactly the topics that someone wants."""

    def __init__(self, id: str, hub: Hub, broker: Broker) -> None:
        self.id = id
        self.hub = hub
        self.broker = broker
        self._callbacks: list[tuple[str, Callback]] = []
        self._wanted: Counter[str] = Counter()
        self._active: set[str] = set()
        self._unsettled: dict[str, None] = {}  # topics whose subscription may not match the wish; in order
        self._settling: asyncio.Task[None] | None = None
        self._is_running = False
        hub.on_first_subscriber = self._want
        hub.on_last_leaver = self._unwant
        broker.set_receiver(self._receive)

    async def start(self) -> None:
        await self.broker.start()
        self._is_running = True
        await self._settle()

    async def stop(self) -> None:
        self._is_running = False
        if self._settling is not None:
            self._settling.cancel()
            await asyncio.gather(self._settling, return_exceptions=True)
        await self.broker.stop()
        self._unsettled.update(dict.fromkeys(self._active))
        self._active.clear()

    def on(self, prefix: str, callback: Callback) -> None:
        """`callback(topic, payload)` gets the messages of topics that begin with the prefix, in order."""
        self._callbacks.append((prefix, callback))

    async def publish(self, topic: str, payload: bytes) -> int:
        """Sends to all nodes that follow the topic, this one too; returns to how many, if the broker knows."""
        if topic in self._unsettled:
            # A subscription made a moment ago: without the wait this node would miss its own message.
            await self._settle()
        return await self.broker.publish(topic, payload)

    async def follow(self, topic: str) -> None:
        """Receives the topic from when this returns until `unfollow` was called as often as `follow`."""
        self._want(topic)
        await self._settle()

    async def unfollow(self, topic: str) -> None:
        self._unwant(topic)
        await self._settle()

    def _want(self, topic: str) -> None:
        self._wanted[topic] += 1
        self._unsettle(topic)

    def _unwant(self, topic: str) -> None:
        if self._wanted[topic] <= 1:
            del self._wanted[topic]
        else:
            self._wanted[topic] -= 1
        self._unsettle(topic)

    def _unsettle(self, topic: str) -> None:
        if (topic in self._wanted) == (topic in self._active):
            # Also when a subscription to it is under way: the run that makes it looks again afterwards.
            return
        self._unsettled[topic] = None
        if self._is_running:
            self._start_settling()

    def _start_settling(self) -> asyncio.Task[None]:
        if self._settling is None or self._settling.done():
            self._settling = asyncio.get_running_loop().create_task(self._run_settling())
        return self._settling

    async def _settle(self) -> None:
        """Waits for the wishes known now. Those that the broker refuses are tried with the next ones."""
        if self._unsettled and self._is_running:
            await asyncio.shield(self._start_settling())

    async def _run_settling(self) -> None:
        """One task at a time, so that a topic left and joined again ends up joined."""
        refused: list[str] = []
        while self._unsettled:
            topic = next(iter(self._unsettled))
            try:
                await self._match(topic)
            except Exception:  # the seam to a broker that may be down; wishes outlive it
                logger.exception("broker refused a subscription", extra={"node": self.id, "topic": topic})
                refused.append(topic)
            self._unsettled.pop(topic, None)
        self._unsettled.update(dict.fromkeys(refused))

    async def _match(self, topic: str) -> None:
        """Makes the subscription what is wished, also when the wish changes meanwhile."""
        while (wanted := topic in self._wanted) != (topic in self._active):
            if wanted:
                await self.broker.subscribe(topic)
                self._active.add(topic)
            else:
                await self.broker.unsubscribe(topic)
                self._active.discard(topic)

    def _receive(self, topic: str, payload: bytes) -> None:
        for prefix, callback in self._callbacks:
            if not topic.startswith(prefix):
                continue
            try:
                callback(topic, payload)
            except Exception:  # the seam to services; the other callbacks and messages go on
                logger.exception("callback failed", extra={"node": self.id, "topic": topic})
