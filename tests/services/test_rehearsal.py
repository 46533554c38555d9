"""A sample class in a real room: joins, answers every kind, counts nowhere, and goes by itself."""

import pytest
from house import house, houses, until
from pictures import file_of, halves
from sample_kinds import BODIES
from sample_rooms import INFO, MULTI, NUMBER, POLL, SINGLE, TEXT

from game.phases import Phase
from models.tables import Participant, Quiz, Room
from services.errors import Forbidden, Invalid, NotFound, Overloaded
from services.past_rooms import Wanted
from services.rehearsal import LONGEST_MS, PLAYERS_USUAL, REHEARSALS_MOST
from services.sample_class import Pace

IN_A_HURRY = Pace(join_s=0.0, think=0.0)
PLAIN = {"read_time_s": 0}


async def rehearse(here, who, *questions, players=5, **settings):
    """(the live room, once all are in)."""
    rehearsals = here.services.rehearsals
    rehearsals.pace = IN_A_HURRY
    quiz = await here.services.desk.quizzes.create(who, {"title": "Test", "questions": list(questions)})
    room = await rehearsals.start(who, quiz["id"], PLAIN | settings, players)
    live = await here.services.live.by_pin(room["pin"])
    await until(lambda: len(live.seats) == players)
    return live


async def play_round(here, live, number):
    """Until everybody has answered, which closes it."""
    await until(lambda: live.room.phase is Phase.REVEAL and live.room.round == number)


@pytest.mark.gen_test
async def test_a_sample_class_plays_every_kind(tmp_path):
    """Right and wrong, to the end; the rounds close when all have answered, as with people who are connected."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        image = await here.services.desk.media.add(ada, file_of(halves()), "image/png")
        kinds = BODIES | {"hotspot": BODIES["hotspot"] | {"media": {"image": image["id"], "alt": "Halves"}}}
        questions = [SINGLE, MULTI, TEXT, NUMBER, POLL, *kinds.values()]
        live = await rehearse(here, ada, *questions, players=10)
        credits = []
        for number in range(1, len(questions) + 1):
            await here.services.transitions.command(live.room.id, "room.start" if number == 1 else "room.next")
            await play_round(here, live, number)
            credits += [grade.credit for grade in live.standing.values() if live.graded_round == number]
        assert {0.0, 1.0} <= set(credits)
        await here.services.transitions.command(live.room.id, "room.next")
        assert live.room.phase is Phase.FINISHED
        assert len(live.last("room.ended")["podium"]) > 0


@pytest.mark.gen_test
async def test_real_people_may_join_and_are_waited_for(tmp_path):
    """By the room's PIN, as into any other."""
    async with house(tmp_path) as here:
        live = await rehearse(here, await here.teacher(), SINGLE)
        grace, _ = await here.seat(live.room.pin, "Grace")
        await here.services.transitions.command(live.room.id, "room.start")
        await until(lambda: len(live.answered) == 5)
        assert live.room.phase is Phase.OPEN
        await here.answer(live.room.pin, grace, 1, {"choices": [1]})
        await play_round(here, live, 1)


@pytest.mark.gen_test
async def test_slides_are_looked_at(tmp_path):
    """Nobody answers what takes no answer."""
    async with house(tmp_path) as here:
        live = await rehearse(here, await here.teacher(), INFO, SINGLE)
        await here.services.transitions.command(live.room.id, "room.start")
        await here.services.transitions.command(live.room.id, "room.next")
        await play_round(here, live, 2)
        assert len(live.answered) == 5


@pytest.mark.gen_test
async def test_a_rehearsal_is_in_no_list_and_counts_nowhere(tmp_path):
    """Neither as a room, nor as a run of its quiz, nor among the people that an admin sees."""
    async with house(tmp_path) as here:
        ada, services = await here.teacher(), here.services
        live = await rehearse(here, ada, SINGLE, nicknames="generated")
        await services.transitions.command(live.room.id, "room.start")
        await play_round(here, live, 1)
        assert await services.rooms.mine(ada) == []
        past = await services.desk.past_rooms.page(ada, Wanted())
        assert (past["rooms"], past["quizzes"], past["total"]) == ([], [], 0)
        quiz = (await services.desk.library.page(ada))["quizzes"][0]
        assert (quiz["runs"], quiz["last_played_at"]) == (0, None)
        assert await services.rooms.last_settings(ada, quiz["id"]) is None
        stats = await services.admin_stats.stats()
        assert stats["totals"]["participants"] == 0
        assert [(room["is_rehearsal"], room["participants"]) for room in stats["rooms"]] == [(True, 5)]


