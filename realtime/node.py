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
        # How many other nodes are known to live; whoever looks into the database says so.
        self.others_alive = 0
        # Messages published so far, and those that reached nobody although other nodes live and the line is up.
        self.published = 0
        self.unheard = 0
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
        receivers = await self.broker.publish(topic, payload)
        self.published += 1
        self.unheard += not receivers and self.others_alive > 0 and self.broker.is_up
        return receivers

    async def follow(self, *topics: str) -> None:
        """Receives the topics from when this returns until `unfollow` was called as often as `follow`."""
        for topic in topics:
            self._want(topic)
        await self._settle()

    async def unfollow(self, *topics: str) -> None:
        for topic in topics:
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
        """One task at a time, so that a topic left and joined again ends up joined.

        All that is wished by then goes to the broker at once: a node that restarts takes up hundreds of rooms.
        """
        refused: list[str] = []
        while self._unsettled:
            topics = list(self._unsettled)
            try:
                await self._match(topics)
            except Exception:  # the seam to a broker that may be down; wishes outlive it
                logger.exception("broker refused subscriptions", extra={"node": self.id, "topics": topics})
                refused += topics
            for topic in topics:
                self._unsettled.pop(topic, None)
        self._unsettled.update(dict.fromkeys(refused))

    async def _match(self, topics: list[str]) -> None:
        """Makes the subscriptions what is wished, also when the wishes change meanwhile."""
        while True:
            coming = [topic for topic in topics if topic in self._wanted and topic not in self._active]
            going = [topic for topic in topics if topic not in self._wanted and topic in self._active]
            if coming:
                await self.broker.subscribe(*coming)
                self._active.update(coming)
            elif going:
                await self.broker.unsubscribe(*going)
                self._active.difference_update(going)
            else:
                return

    def _receive(self, topic: str, payload: bytes) -> None:
        for prefix, callback in self._callbacks:
            if not topic.startswith(prefix):
                continue
            try:
                callback(topic, payload)
            except Exception:  # the seam to services; the other callbacks and messages go on
                logger.exception("callback failed", extra={"node": self.id, "topic": topic})
