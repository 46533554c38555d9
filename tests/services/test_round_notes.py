"""What only the owner sees of a round: key and notes in every phase, and who has not answered, at whatever node."""

import pytest
from house import house, houses
from sample_rooms import INFO, NUMBER, POLL, SINGLE, TEXT

from services import round_notes
from services.errors import Forbidden, NotFound

CALM = {"read_time_s": 5, "close_when_all_answered": False}
RIGHT = {"choices": [1]}


async def missing(node, teacher, room, number=1):
    return (await node.services.round_notes.of(teacher, room["id"], number))["missing"]


@pytest.mark.gen_test
async def test_key_and_notes_are_there_in_every_phase(tmp_path):
    """The key as round.closed tells it afterwards."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, TEXT, **CALM)
        for move in ("room.start", "room.next", "round.close", "room.standings", "room.end"):
            found = await here.services.round_notes.of(teacher, room["id"], 1)
            assert (found["key"], found["notes"]) == ({"text": "Paris"}, "Not Lyon.")
            await here.services.transitions.command(room["id"], move)
        live = await here.services.live.hold(room["id"])
        assert found["key"] == live.last("round.closed")["key"]


@pytest.mark.gen_test
async def test_each_kind_has_the_key_of_its_reveal(tmp_path):
    """None where nothing is right; nobody is missing on a slide."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, NUMBER, POLL, INFO, **CALM)
        await here.seat(room["pin"], "Mia")
        found = [await here.services.round_notes.of(teacher, room["id"], number) for number in (1, 2, 3, 4)]
        number_key = {"number": 3.14, "accepted": [{"value": 3.14, "tolerance": 0.01}]}
        assert [each["key"] for each in found] == [RIGHT, number_key, None, None]
        assert [each["told"] for each in found] == ["4", "3.14", None, None]
        assert [each["missing"] for each in found] == [["Mia"], ["Mia"], ["Mia"], []]


@pytest.mark.gen_test
async def test_who_is_missing_is_here_and_has_not_answered(tmp_path):
    """Not who has gone, nor who was removed; by name, and each round for itself."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, SINGLE, **(CALM | {"read_time_s": 0}))
        people = {name: await here.seat(room["pin"], name) for name in ("zoe", "Mia", "Bo", "Gone", "Out")}
        await here.services.transitions.command(room["id"], "room.start")
        await here.answer(room["pin"], people["Bo"][0], 1, RIGHT)
        here.services.presence.leave(room["id"], people["Gone"][0].id, people["Gone"][1].id)
        await here.services.participants.remove(room["id"], people["Out"][0].id, ban=False)
        assert await missing(here, teacher, room) == ["Mia", "zoe"]
        await here.services.transitions.command(room["id"], "round.close")
        await here.services.transitions.command(room["id"], "room.next")
        assert await missing(here, teacher, room, 2) == ["Bo", "Mia", "zoe"]
        assert await missing(here, teacher, room, 1) == ["Mia", "zoe"]


@pytest.mark.gen_test
async def test_people_and_answers_of_other_nodes_count(tmp_path):
    """Whichever node is asked."""
    async with houses(tmp_path) as (one, two):
        teacher = await one.teacher()
        room = await one.room(teacher, SINGLE, **(CALM | {"read_time_s": 0}))
        ada, _ = await one.seat(room["pin"], "Ada")
        bo, _ = await two.seat(room["pin"], "Bo")
        await two.seat(room["pin"], "Cem")
        await one.services.transitions.command(room["id"], "room.start")
        await two.services.catch_up.room(room["id"])
        await two.answer(room["pin"], bo, 1, RIGHT)
        for node in (one, two):
            assert await missing(node, teacher, room) == ["Ada", "Cem"]
        await one.answer(room["pin"], ada, 1, RIGHT)
        assert await missing(two, teacher, room) == ["Cem"]


@pytest.mark.gen_test
async def test_a_round_that_there_is_not_says_which_there_are(tmp_path):
    """And another's room is refused before that."""
    async with house(tmp_path) as here:
        teacher, other = await here.teacher(), await here.teacher("bo@school.example")
        room = await here.room(teacher, SINGLE, SINGLE)
        for number in (0, 3):
            with pytest.raises(NotFound, match=f"no round {number}: its rounds are 1 to 2"):
                await here.services.round_notes.of(teacher, room["id"], number)
            with pytest.raises(Forbidden):
                await here.services.round_notes.of(other, room["id"], number)


@pytest.mark.gen_test
async def test_a_long_list_is_cut(tmp_path, monkeypatch):
    """A teacher reads the first of them; the class of a lecture hall would fill the page."""
    monkeypatch.setattr(round_notes, "MISSING_MOST", 2)
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        for name in ("Cem", "Ada", "Bo"):
            await here.seat(room["pin"], name)
        assert await missing(here, teacher, room) == ["Ada", "Bo"]
