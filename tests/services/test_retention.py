"""Rooms go when their time has come, whole and a part at a time; the clock is moved by hand."""

import pytest
from house import house, houses
from past_lessons import everything, played
from sample_rooms import SINGLE

from models import removal
from services.errors import NotFound
from services.retention import UNDO_MS

DAY_S = 24 * 60 * 60


@pytest.mark.gen_test
async def test_a_room_is_removed_after_its_days_and_not_before(tmp_path):
    """With every name and answer; its quiz stays."""
    async with house(tmp_path, retention_days=30) as here:
        teacher = await here.teacher()
        room = await played(here, teacher, "Ada", "Bo")
        here.clock.advance(30 * DAY_S - 60)
        await here.services.desk.retention.remove_due()
        assert (await here.services.desk.results.json(teacher, room["id"]))["participants"] != []
        here.clock.advance(120)
        await here.services.desk.retention.remove_due()
        assert await everything(here) == ""
        with pytest.raises(NotFound):
            await here.services.desk.results.json(teacher, room["id"])
        assert (await here.services.desk.library.shelf(teacher))["all"] == 1


@pytest.mark.gen_test
async def test_a_large_room_goes_in_many_small_transactions(tmp_path, monkeypatch):
    """And whoever is stopped midway is followed by one who goes on."""
    monkeypatch.setattr(removal, "PART", 2)
    async with house(tmp_path, retention_days=1) as here:
        room = await played(here, await here.teacher(), "Ada", "Bo", "Cleo", "Dan", "Eve")
        here.clock.advance(2 * DAY_S)
        rested = here.clock.now_ms() - DAY_S * 1000
        assert not await here.services.db.write(removal.remove_part, room["id"], rested)
        left = await everything(here)
        assert sum(f"id of {name}" in left for name in ("Ada", "Bo", "Cleo", "Dan", "Eve")) == 3
        await here.services.desk.retention.remove_due()
        assert await everything(here) == ""


@pytest.mark.gen_test
async def test_rooms_that_are_used_stay(tmp_path):
    """A running one however old, and one that somebody joined lately; what nobody touched goes."""
    async with house(tmp_path, retention_days=30) as here:
        teacher = await here.teacher()
        left = await here.room(teacher, SINGLE)
        joined, moved = await here.room(teacher, SINGLE), await here.room(teacher, SINGLE, read_time_s=0)
        here.clock.advance(20 * DAY_S)
        await here.seat(joined["pin"], "Ada")
        await here.services.transitions.command(moved["id"], "room.start")
        here.clock.advance(20 * DAY_S)
        await here.services.desk.retention.remove_due()
        assert {room["id"] for room in await here.services.rooms.mine(teacher)} == {joined["id"], moved["id"]}
        assert left["id"] not in await everything(here)


@pytest.mark.gen_test
async def test_zero_days_keep_rooms_for_ever(tmp_path):
    """But a deleted one goes."""
    async with house(tmp_path, retention_days=0) as here:
        teacher = await here.teacher()
        room = await played(here, teacher, "Ada")
        here.clock.advance(5000 * DAY_S)
        await here.services.desk.retention.remove_due()
        assert "Ada" in await everything(here)
        await here.services.desk.past_rooms.delete(teacher, room["id"])
        here.clock.advance(UNDO_MS / 1000 + 1)
        await here.services.desk.retention.remove_due()
        assert await everything(here) == ""


@pytest.mark.gen_test
async def test_the_pin_of_a_deleted_room_rests_all_the_same(tmp_path):
    """Its row stays for a day, with nothing in it."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await played(here, teacher, "Ada")
        await here.services.desk.past_rooms.delete(teacher, room["id"])
        here.clock.advance(UNDO_MS / 1000 + 1)
        await here.services.desk.retention.remove_due()
        left = await everything(here)
        assert room["pin"] in left
        assert "Ada" not in left
        assert "Test" not in left
        here.clock.advance(DAY_S)
        await here.services.desk.retention.remove_due()
        assert await everything(here) == ""


@pytest.mark.gen_test
async def test_one_node_removes_for_all_and_the_others_forget(tmp_path):
    """The job is leased; a node that held the room lets go of it, and closes who still looked."""
    async with houses(tmp_path, retention_days=30) as (first, second):
        teacher = await first.teacher()
        room = await first.room(teacher, SINGLE)
        _, connection = await second.seat(room["pin"], "Ada")
        first.clock.advance(31 * DAY_S)
        jobs = [
            node.services.leases.leased("remove", 600, node.services.desk.retention.remove_due)
            for node in (first, second)
        ]
        for job in jobs:
            await job()
        assert second.services.live.held(room["id"]) is None
        assert connection.transport.closed == 4503
        assert await everything(first) == ""
