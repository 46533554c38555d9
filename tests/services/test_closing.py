"""Who stands where when a round closes, from what is stored."""

import pytest
from house import house
from sample_rooms import SINGLE, UNTIMED

RIGHT, WRONG = {"choices": [1]}, {"choices": [0]}


@pytest.mark.parametrize(("question", "waited_ms"), [(SINGLE, 20_000), (UNTIMED, 3_000)], ids=["limit", "no limit"])
@pytest.mark.gen_test
async def test_who_was_silent_stands_below_who_tried(tmp_path, question, waited_ms):
    """By the time that silence counts for, the limit or as long as the round was open; those who came later too."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, question, question, read_time_s=0, close_when_all_answered=False)
        command = here.services.transitions.command
        tried, _ = await here.seat(room["pin"], "Tried")
        await here.seat(room["pin"], "Silent")
        await command(room["id"], "room.start")
        here.clock.advance(1)
        await here.answer(room["pin"], tried, 1, WRONG)
        here.clock.advance(2)
        await command(room["id"], "round.close")
        late, _ = await here.seat(room["pin"], "Late")
        await command(room["id"], "room.next")
        here.clock.advance(1)
        await here.answer(room["pin"], late, 2, WRONG)
        await here.answer(room["pin"], tried, 2, WRONG, "s2")
        here.clock.advance(2)
        closed = await command(room["id"], "round.close")
        live = await here.services.live.by_pin(room["pin"])
        assert live.room.seq == closed.seq
        assert {live.seats[id]: (grade.time_ms, grade.rank) for id, grade in live.standing.items()} == {
            "Tried": (2_000, 1),
            "Late": (1_000 + waited_ms, 2),
            "Silent": (2 * waited_ms, 3),
        }
        results = await here.services.desk.results.json(teacher, room["id"])
        assert [row["nickname"] for row in results["participants"]] == ["Tried", "Late", "Silent"]
