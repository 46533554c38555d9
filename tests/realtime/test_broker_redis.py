"""Specification of realtime/broker_redis.py and redis_link.py, against a real Redis that is killed and frozen."""

import asyncio
import contextlib

import pytest

from prove.redis_process import RedisProcess
from realtime.broker import BrokerUnreachable
from realtime.broker_redis import RedisBroker
from realtime.redis_link import PORTION, RedisLink

WITHIN_S = 15


@pytest.fixture
def redis():
    process = RedisProcess().start()
    yield process
    process.stop()


class End:
    """A started broker, what it received, and what it said of its line."""

    def __init__(self, redis, name, **options):
        self.broker = RedisBroker(redis.url, name, **options)
        self.received = []
        self.gaps = 0
        self.changes = []
        self.happened = asyncio.Event()
        self.broker.set_receiver(self.receive)
        self.broker.on_gap = self.gap
        self.broker.on_change = self.change

    def receive(self, topic, payload):
        self.received.append((topic, payload))
        self.happened.set()

    def gap(self):
        self.gaps += 1
        self.happened.set()

    def change(self, is_up):
        self.changes.append(is_up)
        self.happened.set()

    async def until(self, holds):
        async with asyncio.timeout(WITHIN_S):
            while not holds():
                self.happened.clear()
                await self.happened.wait()


class Ends:
    """Brokers of one test, stopped at its end."""

    def __init__(self, redis):
        self.redis = redis
        self.all = []

    async def start(self, name, **options):
        end = End(self.redis, name, **options)
        await end.broker.start()
        self.all.append(end)
        return end

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        for end in self.all:
            await end.broker.stop()


def test_subscribers_receive_and_are_counted(redis):
    """Those of other nodes and the publisher's own alike, in order, and only what they asked for."""

    async def scenario():
        async with Ends(redis) as ends:
            one, two = await ends.start("one"), await ends.start("two")
            await one.broker.subscribe("t")
            await two.broker.subscribe("t")
            await two.broker.subscribe("other")
            counts = await asyncio.gather(*(one.broker.publish("t", b"%d" % number) for number in range(50)))
            assert counts == [2] * 50
            assert await one.broker.publish("nobody", b"x") == 0
            await one.until(lambda: len(one.received) == 50)
            await two.until(lambda: len(two.received) == 50)
            assert one.received == two.received == [("t", b"%d" % number) for number in range(50)]

    asyncio.run(scenario())


def test_binary_payloads_and_any_topic_name_travel_unharmed(redis):
    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one")
            topic, payload = "user_noti:zoë 1", bytes(range(256)) * 40
            await end.broker.subscribe(topic)
            assert await end.broker.publish(topic, payload) == 1
            await end.until(lambda: end.received)
            assert end.received == [(topic, payload)]

    asyncio.run(scenario())


def test_what_is_unsubscribed_is_heard_no_more_and_forgotten_later(redis):
    """Redis is told after a while; who comes back before costs nothing."""

    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one", linger_s=0.05)
            other = await ends.start("other")
            await end.broker.subscribe("t")
            await end.broker.unsubscribe("t")
            await end.broker.subscribe("t")
            assert await other.broker.publish("t", b"back") == 1
            await end.until(lambda: end.received)
            await end.broker.unsubscribe("t")
            async with asyncio.timeout(WITHIN_S):
                while await other.broker.publish("t", b"gone"):
                    pass
            assert end.received == [("t", b"back")]
            await end.broker.subscribe("t")
            assert await other.broker.publish("t", b"again") == 1
            await end.until(lambda: len(end.received) == 2)

    asyncio.run(scenario())


def test_a_killed_connection_is_replaced_and_said(redis):
    """redis-py alone would reconnect without a word: whoever holds rooms must hear of the gap."""

    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one")
            await end.broker.subscribe("t")
            assert b"-ERR" not in redis.command("CLIENT", "KILL", "TYPE", "pubsub")
            await end.until(lambda: end.gaps == 1)
            assert await end.broker.publish("t", b"x") == 1
            await end.until(lambda: end.received)
            assert end.changes == [True, False, True]

    asyncio.run(scenario())


def test_a_redis_that_dies_and_comes_back_is_used_again(redis):
    """Nothing is raised meanwhile: a message goes to nobody, a subscription waits for the line."""

    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one")
            await end.broker.subscribe("t")
            redis.kill()
            await end.until(lambda: end.changes == [True, False])
            assert not end.broker.is_up
            assert await end.broker.publish("t", b"lost") == 0
            await end.broker.subscribe("later")
            redis.start()
            await end.until(lambda: end.gaps == 1)
            assert await end.broker.publish("later", b"x") == 1
            assert await end.broker.publish("t", b"x") == 1
            await end.until(lambda: len(end.received) == 2)

    asyncio.run(scenario())


def test_a_node_ends_though_redis_is_down_and_a_cancellation_is_lost(redis, monkeypatch):
    """As `wait_for` loses one in Python 3.11: the broker looked for Redis for ever, and the node never ended."""

    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one")
            opening = asyncio.Event()

            async def deaf(self, topics):
                opening.set()
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.sleep(3600)
                raise ConnectionRefusedError

            monkeypatch.setattr(RedisLink, "open", deaf)
            redis.kill()
            await opening.wait()
            async with asyncio.timeout(10):
                await end.broker.stop()

    try:
        asyncio.run(scenario())
    finally:
        redis.start()


def test_a_frozen_redis_is_noticed_without_an_error(redis):
    """Its sockets stay open and say nothing: only the probes that do not come back tell."""

    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one", probe_every_s=0.2)
            await end.broker.subscribe("t")
            redis.freeze()
            await end.until(lambda: not end.broker.is_up)
            assert await end.broker.publish("t", b"x") == 0
            redis.thaw()
            await end.until(lambda: end.gaps)
            assert end.broker.is_up
            assert await end.broker.publish("t", b"y") == 1
            await end.until(lambda: ("t", b"y") in end.received)

    asyncio.run(scenario())


def test_a_redis_that_is_not_there_is_named_without_its_password():
    """A configured Redis has to be there at the start: the operator learns which and why."""

    async def scenario():
        with pytest.raises(BrokerUnreachable) as caught:
            await RedisBroker("redis://:secret@127.0.0.1:1/0", "one", probe_every_s=0.1).start()
        assert "127.0.0.1:1/0" in str(caught.value)
        assert "secret" not in str(caught.value)

    asyncio.run(scenario())


def test_more_topics_than_one_command_takes(redis):
    """A node takes up all its rooms with a few commands, and hears of each."""

    async def scenario():
        async with Ends(redis) as ends:
            end = await ends.start("one")
            names = [f"room:{number}" for number in range(2 * PORTION + 1)]
            await end.broker.subscribe(*names)
            counts = await asyncio.gather(*(end.broker.publish(name, b"x") for name in (names[0], names[-1])))
            assert counts == [1, 1]

    asyncio.run(scenario())
