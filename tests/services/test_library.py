"""A teacher's quizzes found, tagged, sorted, copied, deleted and taken back, over a real database."""

import pytest
from house import house
from pictures import file_of, halves
from sample_rooms import MULTI, SINGLE, TEXT

from models.tables import Quiz, QuizMedia, QuizTag
from services import library
from services.errors import Forbidden, Invalid, NotFound
from services.library import Sought, tags_of

DAY_S = 24 * 3600


def quiz_of(title="Sums", *questions, **more):
    return {"title": title, "questions": list(questions or [SINGLE])} | more


async def titles(here, who, **sought):
    shelf = await here.services.desk.library.shelf(who, Sought(**sought), "title")
    return [quiz["title"] for quiz in shelf["quizzes"]]


@pytest.mark.gen_test
async def test_a_summary_is_what_a_card_shows(tmp_path):
    """Without the questions and their keys."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        made = await here.services.desk.quizzes.create(ada, quiz_of("Sums", SINGLE, MULTI, description="Easy"))
        now = here.clock.now_ms()
        shelf = await here.services.desk.library.shelf(ada)
        summary = {"id": made["id"], "title": "Sums", "description": "Easy", "tags": [], "questions": 2, "ready": True}
        summary |= {"runs": 0, "last_played_at": None, "updated_at": now, "deleted_at": None}
        counts = {"found": 1, "page": 1, "pages": 1, "all": 1, "deleted": 0}
        assert shelf == {"quizzes": [summary]} | counts


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("", ["Ένα", "Lucía's birds", "Sums"]),
        ("LUCIA", ["Lucía's birds"]),
        ("lucía", ["Lucía's birds"]),
        ("birds lucia", ["Lucía's birds"]),
        ("birds sums", []),
        ("france", ["Lucía's birds"]),
        ("hop", ["Sums"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("100% sure", []),
        ("ενα", ["Ένα"]),
        ("year 9", ["Sums"]),
        ("\x00", ["Ένα", "Lucía's birds", "Sums"]),
    ],
)
@pytest.mark.gen_test
async def test_words_are_found_wherever_they_stand(tmp_path, letters, found):
    """In title, description, tags or questions, without case and accents; every one of them must be there."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        create = here.services.desk.quizzes.create
        await create(ada, quiz_of("Lucía's birds", TEXT))
        await create(ada, quiz_of("Sums", description="Hop, skip", tags=["Year 9"]))
        await create(ada, quiz_of("Ένα"))
        assert sorted(await titles(here, ada, letters=letters)) == sorted(found)


@pytest.mark.gen_test
async def test_a_changed_quiz_is_found_by_what_is_in_it_now(tmp_path):
    """Also one whose tags were changed."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        made = await desk.quizzes.create(ada, quiz_of("Birds", tags=["Nature"]))
        await desk.quizzes.update(ada, made["id"], made | {"title": "Bees", "tags": ["Insects"]})
        assert (await titles(here, ada, letters="birds"), await titles(here, ada, letters="bees")) == ([], ["Bees"])
        assert (await titles(here, ada, tag="nature"), await titles(here, ada, tag="insects")) == ([], ["Bees"])
        await desk.library.set_tags(ada, made["id"], "Garden")
        assert (await titles(here, ada, letters="insects"), await titles(here, ada, letters="garden")) == ([], ["Bees"])


@pytest.mark.gen_test
async def test_tags_are_listed_once_whatever_their_spelling(tmp_path):
    """With how many quizzes have them; a deleted quiz has none, somebody else's are not shown."""
    async with house(tmp_path) as here:
        ada, bo, desk = await here.teacher(), await here.teacher("bo@school.example"), here.services.desk
        await desk.quizzes.create(ada, quiz_of("A", tags=["Nature", "Year 9"]))
        await desk.quizzes.create(ada, quiz_of("B", tags=["nature"]))
        await desk.quizzes.create(bo, quiz_of("C", tags=["Secret"]))
        gone = await desk.quizzes.create(ada, quiz_of("D", tags=["Gone"]))
        await desk.library.delete(ada, gone["id"])
        assert await desk.library.tags(ada) == [{"tag": "Nature", "quizzes": 2}, {"tag": "Year 9", "quizzes": 1}]


def test_a_line_of_tags_is_read_as_it_was_meant():
    """Blanks and empty ones do not count, nor does the same one again."""
    assert tags_of(" Biology,,  Year   9 , biology,") == ["Biology", "Year 9"]
    assert tags_of("") == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",".join(map(str, range(21))), "has 21 entries, at most 20 are possible"),
        ("short, " + "x" * 41, "has one of 41 characters, at most 40 are possible"),
        ("a\x07b", "contains control characters"),
    ],
)
def test_tags_have_limits(line, reason):
    """Those that a quiz has."""
    with pytest.raises(Invalid) as refused:
        tags_of(line)
    assert refused.value.details["problems"] == [{"field": "tags", "reason": reason}]


