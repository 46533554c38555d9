"""Names that a word list knows: kept from the screen until the host has said what becomes of them."""

import json

import pytest
from house import house, houses, until
from sample_rooms import SINGLE

from game.views import Audience
from services.errors import Forbidden, NameTaken, NotFound, RoomOver, Stale
from services.room_names import HIDDEN

RUDE = "Sh1thead"


async def lesson(here, *names, **settings):
    """(room, live room, {name: identity})."""
    room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0, **settings)
    people = {name: (await here.seat(room["pin"], name))[0] for name in names}
    return room, await here.services.live.by_pin(room["pin"]), people


def seen(live):
    """What the screen and the host are told of names, and what the host should look at."""
    host = live.snapshot(Audience.HOST)
    to_check = [(each["nickname"], each["asked"]) for each in host["to_check"]]
    return live.snapshot(Audience.SCREEN)["names"], host["names"], to_check


@pytest.mark.gen_test
async def test_a_doubtful_name_is_the_hosts_alone(tmp_path):
    """Until it is kept; nobody was refused a seat."""
    async with house(tmp_path) as here:
        _, live, people = await lesson(here, "Ada", RUDE)
        assert seen(live) == (["Ada"], ["Ada", RUDE], [(RUDE, False)])
        assert "to_check" not in live.snapshot(Audience.SCREEN)
        assert not {"to_check", "names"} & live.snapshot(Audience.PLAYERS).keys()
        await here.services.participants.names.keep(live, people[RUDE].id)
        assert seen(live) == (["Ada", RUDE], ["Ada", RUDE], [])


@pytest.mark.parametrize("settings", [{"name_filter": False}, {"nicknames": "generated"}])
@pytest.mark.gen_test
async def test_a_room_can_do_without_the_word_lists(tmp_path, settings):
    """Switched off, or because nobody types a name."""
    async with house(tmp_path) as here:
        _, live, _ = await lesson(here, **settings)
        live.take_seat("p1", RUDE)
        assert seen(live) == ([RUDE], [RUDE], [])


@pytest.mark.gen_test
async def test_standings_show_the_points_and_not_the_name(tmp_path):
    """On the screen; to the host, whose page hides it by itself, the name."""
    async with house(tmp_path) as here:
        room, live, people = await lesson(here, "Ada", RUDE)
        command = here.services.transitions.command
        await command(room["id"], "room.start")
        await here.answer(room["pin"], people[RUDE], 1, {"choices": [1]})
        await command(room["id"], "round.close")
        await command(room["id"], "room.standings")
        names = {audience: [row["nickname"] for row in live.snapshot(audience)["standings"]] for audience in Audience}
        assert names[Audience.SCREEN] == [HIDDEN, "Ada"]
        assert names[Audience.HOST] == [RUDE, "Ada"]
        shown = live.events_for(Audience.SCREEN, live.room.seq - 1)[0]["params"]
        assert [row["nickname"] for row in shown["top"]] == [HIDDEN, "Ada"]
        await here.services.participants.names.keep(live, people[RUDE].id)
        assert live.snapshot(Audience.SCREEN)["standings"][0]["nickname"] == RUDE


@pytest.mark.gen_test
async def test_the_podium_does_not_show_it_either_and_the_results_do(tmp_path):
    """At the end nobody can keep it any more; the teacher's results have everybody's own name."""
    async with house(tmp_path) as here:
        room, live, people = await lesson(here, "Ada", RUDE)
        command = here.services.transitions.command
        await command(room["id"], "room.start")
        await here.answer(room["pin"], people[RUDE], 1, {"choices": [1]})
        await command(room["id"], "round.close")
        await command(room["id"], "room.end")
        for audience, name in ((Audience.SCREEN, HIDDEN), (Audience.HOST, RUDE)):
            ended = live.events_for(audience, live.room.seq - 1)[0]
            assert [row["nickname"] for row in ended["params"]["podium"]] == [name]
        teacher = await here.services.accounts.identity_of("t@school.example")
        results = await here.services.desk.results.json(teacher, room["id"])
        assert [one["nickname"] for one in results["participants"]] == [RUDE, "Ada"]


@pytest.mark.gen_test
async def test_a_person_who_is_asked_gives_another_name(tmp_path):
    """The seat stays. The old name is never shown again, whatever it was."""
    async with house(tmp_path) as here:
        room, live, people = await lesson(here, "Ada", "Teacher's pet")
        ada, pet = people["Ada"], people["Teacher's pet"]
        names = here.services.participants.names
        with pytest.raises(Forbidden):
            await names.change(pet, room["pin"], "Bo")
        await names.ask(live, pet.id)
        assert seen(live) == (["Ada"], ["Ada", "Teacher's pet"], [("Teacher's pet", True)])
        assert live.you(pet.id)["asked_to_rename"] is True
        assert "asked_to_rename" not in live.you(ada.id)
        with pytest.raises(NameTaken):
            await names.change(pet, room["pin"], "ADA")
        assert await names.change(pet, room["pin"], " Bo ") == {"id": pet.id, "nickname": "Bo"}
        assert seen(live) == (["Ada", "Bo"], ["Ada", "Bo"], [])
        assert live.you(pet.id)["participant"]["nickname"] == "Bo"
        assert "asked_to_rename" not in live.you(pet.id)
        assert live.names.is_hidden("Teacher's pet")
        with pytest.raises(Forbidden):
            await names.change(pet, room["pin"], "Cy")
        free = await here.services.participants.join(room["pin"], "Teacher's pet", "another phone")
        assert free["participant"]["nickname"] == "Teacher's pet"


