"""Specification of realtime/broker_inbox.py."""

import asyncio

from realtime.broker_inbox import WAITING_MOST, Inbox


async def turns(count=60):
    for _ in range(count):
        await asyncio.sleep(0)


def test_nothing_is_handed_on_within_put_and_each_topic_keeps_its_order():
    async def scenario():
        inbox, seen = Inbox(), []
        inbox.receiver = lambda topic, payload: seen.append((topic, payload))
        for number in range(3):
            inbox.put("a", b"%d" % number)
        inbox.put("b", b"0")
        assert seen == []
        await turns()
        assert seen == [("a", b"0"), ("b", b"0"), ("a", b"1"), ("a", b"2")]

    asyncio.run(scenario())


def test_a_flood_of_one_topic_drops_its_oldest_and_says_so():
    """Memory stays bounded, and other topics do not wait for the flood to end."""

    async def scenario():
        inbox, seen = Inbox(), []
        inbox.receiver = lambda topic, payload: seen.append((topic, payload))
        fitted = [inbox.put("flood", b"%d" % number) for number in range(WAITING_MOST + 500)]
        inbox.put("quiet", b"x")
        assert fitted == [True] * WAITING_MOST + [False] * 500
        assert inbox.dropped == 500
        await turns()
        assert seen[:2] == [("flood", b"500"), ("quiet", b"x")]
        assert len(seen) == WAITING_MOST + 1

    asyncio.run(scenario())


def test_a_failing_receiver_gets_the_next_message(caplog):
    async def scenario():
        inbox, seen = Inbox(), []

        def receive(topic, payload):
            seen.append(payload)
            if payload == b"bad":
                raise RuntimeError("boom")

        inbox.receiver = receive
        inbox.put("t", b"bad")
        inbox.put("t", b"good")
        await turns()
        assert seen == [b"bad", b"good"]

    asyncio.run(scenario())
    assert [record.topic for record in caplog.records] == ["t"]


def test_what_is_cleared_is_never_handed_on():
    async def scenario():
        inbox, seen = Inbox(), []
        inbox.receiver = lambda topic, payload: seen.append(payload)
        inbox.put("t", b"x")
        inbox.clear()
        await turns()
        assert seen == []
        inbox.put("t", b"y")
        await turns()
        assert seen == [b"y"]

    asyncio.run(scenario())
