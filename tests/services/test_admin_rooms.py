"""A room's people, as an admin looks through them."""

import asyncio

import pytest
from house import house
from sample_rooms import SINGLE, TEXT

from services.admin_rooms import Wanted
from services.errors import NotFound


async def look(here, room, **wanted):
    return await here.services.administration.rooms.page(room["pin"], Wanted(**wanted))


def one(page, nickname):
    (found,) = [person for person in page["participants"] if person["nickname"] == nickname]
    return found


@pytest.mark.gen_test
async def test_a_connected_participant_who_has_answered(tmp_path):
    """Sockets, since when, round trip, and the receipt with what it took."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0, close_when_all_answered=False)
        await here.services.transitions.command(room["id"], "room.start")
        who, connection = await here.seat(room["pin"], "Ada")
        connection.ping()
        here.clock.advance(0.025)
        connection.on_pong((1).to_bytes(4))
        receipt = await here.answer(room["pin"], who, 1, {"choices": [1]}, "mine")
        page = await look(here, room)
        assert page["participants"] == [
            {
                "id": who.id,
                "nickname": "Ada",
                "state": "connected",
                "sockets": 1,
                "rtt_ms": 25,
                "connected_at": connection.opened_ms,
                "reconnects": 0,
                "missed": 0,
                "resumed": 0,
                "answered": True,
                "receipt": {"round": 1, "id": "mine", "received_at": receipt.received_at, "took_ms": 0},
                "queue_bytes": 0,
            }
        ]
        assert page["counts"] == {"connected": 1, "gone": 0, "removed": 0, "answered": 1}
        assert (page["room"]["seq"], page["room"]["epoch"]) == (1, room["epoch"])
        assert page["room"]["settings"].read_time_s == 0


@pytest.mark.gen_test
async def test_the_receipt_of_an_earlier_round_is_still_the_last(tmp_path):
    """But it is no answer to this one."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0, close_when_all_answered=False)
        await here.services.transitions.command(room["id"], "room.start")
        who, _ = await here.seat(room["pin"], "Ada")
        await here.answer(room["pin"], who, 1, {"choices": [1]}, "first")
        for name in ("round.close", "room.next"):
            await here.services.transitions.command(room["id"], name)
        ada = one(await look(here, room), "Ada")
        assert (ada["answered"], ada["receipt"]["round"], ada["receipt"]["id"]) == (False, 1, "first")


@pytest.mark.gen_test
async def test_what_an_answer_took_is_from_its_coming_to_its_commit(tmp_path):
    """The writer is held up for two seconds."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
        await here.services.transitions.command(room["id"], "room.start")
        who, _ = await here.seat(room["pin"], "Ada")
        answering = asyncio.ensure_future(here.answer(room["pin"], who, 1, {"choices": [1]}, "slow"))
        await asyncio.sleep(0)
        here.clock.advance(2)
        await answering
        assert one(await look(here, room), "Ada")["receipt"]["took_ms"] == 2000


@pytest.mark.gen_test
async def test_after_a_restart_the_receipt_is_known_and_its_time_is_not(tmp_path):
    """The database has the one, only the node that stored it knew the other."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
        await here.services.transitions.command(room["id"], "room.start")
        who, _ = await here.seat(room["pin"], "Ada")
        await here.answer(room["pin"], who, 1, {"choices": [1]}, "mine")
    async with house(tmp_path) as here:
        ada = one(await look(here, room), "Ada")
        assert (ada["state"], ada["connected_at"], ada["rtt_ms"]) == ("gone", None, None)
        assert (ada["receipt"]["id"], ada["receipt"]["took_ms"]) == ("mine", None)


@pytest.mark.gen_test
async def test_coming_back_is_counted_with_what_was_missed(tmp_path):
    """A resume that gets the log's tail, one that gets a snapshot, and a reload without memory."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, TEXT, read_time_s=0)
        who, first = await here.seat(room["pin"], "Ada")
        for name in ("room.start", "round.close", "room.standings"):
            await here.services.transitions.command(room["id"], name)
        here.services.hub.unregister(first)
        assert one(await look(here, room), "Ada")["state"] == "gone"
        subscribe = here.services.subscriptions.subscribe
        await subscribe(here.connect(who), who, room["pin"], 1, room["epoch"])
        await subscribe(here.connect(who), who, room["pin"], 2, "another epoch")
        await subscribe(here.connect(who), who, room["pin"], None, None)
        ada = one(await look(here, room), "Ada")
        assert (ada["state"], ada["sockets"], ada["reconnects"]) == ("connected", 3, 3)
        assert (ada["resumed"], ada["missed"]) == (2, 3)


@pytest.mark.gen_test
async def test_people_are_paged_by_nickname_and_filtered(tmp_path):
    """Everybody once, whatever the size of the page; the removed ones too."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        names = ["bo", "Ada", "Émile", "Zoe", "carl", "Dora", "eve"]
        seats = {name: await here.seat(room["pin"], name) for name in names}
        here.services.hub.unregister(seats["Zoe"][1])
        await here.services.participants.remove(room["id"], seats["bo"][0].id, ban=False)
        found, after = [], None
        while True:
            page = await look(here, room, limit=3, after=after)
            found += [person["nickname"] for person in page["participants"]]
            after = page["next"]
            if after is None:
                break
        assert found == ["Ada", "bo", "carl", "Dora", "eve", "Zoe", "Émile"]
        assert page["counts"] == {"connected": 5, "gone": 1, "removed": 1, "answered": 0}
        for state, expected in (("gone", ["Zoe"]), ("removed", ["bo"])):
            page = await look(here, room, state=state)
            assert [person["nickname"] for person in page["participants"]] == expected
        page = await look(here, room, letters="É")
        assert [person["nickname"] for person in page["participants"]] == ["Émile"]
        assert (await look(here, room, after="nobody"))["participants"] == []


@pytest.mark.gen_test
async def test_a_room_that_is_not_there(tmp_path):
    """Is not found."""
    async with house(tmp_path) as here:
        with pytest.raises(NotFound):
            await here.services.administration.rooms.page("999999", Wanted())
