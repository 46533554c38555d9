"""One subscribed connection to Redis, from its making to its first fault; it is never mended, a new one is made.

redis-py would reconnect by itself, and lose without a word what was published meanwhile. So its retries are off
here: whatever goes wrong ends the link, and whoever owns it knows that something may be missing.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence

from redis.asyncio import Redis

# SUBSCRIBE takes many topics at once; in portions the answers come early.
PORTION = 512
# How many messages are taken before the loop gets its turn, when they come faster than it turns.
_MESSAGES_PER_TURN = 200


class RedisLink:
    """`on_message(topic, payload)` is called on the loop for each message; it must only put it somewhere."""

    def __init__(self, client: Redis, on_message: Callable[[str, bytes], None], answer_within_s: float) -> None:
        self._pubsub = client.pubsub()
        self._on_message = on_message
        self._answer_within_s = answer_within_s
        self._confirming: dict[str, asyncio.Future[None]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def open(self, topics: Iterable[str]) -> None:
        """Connects and subscribes. Raises redis' errors, OSError, TimeoutError."""
        async with asyncio.timeout(self._answer_within_s):
            await self._pubsub.connect()  # type: ignore[no-untyped-call]
        self._reading = asyncio.get_running_loop().create_task(self._read(), name="redis-link")
        await self.subscribe_all(list(topics))

    async def subscribe_all(self, topics: list[str]) -> None:
        """Like subscribe, in portions."""
        for start in range(0, len(topics), PORTION):
            await self.subscribe(topics[start : start + PORTION])

    async def subscribe(self, topics: list[str]) -> None:
        """Returns when Redis has said that it will send them. Raises redis' errors, OSError, TimeoutError."""
        loop = asyncio.get_running_loop()
        waiting = [self._confirming.setdefault(topic, loop.create_future()) for topic in topics]
        try:
            async with asyncio.timeout(self._answer_within_s):
                await self._pubsub.subscribe(*topics)
                await asyncio.gather(*waiting)
        finally:
            for topic in topics:
                self._confirming.pop(topic, None)

    async def unsubscribe(self, topic: str) -> None:
        async with asyncio.timeout(self._answer_within_s):
            await self._pubsub.unsubscribe(topic)

    async def enter(self, topics: Sequence[str]) -> None:
        """`subscribe` for many topics that nobody but the caller keeps a list of: redis-py need not either.

        Redis does them in order, so the last one's answer stands for all.
        """
        last = topics[-1]
        waiting = self._confirming.setdefault(last, asyncio.get_running_loop().create_future())
        try:
            async with asyncio.timeout(self._answer_within_s):
                await self._pubsub.execute_command("SUBSCRIBE", *topics)
                await waiting
        finally:
            self._confirming.pop(last, None)

    async def leave(self, topics: Sequence[str]) -> None:
        async with asyncio.timeout(self._answer_within_s):
            await self._pubsub.execute_command("UNSUBSCRIBE", *topics)

    async def ended(self) -> BaseException | None:
        """Waits for the end of the link; returns what ended it."""
        assert self._reading is not None
        await asyncio.wait([self._reading])
        return None if self._reading.cancelled() else self._reading.exception()

    async def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])
        for future in self._confirming.values():
            if not future.done():
                future.set_exception(ConnectionResetError("the line was closed"))
        with contextlib.suppress(Exception):  # it may be broken in any way; it is given up here
            await asyncio.wait_for(self._pubsub.aclose(), self._answer_within_s)  # type: ignore[no-untyped-call]

    async def _read(self) -> None:
        """Moves messages on, and does nothing else: Redis cuts off who reads too slowly."""
        taken = 0
        while True:
            response = await self._pubsub.parse_response(block=True)
            kind, name = response[0], response[1]
            if kind == b"message":
                self._on_message(name.decode(), response[2])
            elif kind == b"subscribe":
                future = self._confirming.get(name.decode())
                if future is not None and not future.done():
                    future.set_result(None)
            taken += 1
            if taken % _MESSAGES_PER_TURN == 0:
                await asyncio.sleep(0)
