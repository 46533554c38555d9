"""Images over a real database: stored once, kept while a quiz or a room shows them, forgotten after a day."""

import asyncio

import pytest
from house import house
from pictures import file_of, halves, photo
from sample_rooms import INFO, SINGLE
from sound_samples import wav

from models.tables import Media as Rows
from models.tables import MediaOwner
from services import media
from services.contents import Contents
from services.errors import Invalid, NotFound

DAY_MS = 24 * 3600 * 1000


def showing(image, question=SINGLE):
    return question | {"media": {"image": image, "alt": "Two halves"}}


def quiz_of(*questions):
    return {"title": "Pictures", "questions": list(questions)}


@pytest.mark.gen_test
async def test_an_image_is_stored_and_found(tmp_path):
    """Under the address that was answered, byte by byte; before and after it is held in memory."""
    async with house(tmp_path) as here:
        desk = here.services.desk
        made = await desk.media.add(await here.teacher(), file_of(photo()))
        assert made == made | {"url": f"/media/{made['id']}", "width": 300, "height": 200}
        found = await desk.media.find(made["id"])
        assert (found.type, len(found.data)) == ("image/webp", made["bytes"])
        assert await desk.media.find(made["id"]) is found
        with pytest.raises(NotFound):
            await desk.media.find("0a" * 32 + ".webp")


@pytest.mark.gen_test
async def test_a_sound_lies_beside_the_images(tmp_path):
    """Whatever it was called: its bytes say that it is one. A room knows how long it lasts."""
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        made = await desk.media.add(ada, wav(1.5), "image/png")
        assert made == {"id": made["id"], "url": f"/media/{made['id']}", "duration_s": 1.5, "bytes": made["bytes"]}
        assert (await desk.media.find(made["id"])).type == "audio/wav"
        heard = {"audio": made["id"], "transcript": "A tone"}
        quiz = await desk.quizzes.create(ada, quiz_of(SINGLE | {"media": heard}))
        here.clock.advance(2 * DAY_MS / 1000)
        assert await desk.media.sweep() == 0
        room = await here.services.rooms.create(ada, quiz["id"], {})
        content = await here.services.db.read(Contents().of, room["id"])
        assert content.media(1) == {"audio": made["id"], "duration_s": 1.5}
        assert (await here.services.round_notes.of(ada, room["id"], 1))["transcript"] == "A tone"
        with pytest.raises(Invalid) as refused:
            await desk.quizzes.create(ada, quiz_of(SINGLE | {"media": {"audio": "0a" * 32 + ".mp3"}}))
        assert [problem["field"] for problem in refused.value.details["problems"]] == ["questions[0].media.audio"]


@pytest.mark.gen_test
async def test_the_same_image_is_one_row_with_an_owner_each(tmp_path):
    """However often it is brought, and by whom."""
    async with house(tmp_path) as here:
        ada, bo = await here.teacher(), await here.teacher("bo@school.example")
        made = [await here.services.desk.media.add(who, file_of(halves())) for who in (ada, bo, ada)]
        assert made[0] == made[1] == made[2]
        assert await here.services.db.read(Rows.select().count) == 1
        owners = await here.services.db.read(lambda: {row.account_id for row in MediaOwner.select()})
        assert owners == {ada.id, bo.id}


@pytest.mark.gen_test
async def test_a_class_that_asks_at_once_asks_the_database_once(tmp_path):
    """And somebody who hangs up takes nothing away from the others."""
    async with house(tmp_path) as here:
        made = await here.services.desk.media.add(await here.teacher(), file_of(photo()))
        asking = [asyncio.ensure_future(here.services.desk.media.find(made["id"])) for _ in range(30)]
        await asyncio.sleep(0)
        asking[0].cancel()
        found = await asyncio.gather(*asking[1:])
        assert len({id(stored) for stored in found}) == 1


@pytest.mark.gen_test
async def test_only_so_much_is_held_in_memory(tmp_path, monkeypatch):
    """What was not asked for the longest goes first, and is still found."""
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        one, two, three = [(await desk.media.add(ada, file_of(photo())))["id"] for _ in range(3)]
        sizes = [len((await desk.media.find(name)).data) for name in (one, two)]
        monkeypatch.setattr(media, "CACHE_MOST", sum(sizes))
        kept = await desk.media.find(one)
        await desk.media.find(three)
        assert list(desk.media._held) == [three] or list(desk.media._held) == [one, three]
        assert await desk.media.find(one) == kept


@pytest.mark.gen_test
async def test_an_account_has_room_for_so_much(tmp_path, monkeypatch):
    """What it has already brought may be brought again."""
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        made = await desk.media.add(ada, file_of(photo()))
        monkeypatch.setattr(media, "OWNER_MOST", made["bytes"] + 10)
        with pytest.raises(Invalid) as refused:
            await desk.media.add(ada, file_of(halves()))
        assert refused.value.message == media.OWNER_FULL
        await desk.media.add(await here.teacher("bo@school.example"), file_of(halves()))


@pytest.mark.gen_test
async def test_a_quiz_may_only_show_what_is_here(tmp_path):
    """Each place is named; nothing is stored, nothing changed."""
    async with house(tmp_path) as here:
        quizzes, ada = here.services.desk.quizzes, await here.teacher()
        with pytest.raises(Invalid) as refused:
            await quizzes.create(ada, quiz_of(INFO, showing("0a" * 32 + ".png")))
        assert [problem["field"] for problem in refused.value.details["problems"]] == ["questions[1].media.image"]
        made = await quizzes.create(ada, quiz_of(SINGLE))
        with pytest.raises(Invalid):
            await quizzes.update(ada, made["id"], made | {"questions": [showing("0a" * 32 + ".png")]})
        assert (await quizzes.get(ada, made["id"])) == made
        assert len((await here.services.desk.library.page(ada))["quizzes"]) == 1


@pytest.mark.gen_test
async def test_what_nothing_shows_is_forgotten_after_a_day(tmp_path):
    """Not before, since its quiz is still being written; bringing it again begins the day anew."""
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        made = await desk.media.add(ada, file_of(halves()))
        here.clock.advance(DAY_MS / 1000)
        assert await desk.media.sweep() == 0
        await desk.media.add(ada, file_of(halves()))
        here.clock.advance(1)
        assert await desk.media.sweep() == 0
        here.clock.advance(DAY_MS / 1000)
        assert await desk.media.sweep() == 1
        assert await here.services.db.read(MediaOwner.select().count) == 0
        with pytest.raises(Invalid):
            await desk.quizzes.create(ada, quiz_of(showing(made["id"])))


@pytest.mark.gen_test
async def test_what_a_quiz_or_a_room_shows_stays(tmp_path):
    """A room keeps the images of its copy, also when the quiz shows others by now."""
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        shown, left = [(await desk.media.add(ada, file_of(halves(width))))["id"] for width in (40, 50)]
        quiz = await desk.quizzes.create(ada, quiz_of(showing(shown), showing(left)))
        here.clock.advance(2 * DAY_MS / 1000)
        assert await desk.media.sweep() == 0
        room = await here.services.rooms.create(ada, quiz["id"], {})
        await desk.quizzes.update(ada, quiz["id"], quiz | {"questions": [SINGLE]})
        assert await desk.media.sweep() == 0
        content = await here.services.db.read(Contents().of, room["id"])
        assert content.media(1) == {"image": shown, "alt": "Two halves", "width": 40, "height": 20}
