"""Specification of realtime/user_topics.py, against a real Redis that is killed."""

import asyncio
import contextlib

import pytest

from prove.redis_process import RedisProcess
from realtime import user_topics
from realtime.broker_memory import MemoryBroker
from realtime.broker_redis import RedisBroker
from realtime.hub import Hub
from realtime.user_topics import UserTopics

WITHIN_S = 15


@pytest.fixture
def redis():
    process = RedisProcess().start()
    yield process
    process.stop()


class End:
    """A node's hub and broker, and what came for its users."""

    def __init__(self, redis, clock, linger_s):
        self.hub = Hub(4, clock)
        self.broker = RedisBroker(redis.url, "one")
        self.topics = UserTopics(self.hub, self.broker, linger_s)
        self.received = []
        self.happened = asyncio.Event()
        self.broker.set_receiver(self.receive)

    def receive(self, topic, payload):
        self.received.append((topic, payload))
        self.happened.set()

    async def until_followed(self, count):
        """As Redis itself counts them."""
        async with asyncio.timeout(WITHIN_S):
            while len(await self.followed()) != count:
                await asyncio.sleep(0)

    async def followed(self):
        return await self.broker._client.pubsub_channels("user_noti:*")

    async def hears(self, user_id):
        """Published until it comes: for a moment after the line broke nothing does."""
        self.received.clear()
        async with asyncio.timeout(WITHIN_S):
            while (f"user_noti:{user_id}", b"x") not in self.received:
                await self.broker.publish(f"user_noti:{user_id}", b"x")
                await asyncio.sleep(0)  # while the line is down, publishing waits for nothing


@contextlib.asynccontextmanager
async def end(redis, clock, linger_s=0.02):
    opened = End(redis, clock, linger_s)
    await opened.broker.start()
    opened.topics.start()
    try:
        yield opened
    finally:
        await opened.topics.stop()
        await opened.broker.stop()


def test_a_user_is_followed_while_they_have_a_connection(redis, clock, make_connection):
    """From the first one to the last."""

    async def scenario():
        async with end(redis, clock) as one:
            first, second = make_connection("ada"), make_connection("ada")
            one.hub.register(first)
            one.hub.register(second)
            await one.until_followed(1)
            await one.hears("ada")
            one.hub.unregister(first)
            await one.hears("ada")
            one.hub.unregister(second)
            await one.until_followed(0)

    asyncio.run(scenario())


def test_who_reloads_the_page_costs_nothing(redis, clock, make_connection):
    """They are followed all the time, and are not asked for again."""

    async def scenario():
        async with end(redis, clock, linger_s=3600) as one:
            conn = make_connection("ada")
            one.hub.register(conn)
            await one.until_followed(1)
            before = (await one.broker._client.info("commandstats"))["cmdstat_subscribe"]["calls"]
            one.hub.unregister(conn)
            one.hub.register(make_connection("ada"))
            await one.hears("ada")
            assert (await one.broker._client.info("commandstats"))["cmdstat_subscribe"]["calls"] == before

    asyncio.run(scenario())


def test_a_crowd_comes_and_goes_in_few_messages(redis, clock, make_connection):
    """Two thousand users are a handful of commands, each way."""

    async def scenario():
        async with end(redis, clock) as one:
            crowd = [make_connection(f"u{number}") for number in range(2000)]
            for conn in crowd:
                one.hub.register(conn)
            await one.until_followed(2000)
            await one.hears("u1999")
            for conn in crowd:
                one.hub.unregister(conn)
            await one.until_followed(0)
            stats = await one.broker._client.info("commandstats")
            most = 2000 // user_topics.BATCH + 4
            assert stats["cmdstat_subscribe"]["calls"] <= most
            assert stats["cmdstat_unsubscribe"]["calls"] <= most

    asyncio.run(scenario())


def test_who_left_before_they_were_followed_never_is(redis, clock, make_connection):
    async def scenario():
        async with end(redis, clock) as one:
            conn = make_connection("ada")
            one.hub.register(conn)
            one.hub.unregister(conn)
            one.hub.register(make_connection("bo"))
            await one.until_followed(1)
            assert await one.followed() == [b"user_noti:bo"]

    asyncio.run(scenario())


def test_a_new_line_follows_everybody_who_is_here(redis, clock, make_connection):
    """Those who stayed while Redis was away, and those who came then; not those who went."""

    async def scenario():
        async with end(redis, clock) as one:
            gone = make_connection("gone")
            one.hub.register(gone)
            one.hub.register(make_connection("stayed"))
            await one.until_followed(2)
            redis.kill()
            async with asyncio.timeout(WITHIN_S):
                while one.broker.is_up:
                    await asyncio.sleep(0)
            one.hub.unregister(gone)
            one.hub.register(make_connection("came"))
            redis.start()
            await one.hears("stayed")
            await one.hears("came")
            assert sorted(await one.followed()) == [b"user_noti:came", b"user_noti:stayed"]

    asyncio.run(scenario())


def test_a_node_that_is_alone_follows_nobody(clock, make_connection):
    """Whatever is to be told to its users, it tells them itself."""

    async def scenario():
        hub, broker = Hub(4, clock), MemoryBroker()
        await broker.start()
        topics = UserTopics(hub, broker)
        topics.start()
        hub.register(make_connection("ada"))
        await asyncio.sleep(0)
        assert await broker.publish("user_noti:ada", b"x") == 0
        await topics.stop()

    asyncio.run(scenario())
