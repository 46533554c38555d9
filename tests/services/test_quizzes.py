"""An account's quizzes over a real database: written, listed, changed by revision, deleted, and the samples."""

import contextlib
import json
from pathlib import Path

import pytest
from databases import database_url
from sample_rooms import NUMBER, SINGLE, TEXT

from clock import ManualClock
from game.kinds import KINDS
from models.database import Database
from models.migrate import migrate
from models.tables import Account
from services.errors import Forbidden, Invalid, NotFound, Stale
from services.identity import Identity
from services.library import Library
from services.quizzes import Quizzes, decode

SAMPLES = Path(__file__).parents[2] / "samples"


def teacher(name):
    """An account that exists."""
    Account.insert(id=name, email=name, name=name, role="teacher", password_hash="", created_at=len(name)).execute()
    return Identity(name, "account", "teacher", name, name, 1, "jti", None, 0)


@contextlib.asynccontextmanager
async def library(folder):
    """(quizzes, ada, bo) over a fresh database; `quizzes.library` finds them."""
    db = Database(database_url(folder))
    migrate(db.engine)
    db.start()
    quizzes = Quizzes(db, ManualClock(1_700_000_000_000))
    quizzes.library = Library(db, ManualClock(1_700_000_000_000))
    yield quizzes, await db.write(teacher, "ada"), await db.write(teacher, "bo")
    db.stop()


def quiz_of(*questions, title="Sums"):
    return {"title": title, "questions": list(questions)}


@pytest.mark.gen_test
async def test_a_new_quiz_comes_back_as_it_is_stored(tmp_path):
    """With an id, the first revision, its times and every default."""
    async with library(tmp_path) as (quizzes, ada, _):
        made = await quizzes.create(ada, quiz_of(SINGLE))
        assert await quizzes.get(ada, made["id"]) == made
        assert (made["revision"], made["title"], made["language"]) == (1, "Sums", "en")
        assert made["created_at"] == made["updated_at"] == 1_700_000_000_000
        assert (made["questions"][0]["points"], made["questions"][0]["time_limit_s"]) == (1000, 20)


@pytest.mark.gen_test
async def test_questions_without_an_id_are_given_one(tmp_path):
    """Each its own; one that has an id keeps it."""
    async with library(tmp_path) as (quizzes, ada, _):
        made = await quizzes.create(ada, quiz_of(SINGLE, TEXT, NUMBER | {"id": "mine"}))
        ids = [question["id"] for question in made["questions"]]
        assert len(set(ids)) == 3
        assert ids[2] == "mine"


@pytest.mark.gen_test
async def test_a_quiz_that_cannot_be_played_is_refused_with_every_fault(tmp_path):
    """Field and reason each; nothing is stored."""
    async with library(tmp_path) as (quizzes, ada, _):
        with pytest.raises(Invalid) as refused:
            await quizzes.create(ada, quiz_of(SINGLE, TEXT | {"accepted": []}, title="") | {"colour": "red"})
        fields = {problem["field"] for problem in refused.value.details["problems"]}
        assert {"title", "questions[1].accepted", "colour"} <= fields
        assert (await quizzes.library.page(ada))["quizzes"] == []


@pytest.mark.gen_test
async def test_only_the_owner_reads_and_changes_a_quiz(tmp_path):
    """For the others it is forbidden, and one that does not exist is not found."""
    async with library(tmp_path) as (quizzes, ada, bo):
        made = await quizzes.create(ada, quiz_of(SINGLE))
        for attempt in (
            quizzes.get(bo, made["id"]),
            quizzes.update(bo, made["id"], quiz_of(TEXT) | {"revision": 1}),
            quizzes.library.delete(bo, made["id"]),
        ):
            with pytest.raises(Forbidden):
                await attempt
        for attempt in (quizzes.get(ada, "nothing"), quizzes.library.delete(ada, "nothing")):
            with pytest.raises(NotFound):
                await attempt
        assert (await quizzes.library.page(bo))["quizzes"] == []


@pytest.mark.gen_test
async def test_a_change_makes_the_next_revision(tmp_path):
    """What was read can be sent back as it is."""
    async with library(tmp_path) as (quizzes, ada, _):
        made = await quizzes.create(ada, quiz_of(SINGLE))
        changed = await quizzes.update(ada, made["id"], made | {"title": "More sums"})
        assert (changed["revision"], changed["title"]) == (2, "More sums")
        assert changed["questions"] == made["questions"]


@pytest.mark.gen_test
async def test_a_change_of_an_old_revision_is_stale(tmp_path):
    """The answer says which one is current, and nothing was written."""
    async with library(tmp_path) as (quizzes, ada, _):
        made = await quizzes.create(ada, quiz_of(SINGLE))
        await quizzes.update(ada, made["id"], made | {"title": "First"})
        with pytest.raises(Stale) as refused:
            await quizzes.update(ada, made["id"], made | {"title": "Second"})
        assert refused.value.details == {"revision": 2}
        assert (await quizzes.get(ada, made["id"]))["title"] == "First"


@pytest.mark.parametrize("revision", [None, "1", 0, True, 1.0, 2**40])
@pytest.mark.gen_test
async def test_a_change_must_say_what_it_changes(tmp_path, revision):
    """A revision is a whole number above zero."""
    async with library(tmp_path) as (quizzes, ada, _):
        made = await quizzes.create(ada, quiz_of(SINGLE))
        with pytest.raises(Invalid) as refused:
            await quizzes.update(ada, made["id"], made | {"revision": revision})
        assert refused.value.details["problems"][0]["field"] == "revision"


@pytest.mark.gen_test
async def test_samples_are_loaded_once(tmp_path):
    """Into an empty database only; they belong to the oldest account when there is one."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for name in ("b", "a"):
        (folder / f"{name}.json").write_text(json.dumps(quiz_of(SINGLE, title=name)))
    async with library(tmp_path) as (quizzes, _, bo):
        assert await quizzes.load_samples(folder) == 2
        assert await quizzes.load_samples(folder) == 0
        # "bo" is older than "ada" here.
        assert {quiz["title"] for quiz in (await quizzes.library.page(bo))["quizzes"]} == {"a", "b"}
        for quiz in (await quizzes.library.page(bo))["quizzes"]:
            await quizzes.library.delete(bo, quiz["id"])
        assert await quizzes.load_samples(folder) == 0


def test_our_own_samples_can_be_played():
    """What the first start loads is not refused by the rules."""
    samples = [decode(path.read_bytes()) for path in SAMPLES.glob("*.json")]
    kinds = {question.kind for quiz in samples for question in quiz.questions}
    assert len(samples) == 4
    # A picture to point at cannot come in a file of text.
    assert kinds == set(KINDS) - {"hotspot"}
