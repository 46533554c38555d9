"""Moving rooms over a real database: compare-and-set, events, the fence, and what comes due."""

import asyncio

import pytest
from house import house
from sample_rooms import INFO, MULTI, SINGLE

from game.phases import Phase
from models import rooms
from services.errors import AlreadyAnswered, RoomOver, RoundClosed, Stale, WrongPhase
from services.taken import StoredAnswer


@pytest.mark.gen_test
async def test_a_command_moves_the_room_and_logs_the_event(tmp_path):
    """After start the row and the log agree: phase, round and a dense seq."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        after = await here.services.transitions.command(room["id"], "room.start")
        assert (after.phase, after.round, after.seq) == (Phase.OPEN, 1, 1)
        events = await here.services.db.read(rooms.events_after, room["id"], 0)
        assert [(event.seq, event.name) for event in events] == [(1, "round.opened")]


@pytest.mark.gen_test
async def test_two_taps_move_the_room_once(tmp_path):
    """With `expect` the second of two remotes is told that the room has moved on, and where it stands."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0)
        command = here.services.transitions.command
        taps = await asyncio.gather(
            command(room["id"], "room.start", expect=0),
            command(room["id"], "room.start", expect=0),
            return_exceptions=True,
        )
        assert isinstance(taps[1], Stale)
        assert taps[1].details["seq"] == 1


@pytest.mark.gen_test
async def test_a_wrong_phase_names_what_was_needed(tmp_path):
    """The sentence names the command, what it needs and where the room is."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        with pytest.raises(WrongPhase, match=r"round\.close: .*OPEN.*LOBBY"):
            await here.services.transitions.command(room["id"], "round.close")


@pytest.mark.gen_test
async def test_a_finished_room_takes_no_command(tmp_path):
    """After the end every command says that the room is over."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        await here.services.transitions.command(room["id"], "room.end")
        for name in ("room.start", "room.next", "round.close", "room.standings", "room.end", "room.lock"):
            with pytest.raises(RoomOver):
                await here.services.transitions.command(room["id"], name)


@pytest.mark.gen_test
async def test_a_round_closes_one_second_after_its_time_and_once(tmp_path):
    """Not before closes_at + 1 s, and then by exactly one of those who try."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        await here.services.transitions.command(room["id"], "room.start")
        here.clock.advance(20.9)
        await here.services.deadlines.scan()
        assert (await here.services.live.hold(room["id"])).room.phase is Phase.OPEN
        here.clock.advance(0.1)
        tries = [here.services.transitions.make_due(room["id"]) for _ in range(5)]
        assert await asyncio.gather(*tries) == [True, False, False, False, False]


@pytest.mark.gen_test
async def test_the_fence_holds_in_a_burst(tmp_path):
    """Answers sent around the close are either stored and graded, or refused: never acknowledged and uncounted."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE | {"time_limit_s": None}, read_time_s=0, close_when_all_answered=False)
        people = [(await here.seat(room["pin"], f"p{n}"))[0] for n in range(30)]
        await here.services.transitions.command(room["id"], "room.start")
        before = [here.answer(room["pin"], who, 1, {"choices": [1]}) for who in people[:15]]
        after = [here.answer(room["pin"], who, 1, {"choices": [1]}) for who in people[15:]]
        close = here.services.transitions.command(room["id"], "round.close")
        outcomes = await asyncio.gather(*before, close, *after, return_exceptions=True)
        stored = sum(1 for outcome in outcomes if isinstance(outcome, StoredAnswer))
        refused = sum(1 for outcome in outcomes if isinstance(outcome, RoundClosed))
        assert stored + refused == 30
        assert stored >= 15
        results = await here.services.desk.results.json(teacher, room["id"])
        assert results["rounds"][0]["answered"] == stored
        assert sum(1 for person in results["participants"] if person["score"] > 0) == stored


@pytest.mark.gen_test
async def test_the_same_id_gets_the_same_receipt_in_any_phase(tmp_path):
    """Resending is harmless: also after the close, also with another answer in it."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), MULTI, read_time_s=0, close_when_all_answered=False)
        who, _ = await here.seat(room["pin"], "Ada")
        await here.services.transitions.command(room["id"], "room.start")
        first = await here.answer(room["pin"], who, 1, {"choices": [0, 1]}, "a")
        here.clock.advance(3)
        assert await here.answer(room["pin"], who, 1, {"choices": [2]}, "a") == first
        with pytest.raises(AlreadyAnswered):
            await here.answer(room["pin"], who, 1, {"choices": [2]}, "b")
        await here.services.transitions.command(room["id"], "round.close")
        assert await here.answer(room["pin"], who, 1, {"text": "nonsense"}, "a") == first
        with pytest.raises(RoundClosed):
            await here.answer(room["pin"], who, 1, {"choices": [2]}, "b")


@pytest.mark.gen_test
async def test_a_slide_is_left_with_next_and_takes_no_answer(tmp_path):
    """An info slide is part of the results without points."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, INFO, SINGLE, read_time_s=0)
        await here.services.transitions.command(room["id"], "room.start")
        after = await here.services.transitions.command(room["id"], "room.next")
        assert (after.phase, after.round) == (Phase.OPEN, 2)
        results = await here.services.desk.results.json(teacher, room["id"])
        assert [(item["kind"], item["counted"]) for item in results["rounds"]] == [("info", False)]
