"""A look at a file before anything is saved: kept for its owner, for a day, on whichever node."""

import asyncio
import json

import pytest
from house import house, houses

from models.tables import ImportPreview, Quiz
from services.errors import Invalid, NotFound
from services.previews import KEPT_EACH, KEPT_MS

GIFT = b"one {T}\n\ntwo {=a -> b}\n\nthree {F}\n\nfour {T}\n"
SLIDES = [{"title": name, "questions": [{"kind": "info", "prompt": name}]} for name in "AB"]
TWO = json.dumps({"quizzes": SLIDES}).encode()


async def count(here, table) -> int:
    return await here.services.db.read(table.select().count)


@pytest.mark.gen_test
async def test_what_was_found_stands_in_the_order_of_the_file(tmp_path):
    """What cannot come along has its place between the others."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        made = await here.services.desk.previews.make(ada, GIFT, "four.gift")
        shown = await here.services.desk.previews.get(ada, made["id"])
        assert shown == made
        assert shown["counts"] == {"found": 4, "imported": 3, "skipped": 1}
        entries = shown["quizzes"][0].entries
        assert [(entry.where, entry.question is None) for entry in entries] == [
            ("line 1", False),
            ("line 3", True),
            ("line 5", False),
            ("line 7", False),
        ]
        assert await count(here, Quiz) == 0


@pytest.mark.gen_test
async def test_only_what_was_chosen_is_saved(tmp_path):
    """Under the title that was written, and the preview tells of it from then on."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        previews = here.services.desk.previews
        made = await previews.make(ada, GIFT, "four.gift")
        (saved,) = await previews.save(ada, made["id"], {(0, 0), (0, 1), (0, 3), (7, 7)}, {0: " Facts "})
        quiz = await here.services.desk.quizzes.get(ada, saved["id"])
        assert (quiz["title"], [question["prompt"] for question in quiz["questions"]]) == ("Facts", ["one", "four"])
        assert saved == {"id": quiz["id"], "title": "Facts", "questions": 2}
        assert (await previews.get(ada, made["id"]))["saved"] == [saved]


@pytest.mark.gen_test
async def test_several_quizzes_are_saved_together_without_those_that_nobody_wants(tmp_path):
    """A quiz with nothing ticked is not saved."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        previews = here.services.desk.previews
        both = await previews.make(ada, TWO, "two.json")
        assert [quiz["title"] for quiz in await previews.save(ada, both["id"], {(0, 0), (1, 0)}, {1: ""})] == ["A", "B"]
        one = await previews.make(ada, TWO, "two.json")
        assert [quiz["title"] for quiz in await previews.save(ada, one["id"], {(1, 0)}, {})] == ["B"]


@pytest.mark.gen_test
async def test_saved_twice_is_saved_once(tmp_path):
    """Two taps on the button, also on two nodes at the same time."""
    async with houses(tmp_path) as (here, there):
        ada = await here.teacher()
        made = await here.services.desk.previews.make(ada, GIFT, "four.gift")
        saves = [node.services.desk.previews.save(ada, made["id"], {(0, 0)}, {}) for node in (here, there, here)]
        first, second, third = await asyncio.gather(*saves)
        assert first == second == third
        assert await count(here, Quiz) == 1
        assert await there.services.desk.previews.save(ada, made["id"], set(), {}) == first


@pytest.mark.gen_test
async def test_nothing_chosen_saves_nothing_and_keeps_the_preview(tmp_path):
    """In one sentence."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        previews = here.services.desk.previews
        made = await previews.make(ada, GIFT, "four.gift")
        for kept in (set(), {(0, 1)}, {(5, 0)}):
            with pytest.raises(Invalid, match="no question was chosen"):
                await previews.save(ada, made["id"], kept, {})
        assert (await previews.get(ada, made["id"]))["saved"] is None


@pytest.mark.gen_test
async def test_a_preview_is_there_for_its_owner_and_for_a_day(tmp_path):
    """For everybody else and afterwards it is not, and it is forgotten."""
    async with house(tmp_path) as here:
        ada, bo = await here.teacher(), await here.teacher("bo@school.example")
        previews = here.services.desk.previews
        made = await previews.make(ada, GIFT, "four.gift")
        for use in (previews.get(bo, made["id"]), previews.save(bo, made["id"], {(0, 0)}, {})):
            with pytest.raises(NotFound):
                await use
        here.clock.advance(KEPT_MS / 1000 - 1)
        await previews.sweep()
        await previews.get(ada, made["id"])
        here.clock.advance(1)
        for use in (previews.get(ada, made["id"]), previews.save(ada, made["id"], {(0, 0)}, {})):
            with pytest.raises(NotFound):
                await use
        await previews.sweep()
        assert await count(here, ImportPreview) == 0


@pytest.mark.gen_test
async def test_the_oldest_previews_of_a_person_make_room(tmp_path):
    """Nobody fills the database with files."""
    async with house(tmp_path) as here:
        ada, bo = await here.teacher(), await here.teacher("bo@school.example")
        previews = here.services.desk.previews
        others = await previews.make(bo, GIFT, "bo.gift")
        made = []
        for number in range(KEPT_EACH + 2):
            here.clock.advance(1)
            made.append(await previews.make(ada, GIFT, f"{number}.gift"))
        assert await count(here, ImportPreview) == KEPT_EACH + 1
        await previews.get(ada, made[2]["id"])
        await previews.get(bo, others["id"])
        with pytest.raises(NotFound):
            await previews.get(ada, made[1]["id"])


@pytest.mark.gen_test
async def test_a_file_that_is_no_quiz_leaves_nothing(tmp_path):
    """As with an import at once."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        with pytest.raises(Invalid, match="not a quiz file"):
            await here.services.desk.previews.make(ada, b"Dear parents, hello.", "letter.txt")
        assert await count(here, ImportPreview) == 0
