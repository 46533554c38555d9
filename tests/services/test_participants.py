"""Seats: one for each device, one name each, and losing them."""

import asyncio
import json

import pytest
from house import house, houses
from sample_rooms import SINGLE

from services.errors import Banned, NameTaken, NotFound, RoomFull, RoomLocked, RoomOver, Unauthorized


@pytest.mark.gen_test
async def test_the_same_device_gets_the_same_seat(tmp_path):
    """A lost reply does no harm: joining again gives the seat, in a locked room too, whatever the name."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        first = await here.services.participants.join(room["pin"], "Ada", "device-1")
        await here.services.transitions.command(room["id"], "room.lock", locked=True)
        again = await here.services.participants.join(room["pin"], "Other", "device-1")
        assert again["participant"] == first["participant"]


@pytest.mark.gen_test
async def test_a_device_that_asks_two_nodes_at_once_gets_one_seat(tmp_path):
    """It did not wait for the first one's answer; on PostgreSQL it was told that its own name is taken."""
    async with houses(tmp_path) as nodes:
        room = await nodes[0].room(await nodes[0].teacher(), SINGLE)
        for number in range(20):
            wanted = (room["pin"], f"Ada {number}", f"device-{number}")
            seats = await asyncio.gather(*(node.services.participants.join(*wanted) for node in nodes))
            assert seats[0]["participant"] == seats[1]["participant"]


@pytest.mark.gen_test
async def test_a_name_is_taken_whatever_its_case(tmp_path):
    """Two of one name cannot be told apart on the projector."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        await here.services.participants.join(room["pin"], "Ada")
        with pytest.raises(NameTaken):
            await here.services.participants.join(room["pin"], "ADA")


@pytest.mark.gen_test
async def test_locked_full_over_and_unknown_rooms_say_so(tmp_path):
    """Each has its own error."""
    async with house(tmp_path, room_max_participants=1) as here:
        room = await here.room(await here.teacher(), SINGLE)
        with pytest.raises(NotFound):
            await here.services.participants.join("000000", "Ada")
        await here.services.participants.join(room["pin"], "Ada")
        with pytest.raises(RoomFull):
            await here.services.participants.join(room["pin"], "Bo")
        await here.services.transitions.command(room["id"], "room.lock", locked=True)
        with pytest.raises(RoomLocked):
            await here.services.participants.join(room["pin"], "Bo")
        await here.services.transitions.command(room["id"], "room.end")
        with pytest.raises(RoomOver):
            await here.services.participants.join(room["pin"], "Bo")


@pytest.mark.gen_test
async def test_joining_late_can_be_ruled_out(tmp_path):
    """late_join off closes the door when the first round begins."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, late_join=False)
        await here.services.participants.join(room["pin"], "Ada")
        await here.services.transitions.command(room["id"], "room.start")
        with pytest.raises(RoomLocked):
            await here.services.participants.join(room["pin"], "Bo")


@pytest.mark.gen_test
async def test_a_kick_tells_closes_and_frees_the_name(tmp_path):
    """The phone hears why before its socket closes 4502; without a ban it may come back to a new seat."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        seat = await here.services.participants.join(room["pin"], "Ada", "device-1")
        identity = await here.services.accounts.authenticate(seat["token"])
        connection = here.connect(identity)
        await here.services.subscriptions.subscribe(connection, identity, room["pin"], None, None)
        await here.services.participants.remove(room["id"], identity.id, ban=False)
        assert json.loads(connection.transport.sent[-1])["method"] == "participant.kicked"
        assert connection.transport.closed == 4502
        with pytest.raises(Unauthorized):
            await here.services.accounts.authenticate(seat["token"])
        back = await here.services.participants.join(room["pin"], "Ada", "device-1")
        assert back["participant"]["id"] != identity.id


@pytest.mark.gen_test
async def test_a_banned_device_stays_out(tmp_path):
    """Another name does not help."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        seat = await here.services.participants.join(room["pin"], "Ada", "device-1")
        await here.services.participants.remove(room["id"], seat["participant"]["id"], ban=True)
        with pytest.raises(Banned):
            await here.services.participants.join(room["pin"], "Bo", "device-1")