@pytest.mark.gen_test
async def test_there_is_one_rehearsal_at_a_time(tmp_path):
    """The next one ends the one before, which is gone at once; a colleague's goes on."""
    async with house(tmp_path) as here:
        ada, bo = await here.teacher(), await here.teacher("bo@school.example")
        first, other = await rehearse(here, ada, SINGLE), await rehearse(here, bo, SINGLE)
        second = await rehearse(here, ada, SINGLE)
        assert first.room.phase is Phase.FINISHED
        assert (second.room.phase, other.room.phase) == (Phase.LOBBY, Phase.LOBBY)
        with pytest.raises(NotFound):
            await here.services.rooms.owned(ada, first.room.id)


@pytest.mark.gen_test
async def test_it_is_deleted_when_it_has_had_its_time(tmp_path):
    """Played to its end or not, with all that was in it; rooms of real classes stay."""
    async with house(tmp_path) as here:
        ada, services = await here.teacher(), here.services
        real = await here.room(ada, SINGLE)
        live = await rehearse(here, ada, SINGLE)
        await services.transitions.command(live.room.id, "room.end")
        await services.rehearsals.tidy()
        assert (await services.rooms.owned(ada, live.room.id)).phase == "FINISHED"
        here.clock.advance(LONGEST_MS / 1000 + 1)
        await services.rehearsals.tidy()
        await services.desk.retention.remove_due()
        assert await services.db.read(Participant.select().count) == 0
        assert await services.db.read(lambda: [row.id for row in Room.select() if row.title]) == [real["id"]]
        assert await services.db.read(Quiz.select().count) == 2


@pytest.mark.gen_test
async def test_a_rehearsal_that_nobody_watches_ends(tmp_path):
    """Five minutes after the teacher's last page was closed, as it looks now and then."""
    async with house(tmp_path) as here:
        ada, rehearsals = await here.teacher(), here.services.rehearsals
        rehearsals.pace, rehearsals.look_every_s = IN_A_HURRY, 0.01
        quiz = await here.services.desk.quizzes.create(ada, {"title": "Test", "questions": [SINGLE]})
        room = await rehearsals.start(ada, quiz["id"])
        live = await here.services.live.by_pin(room["pin"])
        host = here.connect(ada)
        await here.services.subscriptions.subscribe(host, ada, room["pin"], None, None)
        await until(lambda: len(live.seats) == PLAYERS_USUAL)
        began_ms = here.clock.now_ms()

        def minutes_later(minutes):
            here.clock.advance(5)
            return live.room.phase is Phase.FINISHED or here.clock.now_ms() - began_ms >= minutes * 60_000

        await until(lambda: minutes_later(10))
        assert live.room.phase is Phase.LOBBY
        here.services.hub.unregister(host)
        await until(lambda: minutes_later(29))
        assert live.room.phase is Phase.FINISHED
        # Five minutes after somebody was last seen to watch: that may be a step of the clock before the host went.
        assert here.clock.now_ms() - began_ms >= 15 * 60_000 - 5000


@pytest.mark.gen_test
async def test_what_cannot_be_rehearsed_is_said(tmp_path):
    """Too few or too many people, somebody else's quiz, too many at once; nothing is left of it."""
    async with house(tmp_path) as here:
        ada, bo, rehearsals = await here.teacher(), await here.teacher("bo@school.example"), here.services.rehearsals
        quiz = await here.services.desk.quizzes.create(ada, {"title": "Test", "questions": [SINGLE]})
        for players in (4, 31):
            with pytest.raises(Invalid, match="from 5 to 30"):
                await rehearsals.start(ada, quiz["id"], None, players)
        with pytest.raises(Forbidden):
            await rehearsals.start(bo, quiz["id"])
        assert await here.services.db.read(Room.select().count) == 0
        for number in range(REHEARSALS_MOST):
            who = await here.teacher(f"t{number}@school.example")
            own = await here.services.desk.quizzes.create(who, {"title": "Test", "questions": [SINGLE]})
            await rehearsals.start(who, own["id"])
        with pytest.raises(Overloaded, match="Many teachers"):
            await rehearsals.start(ada, quiz["id"])


@pytest.mark.gen_test
async def test_a_node_that_ends_takes_its_people_along(tmp_path):
    """Another node takes the room away when its time is over."""
    async with houses(tmp_path) as (one, two):
        ada = await one.teacher()
        live = await rehearse(one, ada, SINGLE)
        await one.services.rehearsals.stop()
        elsewhere = await two.services.live.by_pin(live.room.pin)
        await two.services.transitions.command(live.room.id, "room.start")
        assert elsewhere.room.phase is Phase.OPEN
        two.clock.advance(LONGEST_MS / 1000 + 1)
        await two.services.rehearsals.tidy()
        assert elsewhere.room.phase is Phase.FINISHED
