"""Rooms that move on by themselves: everyone has answered, or time is up; and after the node was killed."""

import json
import time

import pytest
from house import house
from sample_rooms import SINGLE

from clock import ManualClock
from game.phases import Phase


def events_of(connection):
    """The names of what a connection was sent."""
    return [json.loads(text).get("method") for text in connection.transport.sent]


async def settle(here):
    """Lets the moves that were begun come to their end."""
    await here.services.deadlines.settle()


async def half_answered(here):
    """A room with an open round: Ada has answered, Bo has not. Returns (live room, Bo, Bo's connection)."""
    room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
    ada, _ = await here.seat(room["pin"], "Ada")
    bo, connection = await here.seat(room["pin"], "Bo")
    await here.services.transitions.command(room["id"], "room.start")
    await here.answer(room["pin"], ada, 1, {"choices": [0]})
    await settle(here)
    live = await here.services.live.hold(room["id"])
    assert live.room.phase is Phase.OPEN
    return live, bo, connection


@pytest.mark.gen_test
async def test_a_round_closes_when_all_who_are_here_have_answered(tmp_path):
    """The last answer closes the round."""
    async with house(tmp_path) as here:
        live, bo, _ = await half_answered(here)
        await here.answer(live.room.pin, bo, 1, {"choices": [1]})
        await settle(here)
        assert live.room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_who_lost_the_network_is_waited_for_fifteen_seconds(tmp_path):
    """A socket that closes does not close the round; being gone for 15 s does."""
    async with house(tmp_path) as here:
        live, _, connection = await half_answered(here)
        here.services.hub.unregister(connection)
        here.services.deadlines.judge_all()
        await settle(here)
        assert live.room.phase is Phase.OPEN
        here.clock.advance(16)
        here.services.deadlines.judge_all()
        await settle(here)
        assert live.room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_a_kicked_participant_is_not_waited_for(tmp_path):
    """Kicking the last one missing closes the round."""
    async with house(tmp_path) as here:
        live, bo, _ = await half_answered(here)
        await here.services.participants.remove(live.room.id, bo.id, ban=False)
        await settle(here)
        assert live.room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_an_empty_room_waits_for_its_time(tmp_path):
    """Nobody present is not everybody answered."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        await here.services.transitions.command(room["id"], "room.start")
        here.services.deadlines.judge_all()
        await settle(here)
        assert (await here.services.live.hold(room["id"])).room.phase is Phase.OPEN


@pytest.mark.gen_test
async def test_a_room_goes_on_after_the_node_was_down_and_gets_the_time_back(tmp_path):
    """The downtime is added to the open round, everyone is told, and the answer given before still counts."""
    clock = ManualClock(1_700_000_000_000)
    async with house(tmp_path, clock) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, read_time_s=0)
        ada, _ = await here.seat(room["pin"], "Ada")
        await here.seat(room["pin"], "Bo")
        await here.services.transitions.command(room["id"], "room.start")
        receipt = await here.answer(room["pin"], ada, 1, {"choices": [1]})
        await here.services.recovery.beat()
    clock.advance(12)
    async with house(tmp_path, clock) as here:
        assert await here.services.recovery.recover() == 1
        live = await here.services.live.hold(room["id"])
        assert live.room.closes_at == 1_700_000_000_000 + 20_000 + 12_000
        assert live.log[-1].name == "round.extended"
        assert await here.answer(room["pin"], ada, 1, {"choices": [0]}) == receipt
        clock.advance(22)
        await here.services.deadlines.scan()
        results = await here.services.desk.results.json(teacher, room["id"])
        assert [person["correct"] for person in results["participants"]] == [1, 0]


@pytest.mark.gen_test
async def test_at_most_a_minute_is_given_back(tmp_path):
    """A laptop that slept over night does not keep a round open for a day."""
    clock = ManualClock(1_700_000_000_000)
    async with house(tmp_path, clock) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        await here.services.transitions.command(room["id"], "room.start")
        await here.services.recovery.beat()
    clock.advance(8 * 3600)
    async with house(tmp_path, clock) as here:
        await here.services.recovery.recover()
        assert (await here.services.live.hold(room["id"])).room.closes_at == 1_700_000_000_000 + 80_000
        await here.services.deadlines.scan()
        assert (await here.services.live.hold(room["id"])).room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_rounds_open_before_the_node_lived_are_not_judged_too_early(tmp_path):
    """After a restart phones get 15 s to come back before "all have answered" is believed."""
    clock = ManualClock(1_700_000_000_000)
    async with house(tmp_path, clock) as here:
        room = await here.room(await here.teacher(), SINGLE | {"time_limit_s": None}, read_time_s=0)
        ada = await here.services.participants.join(room["pin"], "Ada")
        await here.services.participants.join(room["pin"], "Bo")
        await here.services.transitions.command(room["id"], "room.start")
    clock.advance(2)
    async with house(tmp_path, clock) as here:
        identity = await here.services.accounts.authenticate(ada["token"])
        connection = here.connect(identity)
        await here.services.subscriptions.subscribe(connection, identity, room["pin"], None, None)
        await here.answer(room["pin"], identity, 1, {"choices": [1]})
        await settle(here)
        assert (await here.services.live.hold(room["id"])).room.phase is Phase.OPEN
        clock.advance(15)
        here.services.deadlines.judge_all()
        await settle(here)
        assert (await here.services.live.hold(room["id"])).room.phase is Phase.REVEAL
        assert "round.closed" in events_of(connection)
        assert "answer.graded" in events_of(connection)


@pytest.mark.gen_test
async def test_after_a_failed_commit_the_queues_get_two_seconds(tmp_path):
    """Answers that could not be written are let in before the round is closed over them."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        await here.services.transitions.command(room["id"], "room.start")
        here.clock.advance(30)
        here.services.db.failed_at = time.monotonic()
        await here.services.deadlines.scan()
        live = await here.services.live.hold(room["id"])
        assert live.room.phase is Phase.OPEN
        here.services.db.failed_at -= 2
        await here.services.deadlines.scan()
        assert live.room.phase is Phase.REVEAL
