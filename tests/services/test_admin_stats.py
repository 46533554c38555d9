"""What an admin sees of a node: it moves with what happens, and costs the network nothing while nobody looks."""

import json
import time

import pytest
from house import house
from sample_rooms import SINGLE

from services.admin_stats import POINTS_KEPT, ROOMS_MOST

STATS = {"at", "node", "nodes", "totals", "p99_ms", "shards", "rooms", "rooms_total", "alerts", "point"}
POINT = {"at", "connections", "events_per_s", "answers_per_s", "delivery_p99_ms", "loop_lag_ms"}


def told(connection):
    """The params of each `admin.stats` that the connection was sent."""
    messages = [json.loads(text) for text in connection.transport.sent]
    return [message["params"] for message in messages if message["method"] == "admin.stats"]


async def second(here):
    """Lets a second go by."""
    here.clock.advance(1)
    await here.services.admin_stats.tick()


@pytest.mark.gen_test
async def test_the_numbers_move_with_a_room(tmp_path):
    """Connections, participants, answers and events, of the node, its shards and the room."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        watching = here.connect(await here.admin())
        reply = await here.services.admin_stats.subscribe(watching)
        assert reply["stats"]["totals"]["participants"] == 0
        room = await here.room(teacher, SINGLE, SINGLE, read_time_s=0, close_when_all_answered=False)
        seats = [await here.seat(room["pin"], f"P{number}") for number in range(5)]
        await here.services.transitions.command(room["id"], "room.start")
        await second(here)
        for who, _ in seats[:3]:
            await here.answer(room["pin"], who, 1, {"choices": [1]}, who.id)
        await second(here)
        before, after = told(watching)
        assert (before["totals"]["events_per_s"], before["totals"]["answers_per_s"]) == (5, 0)
        assert after["totals"]["answers_per_s"] == after["point"]["answers_per_s"] == 3
        assert (after["totals"]["connections"], after["totals"]["users"]) == (6, 6)
        assert (after["totals"]["rooms"], after["totals"]["participants"]) == (1, 5)
        assert sum(shard["connections"] for shard in after["shards"]) == 6
        assert after["p99_ms"]["receipt"] is not None
        assert after["p99_ms"]["commit"] is not None
        (line,) = after["rooms"]
        assert (line["pin"], line["host"], line["phase"], line["round"]) == (room["pin"], "Teacher", "OPEN", 1)
        assert (line["participants"], line["connected"], line["answered"]) == (5, 5, 3)
        assert line["lag_ms"] == 0  # the clock stands still while the room is moved
        assert after["p99_ms"]["delivery"] is not None


@pytest.mark.gen_test
async def test_the_shapes_are_those_that_the_page_is_built_on(tmp_path):
    """Each field, in the reply, in the event and in the points."""
    async with house(tmp_path) as here:
        watching = here.connect(await here.admin())
        reply = await here.services.admin_stats.subscribe(watching)
        await second(here)
        (event,) = told(watching)
        assert set(reply) == {"server_time", "history", "stats"}
        assert set(reply["stats"]) == set(event) == STATS
        assert [set(point) for point in reply["history"]] == [POINT]
        assert event["point"] == here.services.admin_stats.history[-1]
        assert event["nodes"][0] | {"loop_lag_ms": 0} == {
            "node": "node-1",
            "started_at": here.services.started_at,
            "uptime_seconds": 1,
            "connections": 1,
            "rooms": 0,
            "loop_lag_ms": 0,
            "is_ready": True,
        }


@pytest.mark.gen_test
async def test_nothing_is_sent_when_nobody_watches(tmp_path):
    """But the points are there for whoever comes: ten minutes of them, and no more."""
    async with house(tmp_path) as here:
        idle = here.connect(await here.admin())
        for _ in range(POINTS_KEPT + 5):
            await second(here)
        assert idle.transport.sent == []
        assert sum(shard["sent"] for shard in here.services.hub.stats().values()) == 0
        history = (await here.services.admin_stats.subscribe(idle))["history"]
        assert len(history) == POINTS_KEPT
        assert history[-1]["at"] - history[0]["at"] == (POINTS_KEPT - 1) * 1000


@pytest.mark.gen_test
async def test_who_signs_out_watches_no_longer(tmp_path):
    """The socket is closed with the sign-in, and nothing more is sent to it."""
    async with house(tmp_path) as here:
        admin = await here.admin()
        watching = here.connect(admin)
        await here.services.admin_stats.subscribe(watching)
        await here.services.accounts.logout(admin)
        await second(here)
        assert (watching.transport.closed, told(watching)) == (4500, [])


@pytest.mark.gen_test
async def test_only_the_largest_rooms_are_listed(tmp_path, monkeypatch):
    """And the count says how many there are."""
    monkeypatch.setattr("services.admin_stats.ROOMS_MOST", 2)
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        for seats in (1, 3, 2):
            room = await here.room(teacher, SINGLE)
            for number in range(seats):
                await here.services.participants.join(room["pin"], f"P{number}")
        stats = (await here.services.admin_stats.overview())["stats"]
        assert [line["participants"] for line in stats["rooms"]] == [3, 2]
        assert stats["rooms_total"] == 3
        assert ROOMS_MOST == 200


@pytest.mark.gen_test
async def test_an_alert_is_shown_while_it_stands(tmp_path):
    """With what was measured last and the bound it passed."""
    async with house(tmp_path) as here:
        here.services.loop_lag.note(0.8)
        here.clock.advance(5)
        here.services.alert_watch.look()
        stats = (await here.services.admin_stats.overview())["stats"]
        (alert,) = stats["alerts"]
        assert (alert["name"], alert["severity"], alert["value"]) == ("loop_blocked", "critical", 0.8)
        assert (alert["since"], alert["threshold"]) == (here.clock.now_ms(), 0.5)
        assert alert["message"].endswith(".")
        assert stats["point"]["loop_lag_ms"] == 800
        for _ in range(3):
            here.clock.advance(5)
            here.services.alert_watch.look()
        assert (await here.services.admin_stats.stats())["alerts"] == []


@pytest.mark.gen_test
async def test_a_silent_admin_who_watches_is_not_swept(tmp_path):
    """A page on a wall says nothing for hours."""
    async with house(tmp_path) as here:
        watching = here.connect(await here.admin())
        is_exempt = here.services.subscriptions.is_exempt_from_sweep
        assert not is_exempt(watching)
        await here.services.admin_stats.subscribe(watching)
        assert is_exempt(watching)


@pytest.mark.gen_test
async def test_a_node_that_could_not_commit_is_not_ready(tmp_path):
    """For ten seconds after the last failure."""
    async with house(tmp_path) as here:
        here.services.db.failed_at = time.monotonic()
        assert not (await here.services.admin_stats.overview())["stats"]["nodes"][0]["is_ready"]
        here.services.db.failed_at -= 11
        assert (await here.services.admin_stats.stats())["nodes"][0]["is_ready"]


@pytest.mark.gen_test
async def test_a_rooms_lag_is_that_of_its_last_event(tmp_path):
    """None before there was one."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        await here.seat(room["pin"], "Ada")
        assert (await here.services.admin_stats.overview())["stats"]["rooms"][0]["lag_ms"] is None
        await here.services.transitions.command(room["id"], "room.start")
        await second(here)
        stats = await here.services.admin_stats.stats()
        assert stats["rooms"][0]["lag_ms"] == 0
        assert stats["p99_ms"]["delivery"] == stats["point"]["delivery_p99_ms"]
        assert stats["p99_ms"]["delivery"] is not None
        assert stats["totals"]["queue_bytes"] == 0
