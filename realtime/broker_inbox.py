"""What came over the network and has not been handed on yet: a queue for each topic, emptied a little each turn.

Whoever reads the network only puts messages here, so no topic's work keeps the reader from the next message.
"""

import asyncio
import logging
from collections import deque

from realtime.broker import Receiver

logger = logging.getLogger(__name__)

# Of one topic. What comes over the network is state or news of a seq: the newest message says what the oldest said.
WAITING_MOST = 1000
_PER_TURN = 64


class Inbox:
    """`put` hands nothing on by itself: the receiver is called on a later turn of the loop, in order per topic."""

    def __init__(self) -> None:
        self.receiver: Receiver | None = None
        self.dropped = 0
        self._waiting: dict[str, deque[bytes]] = {}
        self._handle: asyncio.Handle | None = None

    def put(self, topic: str, payload: bytes) -> bool:
        """False when the oldest message of the topic had to go for it."""
        queue = self._waiting.get(topic)
        if queue is None:
            queue = self._waiting[topic] = deque()
        is_full = len(queue) >= WAITING_MOST
        if is_full:
            queue.popleft()
            self.dropped += 1
        queue.append(payload)
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_soon(self._drain)
        return not is_full

    def _drain(self) -> None:
        """Topics take turns, one message each, so that a busy one does not hold up the others."""
        self._handle = None
        for _ in range(_PER_TURN):
            if not self._waiting:
                return
            topic, queue = next(iter(self._waiting.items()))
            del self._waiting[topic]
            payload = queue.popleft()
            if queue:
                self._waiting[topic] = queue  # again at the end of the line
            self._hand_on(topic, payload)
        if self._waiting:
            self._handle = asyncio.get_running_loop().call_soon(self._drain)

    def _hand_on(self, topic: str, payload: bytes) -> None:
        if self.receiver is None:
            return
        try:
            self.receiver(topic, payload)
        except Exception:  # the seam to whoever receives; the next message must still come
            logger.exception("receiver failed", extra={"topic": topic})

    def clear(self) -> None:
        self._waiting.clear()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
