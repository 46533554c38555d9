"""A node asks all others: who is there answers, who is not is left out."""

import asyncio

import pytest
from house import houses

from prove.redis_process import RedisProcess
from services import inquiries


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The machine may have much else to do."""
    monkeypatch.setattr(inquiries, "ANSWER_WITHIN_S", 10.0)


@pytest.mark.gen_test
async def test_all_other_nodes_answer_and_the_asking_one_does_not(tmp_path):
    async with houses(tmp_path, count=3) as nodes:
        for node in nodes:
            node.services.inquiries.tell("name", lambda about, node=node: [node.services.node.id, about])
        found = await nodes[0].services.inquiries.ask("name", "x")
        assert found == {"node-2": ["node-2", "x"], "node-3": ["node-3", "x"]}


@pytest.mark.gen_test
async def test_answers_to_several_questions_at_once_are_not_mixed_up(tmp_path):
    async with houses(tmp_path) as (here, there):
        there.services.inquiries.tell("double", lambda about: 2 * int(about))
        found = await asyncio.gather(*(here.services.inquiries.ask("double", str(n)) for n in range(50)))
        assert found == [{"node-2": 2 * n} for n in range(50)]


@pytest.mark.gen_test
async def test_whoever_does_not_answer_in_time_is_left_out(tmp_path, monkeypatch):
    """It knows no such question: a node of an older release, or one that is busy."""
    monkeypatch.setattr(inquiries, "ANSWER_WITHIN_S", 0.05)
    async with houses(tmp_path, count=3) as nodes:
        nodes[1].services.inquiries.tell("new", lambda about: 1)
        assert await nodes[0].services.inquiries.ask("new") == {"node-2": 1}


@pytest.mark.gen_test
async def test_a_node_alone_asks_nobody(tmp_path):
    async with houses(tmp_path, count=1) as (here,):
        assert await here.services.inquiries.ask("name") == {}


@pytest.mark.gen_test
async def test_without_redis_nobody_is_asked(tmp_path):
    """At once: a page must not wait for a line that is down."""
    redis = RedisProcess().start()
    try:
        async with houses(tmp_path, redis_url=redis.url, jwt_secret_key="x" * 32) as (here, there):
            there.services.inquiries.tell("name", lambda about: about)
            assert await here.services.inquiries.ask("name", "x") == {"node-2": "x"}
            redis.kill()
            async with asyncio.timeout(30):
                while here.services.node.broker.is_up:
                    await asyncio.sleep(0.01)
            assert await here.services.inquiries.ask("name", "x") == {}
    finally:
        redis.stop()
