"""What happens to a room while it is being read from the database is lost by nobody."""

import pytest
from house import house
from sample_rooms import SINGLE

from services.live_room import load_live_room
from services.tail import load_tail


def meanwhile(here, happen, times=1):
    """Lets something happen between a read of a room in the database and its coming back, so many times."""
    real, left = here.services.db.read, [happen] * times

    async def read(run, *args):
        found = await real(run, *args)
        if run in (load_live_room, load_tail) and left:
            await left.pop()()
        return found

    here.services.db.read = read
    return left


async def room_of(here):
    """A room of two rounds, and Ada in it."""
    room = await here.room(
        await here.teacher(), SINGLE, SINGLE, read_time_s=0, close_when_all_answered=False, late_join=True
    )
    ada, _ = await here.seat(room["pin"], "Ada")
    return room, ada


async def move_elsewhere(here, room, name):
    """As another node would: this one's memory hears nothing of it."""
    told, here.services.transitions._on_made = here.services.transitions._on_made, lambda made: None
    await here.services.transitions.command(room["id"], name)
    here.services.transitions._on_made = told


@pytest.mark.gen_test
async def test_who_comes_or_answers_while_a_held_room_catches_up_is_not_forgotten(tmp_path):
    """A regression: the state that had been read a moment before replaced the seat and the answer."""
    async with house(tmp_path) as here:
        room, ada = await room_of(here)
        live = await here.services.live.hold(room["id"])
        await move_elsewhere(here, room, "room.start")

        async def happen():
            await here.seat(room["pin"], "Bo")
            await here.answer(room["pin"], ada, 1, {"choices": [1]})

        left = meanwhile(here, happen)
        await here.services.catch_up.room(room["id"])
        assert not left
        assert (live.room.seq, list(live.seats.values())) == (1, ["Ada", "Bo"])
        assert live.answered[ada.id].answer == {"choices": [1]}


@pytest.mark.gen_test
async def test_who_is_removed_while_a_held_room_catches_up_does_not_come_back(tmp_path):
    """Their seat was in what had been read."""
    async with house(tmp_path) as here:
        room, ada = await room_of(here)
        live = await here.services.live.hold(room["id"])
        await move_elsewhere(here, room, "room.start")
        left = meanwhile(here, lambda: here.services.participants.remove(room["id"], ada.id, ban=False))
        await here.services.catch_up.room(room["id"])
        assert not left
        assert (live.room.seq, live.seats) == (1, {})


@pytest.mark.gen_test
async def test_a_room_that_moves_while_it_is_loaded_is_read_again(tmp_path):
    """Its node begins with what is true then."""
    async with house(tmp_path) as here:
        room, _ = await room_of(here)
    async with house(tmp_path) as here:
        left = meanwhile(here, lambda: here.services.transitions.command(room["id"], "room.start"))
        live = await here.services.live.by_pin(room["pin"])
        assert not left
        assert (live.room.seq, len(live.log)) == (1, 1)


@pytest.mark.gen_test
async def test_people_who_come_without_a_pause_do_not_keep_a_room_from_loading(tmp_path):
    """One read is enough, and all who came are in it."""
    async with house(tmp_path) as here:
        room, _ = await room_of(here)
    async with house(tmp_path) as here:

        async def happen():
            here.services.live.joined(room["id"], "p1", "Bo")

        left = meanwhile(here, happen, times=3)
        live = await here.services.live.by_pin(room["pin"])
        assert len(left) == 2
        assert list(live.seats.values()) == ["Ada", "Bo"]
