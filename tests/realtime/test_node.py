"""Specification of realtime/node.py."""

import asyncio

from realtime.broker_memory import MemoryBroker, MemoryBus
from realtime.hub import Hub
from realtime.node import Node


class SlowBroker(MemoryBroker):
    """Takes a few turns for everything, counts, and refuses while `is_down`."""

    def __init__(self, bus):
        super().__init__(bus)
        self.calls = []
        self.is_down = False

    async def subscribe(self, *topics):
        await self._answer("subscribe", *topics)
        await super().subscribe(*topics)

    async def unsubscribe(self, *topics):
        await self._answer("unsubscribe", *topics)
        await super().unsubscribe(*topics)

    async def _answer(self, name, *topics):
        self.calls.append((name, *topics))
        for _ in range(3):
            await asyncio.sleep(0)
        if self.is_down:
            raise ConnectionError("down")


def make_node(clock, bus, name="n1"):
    node = Node(name, Hub(4, clock), SlowBroker(bus))
    node.received = []
    node.on("room:", lambda topic, payload: node.received.append((topic, payload)))
    return node


async def turns(count=20):
    for _ in range(count):
        await asyncio.sleep(0)


def subscriber(node, make_connection, topic):
    conn = make_connection()
    node.hub.register(conn)
    node.hub.subscribe(conn, topic)
    return conn


def test_a_node_hears_its_own_message_at_once(clock, make_connection):
    """Even when it is published in the turn of the first subscription."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        await node.start()
        subscriber(node, make_connection, "room:1")
        assert await node.publish("room:1", b"x") == 1
        await turns()
        assert node.received == [("room:1", b"x")]
        await node.stop()

    asyncio.run(scenario())


def test_messages_reach_the_nodes_that_have_subscribers(clock, make_connection):
    """And no others."""

    async def scenario():
        bus = MemoryBus()
        nodes = [make_node(clock, bus, name) for name in ("n1", "n2", "n3")]
        for node in nodes:
            await node.start()
        subscriber(nodes[0], make_connection, "room:1")
        subscriber(nodes[1], make_connection, "room:2")
        await turns()
        assert await nodes[2].publish("room:1", b"x") == 1
        await turns()
        assert [len(node.received) for node in nodes] == [1, 0, 0]
        for node in nodes:
            await node.stop()

    asyncio.run(scenario())


def test_callbacks_go_by_prefix(clock):
    """All that fit are called in the order of their coming; a failing one does not silence the next."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        seen = []
        node.on("room:1", lambda topic, payload: 1 / 0)
        node.on("room:1", lambda topic, payload: seen.append("one"))
        node.on("user:", lambda topic, payload: seen.append("user"))
        await node.start()
        await node.follow("room:1")
        await node.publish("room:1", b"x")
        await turns()
        assert (node.received, seen) == ([("room:1", b"x")], ["one"])
        await node.stop()

    asyncio.run(scenario())


def test_the_last_leaver_ends_the_subscription(clock, make_connection):
    """The broker carries nothing that nobody here hears."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        await node.start()
        conn = subscriber(node, make_connection, "room:1")
        await turns()
        node.hub.unregister(conn)
        await turns()
        assert node.broker.calls == [("subscribe", "room:1"), ("unsubscribe", "room:1")]
        assert await node.publish("room:1", b"x") == 0
        await node.stop()

    asyncio.run(scenario())


def test_wishes_that_change_while_the_broker_is_busy_end_as_wished(clock, make_connection):
    """Left and joined again within a subscription under way: joined."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        await node.start()
        conn = subscriber(node, make_connection, "room:1")
        await asyncio.sleep(0)
        node.hub.unsubscribe(conn, "room:1")
        await turns()
        assert await node.publish("room:1", b"x") == 0
        node.hub.subscribe(conn, "room:1")
        await asyncio.sleep(0)
        node.hub.unsubscribe(conn, "room:1")
        node.hub.subscribe(conn, "room:1")
        await turns()
        assert await node.publish("room:1", b"x") == 1
        await node.stop()

    asyncio.run(scenario())


def test_follow_and_subscribers_are_counted_together(clock, make_connection):
    """The topic is followed until the last who wanted it is gone."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        await node.start()
        conn = subscriber(node, make_connection, "room:1")
        await node.follow("room:1")
        node.hub.unregister(conn)
        await turns()
        assert await node.publish("room:1", b"x") == 1
        await node.unfollow("room:1")
        await node.unfollow("room:1")
        assert await node.publish("room:1", b"x") == 0
        await node.stop()

    asyncio.run(scenario())


def test_a_refused_subscription_is_tried_again(clock, caplog):
    """The wish outlives a broker that is down for a while."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        await node.start()
        node.broker.is_down = True
        await node.follow("room:1")
        assert caplog.records[0].topics == ["room:1"]
        node.broker.is_down = False
        assert await node.publish("room:1", b"x") == 1
        await node.stop()

    asyncio.run(scenario())


def test_what_was_wished_before_the_start_is_followed(clock, make_connection):
    """Also after a stop in between, which may come in the middle of a subscription."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        subscriber(node, make_connection, "room:1")
        await node.start()
        assert await node.publish("room:1", b"x") == 1
        subscriber(node, lambda: make_connection("u2"), "room:2")
        await asyncio.sleep(0)
        await node.stop()
        assert await node.publish("room:1", b"x") == 0
        await node.start()
        assert await node.publish("room:1", b"x") == await node.publish("room:2", b"x") == 1
        await node.stop()

    asyncio.run(scenario())


def test_many_topics_are_one_subscription(clock):
    """A node that restarts takes up hundreds of rooms; it does not ask for each of them."""

    async def scenario():
        node = make_node(clock, MemoryBus())
        await node.start()
        names = [f"room:{number}" for number in range(300)]
        await asyncio.gather(*(node.follow(name, f"{name}:more") for name in names))
        assert [call[0] for call in node.broker.calls] == ["subscribe"]
        assert sum(len(call) - 1 for call in node.broker.calls) == 600
        assert await node.publish("room:299:more", b"x") == 1
        await node.stop()

    asyncio.run(scenario())
