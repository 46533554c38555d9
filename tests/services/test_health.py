"""Specification of services/health.py and services/draining.py."""

import asyncio

from house import house


def scenario(folder, play):
    async def run():
        async with house(folder) as here:
            await play(here)

    asyncio.run(run())


def test_a_message_to_itself_comes_back_and_leaves_nothing_behind(tmp_path):
    async def play(here):
        health = here.services.health
        for check in (await health.round_trip(), await health.database(), await health.storage()):
            assert check["status"] == "healthy"
            assert check["ping_ms"] >= 0
        assert await health.redis() == {"status": "disabled", "ping_ms": None}
        assert health._awaited == {}

    scenario(tmp_path, play)


def test_draining_tells_everyone_and_closes_with_4000(tmp_path):
    """The more there are, the longer they take to come back, within bounds."""

    async def play(here):
        teacher = await here.teacher()
        room = await here.room(teacher, {"kind": "info", "prompt": "Hi"})
        connections = [(await here.seat(room["pin"], f"P{number}"))[1] for number in range(600)]
        assert not here.services.health.is_draining
        await here.services.draining.drain()
        assert here.services.health.is_draining
        for connection in connections:
            told = connection.transport.sent[-1]
            assert '"method":"node.draining"' in told
            assert '"reconnect_within_ms":600' in told
            assert connection.transport.closed == 4000

    scenario(tmp_path, play)
