"""Personal events: what other systems publish, and what a node tells the others."""

import asyncio
import json

import pytest
from recording import RecordingTransport

from clock import ManualClock
from prove.redis_process import RedisProcess
from realtime.broker_redis import RedisBroker
from realtime.connection import Connection
from realtime.hub import Hub
from realtime.node import Node
from services.user_events import UserEvents

NOW = 1_700_000_000_000
WITHIN_S = 15


@pytest.fixture
def redis():
    process = RedisProcess().start()
    yield process
    process.stop()


class Place:
    """A node with connections that record; `outcomes` is what became of each message of another system."""

    def __init__(self, name, redis):
        self.name = name
        self.clock = ManualClock(NOW)
        self.hub = Hub(4, self.clock)
        self.node = Node(name, self.hub, RedisBroker(redis.url, name))
        self.outcomes = []
        self.events = UserEvents(self.node, self.clock, self.outcomes.append)
        self.happened = asyncio.Event()
        self.node.on("user_noti:", lambda topic, payload: self.happened.set())

    async def __aenter__(self):
        await self.node.start()
        self.events.start()
        return self

    async def __aexit__(self, *_):
        await self.events.stop()
        await self.node.stop()

    def connect(self, user_id, role="teacher"):
        transport = RecordingTransport()
        name = f"{self.name}-{user_id}-{len(self.hub)}"
        self.hub.register(Connection(name, user_id, role, {}, transport, self.clock))
        return transport

    async def followed(self, *topics, nodes):
        """Until Redis would send them to so many nodes each."""
        async with asyncio.timeout(WITHIN_S):
            while [n for _, n in await self.node.broker._client.pubsub_numsub(*topics)] != [nodes] * len(topics):
                await asyncio.sleep(0)

    async def publish(self, topic, message):
        """As any back end would; it has come round when this returns."""
        self.happened.clear()
        await self.node.broker._client.publish(topic, message)
        async with asyncio.timeout(WITHIN_S):
            await self.happened.wait()


def events_of(transport):
    return [json.loads(text) for text in transport.sent]


def test_what_another_system_publishes_reaches_its_user_alone(redis):
    """As an event with the node's time; the projector that has the host's id is not told."""

    async def scenario():
        async with Place("here", redis) as here:
            first, second = here.connect("ada"), here.connect("ada")
            screen, other = here.connect("ada", "screen"), here.connect("bo")
            await here.followed("user_noti:ada", "user_noti:bo", nodes=1)
            await here.publish("user_noti:ada", '{"type": "message", "payload": {"title": "Hé"}, "more": 1}')
            params = {"type": "message", "payload": {"title": "Hé"}, "timestamp": NOW}
            assert events_of(first) == [{"jsonrpc": "2.0", "method": "notification.new", "params": params}]
            assert second.sent == first.sent
            assert (screen.sent, other.sent, here.outcomes) == ([], [], [""])

    asyncio.run(scenario())


LONG = json.dumps({"type": "t", "payload": {"text": "x" * 20_000}})
BAD = {
    "not json": "not_json",
    b"\xff\xfe": "not_json",
    '{"type": "t", "payload": ' + '{"a":' * 3000: "not_json",
    "": "not_json",
    "[]": "wrong_shape",
    '{"payload": {}}': "wrong_shape",
    '{"type": "", "payload": {}}': "wrong_shape",
    json.dumps({"type": "t" * 101, "payload": {}}): "wrong_shape",
    '{"type": "a\\u0000b", "payload": {}}': "wrong_shape",
    '{"type": 7, "payload": {}}': "wrong_shape",
    '{"type": "t"}': "wrong_shape",
    '{"type": "t", "payload": [1]}': "wrong_shape",
    '{"type": "t", "payload": "text"}': "wrong_shape",
    LONG: "too_large",
}


def test_what_is_wrong_is_counted_and_disturbs_nobody(redis, caplog):
    """Said once at first, not once each; the next good one comes."""

    async def scenario():
        async with Place("here", redis) as here:
            ada = here.connect("ada")
            await here.followed("user_noti:ada", nodes=1)
            for message in BAD:
                await here.publish("user_noti:ada", message)
            assert here.outcomes == list(BAD.values())
            assert ada.sent == []
            (said,) = [record.getMessage() for record in caplog.records]
            assert said == "bad notifications: 1 not_json, last for 'ada'"
            await here.publish("user_noti:ada", '{"type": "t", "payload": {}}')
            assert len(ada.sent) == 1
        # What had not been said yet is said at the end.
        said = sum(int(record.getMessage().split()[2]) for record in caplog.records)
        assert said == len(BAD)
        assert "Traceback" not in caplog.text

    asyncio.run(scenario())


def test_a_node_tells_all_of_them_once(redis):
    """Those here and those on the other node."""

    async def scenario():
        async with Place("here", redis) as here, Place("there", redis) as there:
            sockets = [here.connect("ada"), there.connect("ada"), there.connect("ada")]
            screen, other = there.connect("ada", "screen"), there.connect("bo")
            await here.followed("user_noti:ada", nodes=2)
            await here.events.tell([("ada", '{"method":"x"}')], ephemeral=False)
            async with asyncio.timeout(WITHIN_S):
                await here.happened.wait()
                await there.happened.wait()
            assert [socket.sent for socket in sockets] == [['{"method":"x"}']] * 3
            assert (screen.sent, other.sent, here.outcomes, there.outcomes) == ([], [], [], [])

    asyncio.run(scenario())


def test_without_redis_those_here_are_told(redis):
    """A line that is down costs the other nodes' people the live event, and nobody else anything."""

    async def scenario():
        async with Place("here", redis) as here:
            ada = here.connect("ada")
            redis.kill()
            async with asyncio.timeout(WITHIN_S):
                while here.node.broker.is_up:
                    await asyncio.sleep(0)
            await here.events.tell([("ada", "x"), ("bo", "y")], ephemeral=True)
            assert ada.sent == ["x"]

    asyncio.run(scenario())
