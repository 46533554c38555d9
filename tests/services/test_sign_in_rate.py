"""Sign-ins over two nodes with a real Redis: exact to the one while it answers, each node's own while it does not."""

import pytest
from limits.aio.storage import RedisStorage

from prove.redis_process import RedisProcess
from realtime.counts_redis import RedisCounts, counts_pool
from services import sign_in_rate
from services.errors import RateLimited
from services.sign_in_rate import SignInRate

WHO = ("192.0.2.1", "ada@school.example")


@pytest.fixture
def redis():
    process = RedisProcess().start()
    yield process
    process.stop()


class Node:
    def __init__(self, redis):
        pool = counts_pool(redis.url)
        self.counts = RedisCounts(pool)
        storage = RedisStorage(redis.url, implementation="redispy", connection_pool=pool)
        self.rate = SignInRate("6/5minutes;100/hour", self.counts, storage)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.counts.stop()


async def tries(*nodes):
    """How many get through, one node after the other."""
    through = 0
    for number in range(20):
        try:
            await nodes[number % len(nodes)].rate.take(*WHO)
        except RateLimited:
            continue
        through += 1
    return through


@pytest.mark.gen_test(timeout=60)
async def test_it_is_one_budget_whichever_node_is_asked(redis, monkeypatch):
    """Exactly six, and what is left is true on both."""
    # On a machine that has much else to do Redis may answer too late for a sign-in; here it is to be asked.
    monkeypatch.setattr(sign_in_rate, "ANSWER_WITHIN_S", 10.0)
    async with Node(redis) as a, Node(redis) as b:
        await a.rate.take(*WHO)  # the connections are made, the scripts are loaded
        await b.rate.take(*WHO)
        assert (await a.rate.take(*WHO)).remaining == 3
        assert (await b.rate.take(*WHO)).remaining == 2
        assert await tries(a, b) == 2
        with pytest.raises(RateLimited) as refused:
            await a.rate.take(*WHO)
        assert 0 < refused.value.details["retry_after_ms"] <= 300_000
        assert refused.value.details["limit"] == 6


@pytest.mark.gen_test(timeout=60)
@pytest.mark.parametrize("how", ["kill", "freeze"])
async def test_without_redis_each_node_keeps_the_rate_for_itself(redis, how):
    """Nobody who knows the password is kept out because of it, and nobody may try for ever."""
    async with Node(redis) as a, Node(redis) as b:
        getattr(redis, how)()
        assert await tries(a, b) == 12
