"""Specification of realtime/broker_memory.py, and so of the contract in realtime/broker.py."""

import asyncio

from realtime.broker_memory import MemoryBroker, MemoryBus


class End:
    """A started broker and what it received."""

    def __init__(self, bus):
        self.broker = MemoryBroker(bus)
        self.received = []
        self.broker.set_receiver(lambda topic, payload: self.received.append((topic, payload)))


async def started(count):
    bus = MemoryBus()
    ends = [End(bus) for _ in range(count)]
    for end in ends:
        await end.broker.start()
    return ends


async def turn():
    await asyncio.sleep(0)


def test_subscribers_receive_and_are_counted():
    """Those of other nodes and the publisher's own alike, and only what they asked for."""

    async def scenario():
        one, two, three = await started(3)
        await one.broker.subscribe("t")
        await two.broker.subscribe("t")
        await three.broker.subscribe("other")
        assert await one.broker.publish("t", b"x") == 2
        assert await one.broker.publish("nobody", b"x") == 0
        await turn()
        assert one.received == two.received == [("t", b"x")]
        assert three.received == []

    asyncio.run(scenario())


def test_delivery_is_on_a_later_turn_and_in_order():
    """As with a broker on the network: publish returns before anyone has received."""

    async def scenario():
        (end,) = await started(1)
        await end.broker.subscribe("t")
        for number in range(5):
            await end.broker.publish("t", b"%d" % number)
        assert end.received == []
        await turn()
        assert [payload for _, payload in end.received] == [b"0", b"1", b"2", b"3", b"4"]

    asyncio.run(scenario())


def test_unsubscribed_and_stopped_brokers_receive_nothing():
    """Not even what was under way when they stopped; the bus keeps nothing of them."""

    async def scenario():
        one, two = await started(2)
        await one.broker.subscribe("t")
        await two.broker.subscribe("t")
        await one.broker.unsubscribe("t")
        await one.broker.unsubscribe("t")
        assert await one.broker.publish("t", b"x") == 1
        await two.broker.stop()
        await two.broker.stop()
        await turn()
        assert one.received == two.received == []
        assert await one.broker.publish("t", b"x") == 0

    asyncio.run(scenario())


def test_a_failing_receiver_gets_the_next_message(caplog):
    """One message that cannot be handled is one message lost."""

    async def scenario():
        (end,) = await started(1)
        seen = []

        def receive(topic, payload):
            seen.append(payload)
            if payload == b"bad":
                raise RuntimeError("boom")

        end.broker.set_receiver(receive)
        await end.broker.subscribe("t")
        await end.broker.publish("t", b"bad")
        await end.broker.publish("t", b"good")
        await turn()
        assert seen == [b"bad", b"good"]

    asyncio.run(scenario())
    assert [record.topic for record in caplog.records] == ["t"]
