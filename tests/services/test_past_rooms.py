"""Rooms that are over: listed by quiz and date, deleted with a way back, and without names."""

import pytest
from house import house
from past_lessons import everything, played
from sample_rooms import SINGLE

from services.errors import Forbidden, NotFound, WrongPhase
from services.past_rooms import PAGE, Wanted
from services.retention import UNDO_MS

DAY_S = 24 * 60 * 60


@pytest.mark.gen_test
async def test_no_name_is_left_anywhere(tmp_path):
    """Not in seats, events, receipts or results, nor of those who were removed; what people typed stays."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, read_time_s=0, close_when_all_answered=False)
        names = ["Ada Lovelace", "Bo", "Participant 2", "Müller"]
        seats = [(await here.seat(room["pin"], name))[0] for name in names]
        troll = await here.services.participants.join(room["pin"], "Trollinger", "the phone of Trollinger")
        await here.services.participants.remove(room["id"], troll["participant"]["id"], ban=True)
        await here.services.transitions.command(room["id"], "room.start")
        for who in seats[:3]:
            await here.answer(room["pin"], who, 1, {"choices": [1]}, "x")
        for name in ("round.close", "room.standings", "room.end"):
            await here.services.transitions.command(room["id"], name)
        before = await here.services.desk.results.json(teacher, room["id"])
        assert "Müller" in await everything(here)
        await here.services.desk.past_rooms.anonymise(teacher, room["id"])
        left = await everything(here)
        assert [name for name in ("Ada", "Lovelace", "'Bo'", '"Bo"', "Müller", "Trollinger") if name in left] == []
        after = await here.services.desk.results.json(teacher, room["id"])
        assert {person["nickname"] for person in after["participants"]} == {f"Participant {n}" for n in (1, 2, 3, 4)}
        for then, now in zip(before["participants"], after["participants"], strict=True):
            assert {**then, "nickname": ""} == {**now, "nickname": ""}
        names_of = {person["id"]: person["nickname"] for person in after["participants"]}
        events = (await here.services.rooms.events(teacher, room["id"]))["events"]
        (shown,) = [event["params"]["top"] for event in events if event["method"] == "standings.shown"]
        assert {row["nickname"] for row in shown} == set(names_of.values())
        by_old = dict(zip(names, (who.id for who in seats), strict=True))
        assert next(row["nickname"] for row in shown if row["score"] == 0) == names_of[by_old["Müller"]]


@pytest.mark.gen_test
async def test_who_still_looks_at_a_room_without_names_is_sent_away(tmp_path):
    """Its sockets close, and what comes back is read anew."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        _, connection = await here.seat(room["pin"], "Ada")
        await here.services.transitions.command(room["id"], "room.end")
        await here.services.desk.past_rooms.anonymise(teacher, room["id"])
        assert connection.transport.closed == 4503
        live = await here.services.live.hold(room["id"])
        assert list(live.seats.values()) == ["Participant 1"]


@pytest.mark.gen_test
async def test_a_running_room_is_refused(tmp_path):
    """Neither deleted nor without names, until it is over."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        for deed in (here.services.desk.past_rooms.delete, here.services.desk.past_rooms.anonymise):
            with pytest.raises(WrongPhase):
                await deed(teacher, room["id"])


@pytest.mark.gen_test
async def test_a_deleted_room_comes_back_within_the_hour(tmp_path):
    """With all that was in it; later, or when it was never deleted, there is nothing to bring back."""
    async with house(tmp_path) as here:
        teacher, past = await here.teacher(), here.services.desk.past_rooms
        room = await played(here, teacher, "Ada")
        before = await here.services.desk.results.json(teacher, room["id"])
        with pytest.raises(NotFound):
            await past.restore(teacher, room["id"])
        await past.delete(teacher, room["id"])
        for look in (here.services.desk.results.json, here.services.rooms.events, past.delete):
            with pytest.raises(NotFound):
                await look(teacher, room["id"])
        assert (await past.page(teacher, Wanted()))["total"] == 0
        assert await here.services.rooms.mine(teacher) == []
        here.clock.advance(UNDO_MS / 1000 - 1)
        await here.services.desk.retention.remove_due()
        await past.restore(teacher, room["id"])
        assert await here.services.desk.results.json(teacher, room["id"]) == before
        await past.delete(teacher, room["id"])
        here.clock.advance(UNDO_MS / 1000)
        with pytest.raises(NotFound):
            await past.restore(teacher, room["id"])


@pytest.mark.gen_test
async def test_only_owner_and_admin_may_and_it_is_written_down(tmp_path):
    """Nobody's name is in the audit but that of who did it."""
    async with house(tmp_path) as here:
        teacher, past = await here.teacher(), here.services.desk.past_rooms
        other, admin = await here.teacher("other@school.example"), await here.admin()
        room = await played(here, teacher, "Ada")
        for deed in (past.delete, past.anonymise):
            with pytest.raises(Forbidden):
                await deed(other, room["id"])
        await past.anonymise(admin, room["id"])
        await past.delete(teacher, room["id"])
        with pytest.raises(Forbidden):
            await past.restore(other, room["id"])
        await past.restore(teacher, room["id"])
        entries = (await here.services.administration.audit.page())["entries"]
        told = {(entry["actor"]["id"], entry["action"], entry["room"], entry["target"]) for entry in entries}
        assert told == {
            (admin.id, "room.anonymise", room["pin"], room["id"]),
            (teacher.id, "room.delete", room["pin"], room["id"]),
            (teacher.id, "room.restore", room["pin"], room["id"]),
        }
        assert "Ada" not in str(entries)


@pytest.mark.gen_test
async def test_rooms_are_found_by_quiz_and_date(tmp_path):
    """The newest first, a page at a time, and never somebody else's."""
    async with house(tmp_path) as here:
        teacher, past = await here.teacher(), here.services.desk.past_rooms
        await here.room(await here.teacher("other@school.example"), SINGLE)
        quiz = await here.services.desk.quizzes.create(teacher, {"title": "Often", "questions": [SINGLE]})
        made = []
        for _ in range(PAGE + 2):
            made.append((await here.services.rooms.create(teacher, quiz["id"]))["id"])
            here.clock.advance(DAY_S)
        once = await here.room(teacher, SINGLE)
        await here.seat(once["pin"], "Ada")
        first, second = await past.page(teacher, Wanted()), await past.page(teacher, Wanted(page=2))
        found = [room["id"] for room in first["rooms"] + second["rooms"]]
        assert found == [once["id"], *reversed(made)]
        assert (first["total"], first["pages"], first["rooms"][0]["participants"]) == (PAGE + 3, 2, 1)
        assert [title for _, title in first["quizzes"]] == ["Often", "Test"]
        of_quiz = await past.page(teacher, Wanted(quiz_id=quiz["id"]))
        assert of_quiz["total"] == PAGE + 2
        start = here.clock.now_ms() - (PAGE + 2) * DAY_S * 1000
        days = await past.page(teacher, Wanted(since=start + DAY_S * 1000, until=start + 3 * DAY_S * 1000))
        assert [room["id"] for room in days["rooms"]] == [made[2], made[1]]