@pytest.mark.gen_test
async def test_another_doubtful_name_is_looked_at_too(tmp_path):
    async with house(tmp_path) as here:
        room, live, people = await lesson(here, RUDE)
        await here.services.participants.names.ask(live, people[RUDE].id)
        await here.services.participants.names.change(people[RUDE], room["pin"], "B1tch")
        assert seen(live) == ([], ["B1tch"], [("B1tch", False)])


@pytest.mark.gen_test
async def test_each_audience_is_told_what_is_its_own(tmp_path):
    """The same seq for all; phones learn who is meant and no name."""
    async with house(tmp_path) as here:
        room, live, people = await lesson(here, "Ada", RUDE)
        rude = people[RUDE].id
        await here.services.participants.names.ask(live, rude)
        told = {audience: live.events_for(audience, 0)[0]["params"] for audience in Audience}
        common = {"room": room["pin"], "seq": 1, "server_time": here.clock.now_ms(), "participant": rude}
        assert told[Audience.PLAYERS] == common
        assert told[Audience.SCREEN] == common | {"names": ["Ada"]}
        to_check = [{"participant": rude, "nickname": RUDE, "asked": True}]
        assert told[Audience.HOST] == common | {"nickname": RUDE, "names": ["Ada", RUDE], "to_check": to_check}


@pytest.mark.gen_test
async def test_what_cannot_be_judged(tmp_path):
    """Somebody who is not there, a name that is another by now, a room that is over or makes the names itself."""
    async with house(tmp_path) as here:
        room, live, people = await lesson(here, "Ada", "Bo")
        names, ada = here.services.participants.names, people["Ada"].id
        with pytest.raises(NotFound):
            await names.keep(live, "nobody")
        with pytest.raises(Stale):
            await names.keep(live, ada, expect=7)
        live.seats[ada] = "As it was called before"
        with pytest.raises(Stale):
            await names.keep(live, ada)
        await here.services.participants.remove(room["id"], people["Bo"].id, ban=False)
        with pytest.raises(NotFound):
            await names.ask(live, people["Bo"].id)
        await here.services.transitions.command(room["id"], "room.end")
        with pytest.raises(RoomOver):
            await names.keep(live, ada)
        other = await here.room(await here.teacher("bo@school.example"), SINGLE, nicknames="generated")
        made = await here.services.live.by_pin(other["pin"])
        seat = await here.services.participants.join(other["pin"], None)
        with pytest.raises(Forbidden):
            await names.ask(made, seat["participant"]["id"])


@pytest.mark.gen_test
async def test_every_node_and_the_next_process_know(tmp_path):
    """It is in the room's log: nothing has to be told besides."""
    async with houses(tmp_path) as (a, b):
        room, here, people = await lesson(a, "Ada", RUDE)
        there = await b.services.live.by_pin(room["pin"])
        await a.services.participants.names.ask(here, people["Ada"].id)
        await a.services.participants.names.keep(here, people[RUDE].id)
        await until(lambda: there.room.seq == 2, "the other node's log")
        await b.services.participants.names.change(people["Ada"], room["pin"], "Bea")
        await until(lambda: here.room.seq == 3, "this node's log")
        expected = ([RUDE, "Bea"], [RUDE, "Bea"], [])
        assert [tuple(sorted(part) for part in seen(live)) for live in (here, there)] == [
            tuple(sorted(part) for part in expected)
        ] * 2
    async with house(tmp_path) as again:
        assert sorted(seen(await again.services.live.by_pin(room["pin"]))[0]) == ["Bea", RUDE]


@pytest.mark.gen_test
async def test_the_wall_hears_of_a_name_without_seeing_it(tmp_path):
    """lobby.changed counts the person for everybody; the name comes with what the host has to look at."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        host = here.connect(teacher)
        await here.services.subscriptions.subscribe(host, teacher, room["pin"], None, None)
        await here.seat(room["pin"], RUDE)
        await until(lambda: any("lobby.changed" in text for text in host.transport.sent), "lobby.changed")
        told = next(json.loads(text)["params"] for text in host.transport.sent if "lobby.changed" in text)
        assert (told["participants"], told["recent"]) == (1, [RUDE])
        assert [each["nickname"] for each in told["to_check"]] == [RUDE]