@pytest.mark.gen_test
async def test_new_tags_make_a_new_revision(tmp_path):
    """So that a page that has the quiz open does not write the old ones over them; the same ones make none."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        made = await desk.quizzes.create(ada, quiz_of())
        here.clock.advance(60)
        for _ in range(2):
            await desk.library.set_tags(ada, made["id"], "Nature")
        tagged = await desk.quizzes.get(ada, made["id"])
        assert tagged == made | {"tags": ["Nature"], "revision": 2}


@pytest.mark.gen_test
async def test_quizzes_stand_in_three_orders(tmp_path):
    """Last changed, by title, last played; those that were never played come last."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        ids = {}
        for title in ("bees", "Ants", "Çiçek", "Dogs"):
            ids[title] = (await desk.quizzes.create(ada, quiz_of(title)))["id"]
            here.clock.advance(1)
        for title in ("Dogs", "bees"):
            room = await here.services.rooms.create(ada, ids[title], {})
            await here.services.transitions.command(room["id"], "room.start")
            here.clock.advance(1)
        orders = {}
        for sort in library.SORTS:
            shelf = await desk.library.shelf(ada, Sought(), sort)
            orders[sort] = [quiz["title"] for quiz in shelf["quizzes"]]
        assert orders["recent"] == ["Dogs", "Çiçek", "Ants", "bees"]
        assert orders["title"] == ["Ants", "bees", "Çiçek", "Dogs"]
        assert orders["played"] == ["bees", "Dogs", "Çiçek", "Ants"]


@pytest.mark.gen_test
async def test_a_run_counts_when_it_starts(tmp_path):
    """Not when a room is made; what is played later is the last time."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        made = await desk.quizzes.create(ada, quiz_of())
        rooms = [await here.services.rooms.create(ada, made["id"], {}) for _ in range(3)]
        assert (await desk.quizzes.get(ada, made["id"]))["runs"] == 0
        for room in rooms[:2]:
            here.clock.advance(60)
            await here.services.transitions.command(room["id"], "room.start")
        played = await desk.quizzes.get(ada, made["id"])
        assert (played["runs"], played["last_played_at"]) == (2, here.clock.now_ms())


@pytest.mark.gen_test
async def test_a_copy_is_a_quiz_of_its_own(tmp_path):
    """With tags and images, and a title that is not too long; not played, and not changed by the other's changes."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        image = (await desk.media.add(ada, file_of(halves())))["id"]
        question = SINGLE | {"media": {"image": image, "alt": ""}}
        made = await desk.quizzes.create(ada, quiz_of("x" * 200, question, tags=["Nature"]))
        copy = await desk.library.duplicate(ada, made["id"])
        assert copy["title"] == "x" * 193 + " (copy)"
        assert (copy["questions"], copy["tags"], copy["revision"]) == (made["questions"], ["Nature"], 1)
        await desk.library.delete(ada, made["id"])
        here.clock.advance(31 * DAY_S)
        await desk.sweep()
        assert (await desk.media.find(image)).type == "image/png"
        assert await desk.quizzes.get(ada, copy["id"]) == copy
        assert await titles(here, ada, tag="nature", letters="copy") == [copy["title"]]


