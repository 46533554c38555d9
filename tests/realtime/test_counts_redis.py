"""Counts over all nodes, against a real Redis that is killed and frozen: never waited for, and open when it is gone."""

import asyncio
import logging
import time

import pytest

from prove.redis_process import RedisProcess
from realtime.counts import Counts
from realtime.counts_redis import RedisCounts, counts_pool

WITHIN_S = 20


@pytest.fixture
def redis():
    process = RedisProcess().start()
    yield process
    process.stop()


class Nodes:
    """The counts of two nodes, and what the first said of Redis."""

    def __init__(self, redis):
        self.a, self.b = (RedisCounts(counts_pool(redis.url)) for _ in range(2))
        self.changes = []
        self.changed = asyncio.Event()
        self.a.on_change = self._change

    def _change(self, is_shared):
        self.changes.append(is_shared)
        self.changed.set()

    async def __aenter__(self):
        for counts in (self.a, self.b):
            await counts.start()
        return self

    async def __aexit__(self, *_):
        for counts in (self.a, self.b):
            await counts.stop()

    async def change(self):
        async with asyncio.timeout(WITHIN_S):
            await self.changed.wait()
        self.changed.clear()
        return self.changes[-1]


async def until(holds):
    """There is no event to wait on: what is waited for is a number in memory."""
    async with asyncio.timeout(WITHIN_S):
        while not holds():
            await asyncio.sleep(0.005)


def soon():
    return time.time() + 60


def test_alone_a_count_is_exact():
    """And forgotten after its time."""
    now = [100.0]
    counts = Counts(lambda: now[0])
    assert [counts.add("a", 160.0), counts.add("a", 160.0, 3), counts.add("b", 160.0)] == [1, 4, 1]
    assert (counts.get("a"), counts.get("c")) == (4, 0)
    now[0] = 161.0
    counts.add("c", 200.0)
    assert (counts.get("a"), len(counts)) == (0, 1)


@pytest.mark.gen_test(timeout=60)
async def test_each_node_learns_what_the_others_counted(redis):
    """Whatever the order; nothing is counted twice."""
    async with Nodes(redis) as nodes:
        for _ in range(10):
            nodes.a.add("room", soon())
            nodes.b.add("room", soon(), 2)
        assert (nodes.a.get("room"), nodes.b.get("room")) == (10, 20)
        # Each hears of the other when it has something to tell or wants to know.
        await until(lambda: nodes.a.add("room", soon(), 0) == nodes.b.add("room", soon(), 0) == 30)


@pytest.mark.gen_test(timeout=60)
async def test_a_node_that_only_asks_is_told(redis):
    """Of what another one knows: where a host is."""
    async with Nodes(redis) as nodes:
        nodes.a.add("home", soon())
        await until(lambda: nodes.b.add("home", soon(), 0) == 1)


@pytest.mark.gen_test(timeout=60)
async def test_many_keys_are_all_told(redis):
    """More than one round trip takes."""
    async with Nodes(redis) as nodes:
        for number in range(1000):
            nodes.a.add(f"address {number}", soon())
        await until(lambda: sum([nodes.b.add(f"address {number}", soon(), 0) for number in range(1000)]) == 1000)


@pytest.mark.gen_test(timeout=60)
async def test_a_dead_redis_is_said_once_and_its_return_once(redis, caplog):
    """Meanwhile each counts for itself; what it counted meanwhile the others learn from then on."""
    with caplog.at_level(logging.WARNING, logger="realtime.counts_redis"):
        async with Nodes(redis) as nodes:
            redis.kill()
            assert await nodes.change() is False
            assert not nodes.a.is_shared
            assert nodes.a.add("room", soon(), 5) == 5
            redis.start()
            assert await nodes.change() is True
            await until(lambda: nodes.b.add("room", soon(), 0) == 5)
            assert nodes.changes == [False, True]
    said = [record.getMessage() for record in caplog.records if "each node for itself" in record.getMessage()]
    again = [record.getMessage() for record in caplog.records if "over all nodes again" in record.getMessage()]
    # Both nodes are in this process.
    assert (len(said), len(again)) == (2, 2)


@pytest.mark.gen_test(timeout=60)
async def test_a_frozen_redis_is_noticed(redis):
    """It raises no error anywhere."""
    async with Nodes(redis) as nodes:
        redis.freeze()
        assert await nodes.change() is False
        redis.thaw()
        assert await nodes.change() is True


@pytest.mark.gen_test(timeout=60)
async def test_a_redis_that_forgot_everything_locks_nobody_out(redis):
    """Each node still knows its own part."""
    async with Nodes(redis) as nodes:
        nodes.a.add("room", soon(), 7)
        await until(lambda: nodes.b.add("room", soon(), 0) == 7)
        redis.command("FLUSHALL")
        nodes.b.add("room", soon(), 1)
        await until(lambda: nodes.b.get("room") == 1)
        nodes.a.add("room", soon(), 1)
        await until(lambda: nodes.a.get("room") == 8)
