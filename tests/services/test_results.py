"""Results: every round has an entry for everyone, ranks are shared, and spreadsheets are not fooled."""

import csv
import io

import pytest
from house import house
from sample_rooms import POLL, SINGLE, TEXT

from services.errors import Forbidden, NotFound


@pytest.mark.gen_test
async def test_every_round_has_an_entry_for_everyone(tmp_path):
    """Also for who was silent, and for who came later; an open round is not in it."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, POLL, SINGLE, read_time_s=0, close_when_all_answered=False)
        command = here.services.transitions.command
        ada, _ = await here.seat(room["pin"], "Ada")
        await here.seat(room["pin"], "Bo")
        await command(room["id"], "room.start")
        await here.answer(room["pin"], ada, 1, {"choices": [1]})
        await command(room["id"], "round.close")
        await command(room["id"], "room.next")
        late, _ = await here.seat(room["pin"], "Late")
        await here.answer(room["pin"], late, 2, {"choices": [0]})
        await command(room["id"], "round.close")
        await command(room["id"], "room.next")
        results = await here.services.desk.results.json(teacher, room["id"])
        assert [(item["round"], item["kind"], item["counted"], item["answered"]) for item in results["rounds"]] == [
            (1, "single", True, 1),
            (2, "poll", False, 1),
        ]
        people = {person["nickname"]: person for person in results["participants"]}
        assert [entry["answer"] for entry in people["Bo"]["answers"]] == [None, None]
        assert [entry["answer"] for entry in people["Late"]["answers"]] == [None, {"choices": [0]}]
        assert (people["Ada"]["rank"], people["Ada"]["score"], people["Ada"]["streak_best"]) == (1, 1000, 1)
        assert people["Bo"]["rank"] == people["Late"]["rank"] == 2


@pytest.mark.gen_test
async def test_a_spreadsheet_does_not_take_an_answer_for_a_formula(tmp_path):
    """Names and answers that begin like a formula get an apostrophe; figures stay figures."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, TEXT, read_time_s=0, close_when_all_answered=False)
        who, _ = await here.seat(room["pin"], "=Eve")
        await here.services.transitions.command(room["id"], "room.start")
        await here.answer(room["pin"], who, 1, {"text": '=HYPERLINK("x")'})
        await here.services.transitions.command(room["id"], "round.close")
        header, line = csv.reader(io.StringIO(await here.services.desk.results.csv(teacher, room["id"])))
        cells = dict(zip(header, line, strict=True))
        assert cells["nickname"] == "'=Eve"
        assert cells["1 answer"] == '\'=HYPERLINK("x")'
        assert (cells["rank"], cells["score"], cells["1 points"]) == ("1", "0", "0")


@pytest.mark.gen_test
async def test_results_are_for_the_owner(tmp_path):
    """Another teacher is refused; a room that is not there is not found."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        other = await here.teacher("other@school.example")
        with pytest.raises(Forbidden):
            await here.services.desk.results.json(other, room["id"])
        with pytest.raises(NotFound):
            await here.services.desk.results.json(other, "00000000-0000-0000-0000-000000000000")


@pytest.mark.gen_test
async def test_who_was_kicked_is_not_in_the_results(tmp_path):
    """Neither in the list nor in the ranks of the others."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, read_time_s=0, close_when_all_answered=False)
        troll, _ = await here.seat(room["pin"], "Troll")
        ada, _ = await here.seat(room["pin"], "Ada")
        await here.services.transitions.command(room["id"], "room.start")
        await here.answer(room["pin"], troll, 1, {"choices": [1]})
        here.clock.advance(2)
        await here.answer(room["pin"], ada, 1, {"choices": [1]})
        await here.services.transitions.command(room["id"], "round.close")
        await here.services.participants.remove(room["id"], troll.id, ban=True)
        results = await here.services.desk.results.json(teacher, room["id"])
        assert [(person["nickname"], person["rank"]) for person in results["participants"]] == [("Ada", 1)]
