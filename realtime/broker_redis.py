"""The broker over Redis pub/sub: fast, watched and never trusted.

A link (redis_link.py) brings what others publish; what this node publishes in one turn of the loop goes out in one
pipeline. Every second the node sends a probe to a topic of its own: three that do not come back mean that Redis is
down, whatever its sockets say, for a frozen Redis raises no error anywhere.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from realtime.broker import USER_TOPIC, BrokerUnreachable, Receiver
from realtime.broker_inbox import Inbox
from realtime.ignore import ignore
from realtime.redis_link import RedisLink

logger = logging.getLogger(__name__)

PROBE = "node:"
PROBE_EVERY_S = 1.0
PROBES_MISSED = 3
# A topic that nobody wants any more is kept this long: people who reload would end and begin it again and again.
LINGER_S = 5.0
RETRY_EVERY_S = 0.5
_WAITING_MOST = 10_000
_PIPELINE = 500

_FAULTS = (RedisError, OSError, TimeoutError)


class RedisBroker:
    """`node_id` is this node's alone: its probe travels on a topic of that name."""

    def __init__(
        self, url: str, node_id: str, *, probe_every_s: float = PROBE_EVERY_S, linger_s: float = LINGER_S
    ) -> None:
        # A password in the address stays out of what is logged.
        self._where = url.rpartition("@")[2] if "@" in url else url.partition("://")[2]
        self._answer_within_s = probe_every_s * 2
        self._client: Redis = Redis.from_url(
            url,
            protocol=3,
            socket_timeout=self._answer_within_s,
            socket_connect_timeout=self._answer_within_s,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
        )
        self._probe_topic = PROBE + node_id
        self._probe_every_s = probe_every_s
        self._linger_s = linger_s
        self._wanted: dict[str, None] = {}  # in the order of their coming
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._inbox = Inbox()
        self._outgoing: list[tuple[str, bytes, asyncio.Future[int]]] = []
        self._link: RedisLink | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._flushing: asyncio.Task[None] | None = None
        # Held while Redis is told of a topic, so that what is said last holds.
        self._telling = asyncio.Lock()
        self._is_up = False
        self._is_ending = False
        self._heard_s = 0.0  # the loop's time of the last probe that came back
        self.on_gap: Callable[[], None] = ignore
        self.on_change: Callable[[bool], None] = ignore
        self.on_new_line: Callable[[], None] = ignore

    @property
    def is_up(self) -> bool:
        return self._is_up

    @property
    def is_shared(self) -> bool:
        return True

    def set_receiver(self, receiver: Receiver) -> None:
        self._inbox.receiver = receiver

    async def start(self) -> None:
        try:
            await asyncio.wait_for(self._client.ping(), self._answer_within_s)
            await self._open()
        except _FAULTS as error:
            await self._client.aclose()
            reason = str(error) or type(error).__name__
            raise BrokerUnreachable(f"Redis at {self._where} does not answer: {reason}") from error
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._keep_link()), loop.create_task(self._keep_probing())]

    async def stop(self) -> None:
        self._is_ending = True
        for task in self._tasks + ([self._flushing] if self._flushing else []):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        for timer in self._leaving.values():
            timer.cancel()
        self._leaving.clear()
        self._inbox.clear()
        self._fail_outgoing()
        self._is_up = False
        if self._link is not None:
            await self._link.close()
            self._link = None
        with contextlib.suppress(*_FAULTS):
            await self._client.aclose()

    async def ping_ms(self) -> float | None:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        try:
            await asyncio.wait_for(self._client.ping(), self._answer_within_s)
        except _FAULTS:
            return None
        return round((loop.time() - began_s) * 1000, 2)

    # Topics

    async def subscribe(self, *topics: str) -> None:
        for topic in topics:
            leaving = self._leaving.pop(topic, None)
            if leaving is not None:
                leaving.cancel()
        new = [topic for topic in topics if topic not in self._wanted]
        if not new:
            return
        self._wanted.update(dict.fromkeys(new))
        async with self._telling:
            link = self._link
            if link is None:
                return  # the next link begins with all that is wanted
            try:
                await link.subscribe_all(new)
            except _FAULTS as error:
                logger.warning("Redis took no subscription: %s", str(error) or type(error).__name__)
                await link.close()

    async def unsubscribe(self, *topics: str) -> None:
        loop = asyncio.get_running_loop()
        for topic in topics:
            if topic in self._wanted and topic not in self._leaving:
                self._leaving[topic] = loop.call_later(self._linger_s, self._leave, topic)

    def _leave(self, topic: str) -> None:
        """Nobody has come back for it."""
        self._leaving.pop(topic, None)
        self._wanted.pop(topic, None)
        if self._link is not None:
            asyncio.get_running_loop().create_task(self._quit(self._link, topic))

    async def _quit(self, link: RedisLink, topic: str) -> None:
        async with self._telling:
            if topic in self._wanted:
                return  # somebody has, after all
            with contextlib.suppress(*_FAULTS):  # a link that breaks here is replaced, without this topic
                await link.unsubscribe(topic)

    async def enter(self, topics: Sequence[str]) -> bool:
        link = self._link
        if link is None:
            return False
        try:
            await link.enter(topics)
        except _FAULTS as error:
            logger.warning("Redis took no subscriptions: %s", str(error) or type(error).__name__)
            await link.close()
            return False
        return True

    async def leave(self, topics: Sequence[str]) -> None:
        if self._link is not None:
            with contextlib.suppress(*_FAULTS):  # a link that breaks here is replaced, without them
                await self._link.leave(topics)

    # Out

    async def publish(self, topic: str, payload: bytes) -> int:
        if not self._is_up or len(self._outgoing) >= _WAITING_MOST:
            return 0
        return await self._send(topic, payload)

    def _send(self, topic: str, payload: bytes) -> "asyncio.Future[int]":
        loop = asyncio.get_running_loop()
        future: asyncio.Future[int] = loop.create_future()
        self._outgoing.append((topic, payload, future))
        if self._flushing is None or self._flushing.done():
            self._flushing = loop.create_task(self._flush())
        return future

    async def _flush(self) -> None:
        """One round trip for all that this turn has gathered, and again for what came meanwhile."""
        while self._outgoing:
            batch, self._outgoing = self._outgoing[:_PIPELINE], self._outgoing[_PIPELINE:]
            counts: list[Any] = [0] * len(batch)
            try:
                async with self._client.pipeline(transaction=False) as pipeline:
                    for topic, payload, _ in batch:
                        pipeline.publish(topic, payload)
                    counts = await pipeline.execute(raise_on_error=False)
            except _FAULTS as error:
                logger.warning("Redis took no messages: %s", error or type(error).__name__)
            for (_, _, future), count in zip(batch, counts, strict=True):
                if not future.done():
                    future.set_result(count if isinstance(count, int) else 0)

    def _fail_outgoing(self) -> None:
        for _, _, future in self._outgoing:
            if not future.done():
                future.set_result(0)
        self._outgoing.clear()

    # The link and its watch

    def _take(self, topic: str, payload: bytes) -> None:
        if topic == self._probe_topic:
            self._heard_s = asyncio.get_running_loop().time()
            self._become(is_up=True)
        elif topic.startswith(USER_TOPIC):
            self._inbox.put(topic, payload)
        elif topic in self._wanted and topic not in self._leaving and not self._inbox.put(topic, payload):
            self.on_gap()

    async def _open(self) -> None:
        link = RedisLink(self._client, self._take, self._answer_within_s)
        try:
            await link.open([self._probe_topic, *self._wanted])
            # Those that were asked for while it opened.
            self._link = link
            await link.subscribe_all([self._probe_topic, *self._wanted])
        except BaseException:
            self._link = None
            await link.close()
            raise
        self._heard_s = asyncio.get_running_loop().time()
        self._become(is_up=True)

    async def _keep_link(self) -> None:
        """Makes a new link for each that ends, as long as it takes.

        A cancellation that comes while `wait_for` has just what it waited for is lost (Python 3.11), so it is not
        relied upon alone.
        """
        while not self._is_ending:
            if self._link is not None:
                fault = await self._link.ended()
                logger.warning("the line to Redis is broken: %s", fault or "no sign of life")
                link, self._link = self._link, None
                self._become(is_up=False)
                await link.close()
            try:
                await self._open()
            except _FAULTS as error:
                logger.debug("Redis does not answer: %s", error)
                await asyncio.sleep(RETRY_EVERY_S)
                continue
            # Whatever was published while there was no link has been lost.
            logger.warning("the line to Redis is back")
            self.on_gap()
            self.on_new_line()

    async def _keep_probing(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if self._link is not None:
                self._send(self._probe_topic, b"")
            await asyncio.sleep(self._probe_every_s)
            silent_s = loop.time() - self._heard_s
            if self._link is not None and silent_s > self._probe_every_s * PROBES_MISSED:
                logger.warning("Redis has not answered for %.1f s", silent_s)
                self._become(is_up=False)
                await self._link.close()

    def _become(self, *, is_up: bool) -> None:
        if self._is_up is not is_up:
            self._is_up = is_up
            self.on_change(is_up)