@pytest.mark.gen_test
async def test_a_deleted_quiz_is_gone_and_comes_back_as_it_was(tmp_path):
    """For thirty days; rooms made from it go on all the time."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        made = await desk.quizzes.create(ada, quiz_of(tags=["Nature"]))
        room = await here.services.rooms.create(ada, made["id"], {})
        assert await desk.library.delete(ada, made["id"]) == "Sums"
        for attempt in (
            desk.quizzes.get(ada, made["id"]),
            desk.quizzes.update(ada, made["id"], made),
            desk.library.delete(ada, made["id"]),
            desk.library.duplicate(ada, made["id"]),
            desk.library.set_tags(ada, made["id"], "x"),
            here.services.rooms.create(ada, made["id"], {}),
        ):
            with pytest.raises(NotFound):
                await attempt
        assert (await titles(here, ada), await titles(here, ada, is_deleted=True)) == ([], ["Sums"])
        await here.services.transitions.command(room["id"], "room.start")
        here.clock.advance(30 * DAY_S - 1)
        assert await desk.library.bury() == 0
        back = await desk.library.restore(ada, made["id"])
        assert back | {"runs": 0, "last_played_at": None} == made
        assert await titles(here, ada, tag="nature") == ["Sums"]


@pytest.mark.gen_test
async def test_after_thirty_days_what_it_asked_is_gone_for_good(tmp_path):
    """Its words, tags and images too; what rooms made of it stays, and the samples do not come again."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        image = (await desk.media.add(ada, file_of(halves())))["id"]
        question = SINGLE | {"media": {"image": image, "alt": ""}}
        made = await desk.quizzes.create(ada, quiz_of("Secret", question, tags=["Nature"]))
        room = await here.services.rooms.create(ada, made["id"], {})
        await desk.library.delete(ada, made["id"])
        here.clock.advance(30 * DAY_S)
        # Too late, though the job has not come by yet.
        with pytest.raises(NotFound):
            await desk.library.restore(ada, made["id"])
        assert await desk.library.bury() == 1
        assert await desk.library.bury() == 0
        row = await here.services.db.read(Quiz.get_by_id, made["id"])
        assert (row.title, row.content, row.words, row.questions) == ("", "{}", "", 0)
        assert await here.services.db.read(lambda: (QuizTag.select().count(), QuizMedia.select().count())) == (0, 0)
        assert (await desk.results.json(ada, room["id"]))["room"]["title"] == "Secret"
        await desk.media.sweep()
        assert (await desk.media.find(image)).type == "image/png"
        assert await desk.quizzes.load_samples(tmp_path) == 0


@pytest.mark.gen_test
async def test_a_search_has_a_limit(tmp_path):
    """It is said."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        assert await titles(here, ada, letters="x" * 100) == []
        reason = "is 101 characters long, at most 100 are possible"
        for sought, field in (("letters", "q"), ("tag", "tag")):
            with pytest.raises(Invalid) as refused:
                await titles(here, ada, **{sought: "x" * 101})
            assert refused.value.details["problems"] == [{"field": field, "reason": reason}]


@pytest.mark.gen_test
async def test_the_programs_list_has_pages(tmp_path):
    """Every quiz exactly once, also when the last one of a page is deleted in between."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        made = {(await desk.quizzes.create(ada, quiz_of(f"Quiz {n}")))["id"] for n in range(5)}
        first = await desk.library.page(ada, Sought("quiz"), None, 2)
        await desk.library.delete(ada, first["next"])
        second = await desk.library.page(ada, Sought("quiz"), first["next"], 2)
        third = await desk.library.page(ada, Sought("quiz"), second["next"], 2)
        ids = [quiz["id"] for page in (first, second, third) for quiz in page["quizzes"]]
        assert (set(ids), len(ids)) == (made, 5)
        assert third["next"] is None


@pytest.mark.gen_test
async def test_nobody_finds_or_touches_what_is_somebody_elses(tmp_path):
    """A quiz that they deleted is as if it had never been."""
    async with house(tmp_path) as here:
        ada, bo, desk = await here.teacher(), await here.teacher("bo@school.example"), here.services.desk
        made = await desk.quizzes.create(ada, quiz_of(tags=["Nature"]))
        assert (await titles(here, bo), await titles(here, bo, tag="nature")) == ([], [])
        assert await desk.library.tags(bo) == []
        for attempt in (
            desk.library.duplicate(bo, made["id"]),
            desk.library.set_tags(bo, made["id"], "x"),
            desk.library.delete(bo, made["id"]),
            desk.library.restore(bo, made["id"]),
        ):
            with pytest.raises(Forbidden):
                await attempt
        await desk.library.delete(ada, made["id"])
        assert await desk.library.deleted_title(bo, made["id"]) is None
        with pytest.raises(NotFound):
            await desk.library.restore(bo, made["id"])


@pytest.mark.gen_test
async def test_a_draft_is_found_like_any_quiz(tmp_path):
    """As far as it is written, with the images that it has."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        draft_id = await desk.quizzes.begin(ada, "Untitled quiz")
        assert await titles(here, ada, letters="untitled") == ["Untitled quiz"]
        image = (await desk.media.add(ada, file_of(halves())))["id"]
        question = {"id": "q1", "kind": "single", "prompt": "Which bird?", "media": {"image": image, "alt": ""}}
        await desk.quizzes.save_draft(ada, draft_id, {"title": "", "questions": [question], "revision": 1})
        (summary,) = (await desk.library.shelf(ada, Sought("bird")))["quizzes"]
        assert (summary["title"], summary["ready"], summary["questions"]) == ("", False, 1)
        here.clock.advance(2 * DAY_S)
        assert await desk.media.sweep() == 0
        copy = await desk.library.duplicate(ada, draft_id)
        assert (copy["ready"], copy["questions"]) == (False, (await desk.quizzes.get(ada, draft_id))["questions"])
