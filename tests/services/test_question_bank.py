"""The questions of a teacher's quizzes as one store: found, and copied into another quiz, over a real database."""

import pytest
from house import house
from pictures import file_of, halves
from sample_rooms import MULTI, NUMBER, SINGLE, TEXT

from game.quiz import QUESTIONS_MOST
from models.tables import QuizMedia, QuizQuestion
from services.errors import Forbidden, Invalid, NotFound, Stale
from services.question_bank import PICKS_MOST, Asked, Pick, Target


def poll(prompt, *choices):
    return {"kind": "poll", "prompt": prompt, "choices": [{"text": text} for text in choices or ("Yes", "No")]}


async def quiz_of(here, who, title, *questions, **more):
    here.clock.advance(1)
    return await here.services.desk.quizzes.create(who, {"title": title, "questions": list(questions)} | more)


async def prompts(here, who, letters="", **asked):
    found = await here.services.desk.bank.search(who, Asked(letters, **asked))
    return [hit["question"]["prompt"] for hit in found["questions"]]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("", ["¿Dónde está el pingüino?", "Best bird?", "Best flower?"]),
        ("best", ["Best bird?", "Best flower?"]),
        ("BIRD best", ["Best bird?"]),
        ("donde pinguino", ["¿Dónde está el pingüino?"]),
        ("robin", ["Best bird?"]),
        ("hop", ["¿Dónde está el pingüino?"]),
        ("poll", []),
        ("birds", []),
        ("%", []),
    ],
)
@pytest.mark.gen_test
async def test_words_are_found_in_the_question_and_in_its_answers(tmp_path, letters, found):
    """Every word, without case and accents; the title of the quiz is not the question's."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        await quiz_of(here, ada, "Birds", poll("Best bird?", "Robin", "Wren"), poll("Best flower?", "Rose", "Iris"))
        await quiz_of(here, ada, "Aves", poll("¿Dónde está el pingüino?", "Polo", "Hopi"))
        assert await prompts(here, ada, letters) == found


@pytest.mark.gen_test
async def test_what_its_author_did_not_write_is_not_searched(tmp_path):
    """Neither names of kinds, shapes and ways to match, nor addresses of images."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        image = await here.services.desk.media.add(ada, file_of(halves()), "image/png")
        media = {"image": image["id"], "alt": "Two halves"}
        area = {"label": "left", "correct": True, "shape": "rect", "x": 0, "y": 0, "width": 0.5, "height": 1}
        where = {"kind": "hotspot", "prompt": "Where?", "media": media, "areas": [area]}
        how = TEXT | {"match": "fuzzy", "markup": "markdown"}
        await quiz_of(here, ada, "Both", where, how)
        for letters in ("hotspot", "rect", "fuzzy", "markdown", image["id"][:12], "webp"):
            assert await prompts(here, ada, letters) == [], letters
        assert await prompts(here, ada, "left halves") == ["Where?"]


@pytest.mark.gen_test
async def test_questions_are_narrowed_by_kind_language_and_tag(tmp_path):
    """All at once too; and the quiz that is open elsewhere can be left out."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        sums = await quiz_of(here, ada, "Sums", SINGLE, poll("Easy?"), tags=["Maths"])
        await quiz_of(here, ada, "Rechnen", poll("Leicht?"), language="de", tags=["Maths", "Year 9"])
        assert await prompts(here, ada, kind="poll") == ["Leicht?", "Easy?"]
        assert await prompts(here, ada, language="en", kind="poll") == ["Easy?"]
        assert await prompts(here, ada, tag="year 9") == ["Leicht?"]
        assert await prompts(here, ada, tag="MATHS", kind="single") == [SINGLE["prompt"]]
        assert await prompts(here, ada, but=sums["id"]) == ["Leicht?"]
        facets = await here.services.desk.bank.facets(ada)
        assert sorted(facets["kinds"]) == ["poll", "single"]
        assert (facets["languages"], [tag for _, tag, _ in facets["tags"]]) == (["de", "en"], ["Maths", "Year 9"])


@pytest.mark.gen_test
async def test_a_hit_says_where_it_stands(tmp_path):
    """With its quiz and its number there."""
    async with house(tmp_path) as here:
        ada = await here.teacher()
        quiz = await quiz_of(here, ada, "Sums", SINGLE, poll("Easy?"), tags=["Maths"])
        (hit,) = (await here.services.desk.bank.search(ada, Asked("easy")))["questions"]
        assert hit["quiz"] == {"id": quiz["id"], "title": "Sums", "language": "en", "tags": ["Maths"]}
        assert (hit["number"], hit["question"]) == (2, quiz["questions"][1])


@pytest.mark.gen_test
async def test_drafts_are_found_and_deleted_quizzes_are_not(tmp_path):
    """One that is taken back is found again; one that is gone for good leaves no words."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        draft = await desk.quizzes.begin(ada, "New")
        written = {"title": "New", "questions": [{"id": "q", "kind": "single", "prompt": "Half a question"}]}
        await desk.quizzes.save_draft(ada, draft, written | {"revision": 1})
        quiz = await quiz_of(here, ada, "Sums", SINGLE)
        assert await prompts(here, ada) == [SINGLE["prompt"], "Half a question"]
        await desk.library.delete(ada, quiz["id"])
        assert await prompts(here, ada) == ["Half a question"]
        await desk.library.restore(ada, quiz["id"])
        assert await prompts(here, ada, SINGLE["prompt"]) == [SINGLE["prompt"]]
        await desk.library.delete(ada, quiz["id"])
        here.clock.advance(31 * 24 * 3600)
        await desk.library.bury()
        of_quiz = QuizQuestion.select().where(QuizQuestion.quiz_id == quiz["id"])
        assert await here.services.db.read(of_quiz.count) == 0


@pytest.mark.gen_test
async def test_what_is_written_anew_is_found_anew(tmp_path):
    """Questions that were changed, moved, taken out or came with a duplicate."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        quiz = await quiz_of(here, ada, "Polls", poll("One?"), poll("Two?"), poll("Three?"))
        questions = [quiz["questions"][2], quiz["questions"][1] | {"prompt": "Second?"}]
        await desk.quizzes.update(ada, quiz["id"], {"title": "Polls", "questions": questions, "revision": 1})
        assert await prompts(here, ada) == ["Three?", "Second?"]
        assert await prompts(here, ada, "two") == []
        assert await prompts(here, ada, "second") == ["Second?"]
        here.clock.advance(1)
        await desk.library.duplicate(ada, quiz["id"])
        assert await prompts(here, ada, "three") == ["Three?", "Three?"]


@pytest.mark.gen_test
async def test_pages_hold_what_was_found_once_each(tmp_path):
    """Behind the last page comes the last one; of nothing there is one empty page."""
    async with house(tmp_path) as here:
        ada, bank = await here.teacher(), here.services.desk.bank
        await quiz_of(here, ada, "Polls", *(poll(f"Number {n}?") for n in range(7)))
        pages = [await bank.search(ada, Asked("number"), page, 3) for page in (1, 2, 3, 9)]
        assert [len(page["questions"]) for page in pages] == [3, 3, 1, 1]
        assert [(page["found"], page["page"], page["pages"]) for page in pages] == [(7, n, 3) for n in (1, 2, 3, 3)]
        assert {hit["number"] for page in pages for hit in page["questions"]} == set(range(1, 8))
        assert await bank.search(ada, Asked("none")) == {"questions": [], "found": 0, "page": 1, "pages": 1}
        with pytest.raises(Invalid, match="101 characters"):
            await bank.search(ada, Asked("x" * 101))


@pytest.mark.gen_test
async def test_nobody_finds_or_copies_what_is_somebody_elses(tmp_path):
    """Neither from another's quiz nor into it."""
    async with house(tmp_path) as here:
        ada, bo, bank = await here.teacher(), await here.teacher("bo@school.example"), here.services.desk.bank
        hers, his = await quiz_of(here, ada, "Hers", SINGLE), await quiz_of(here, bo, "His", TEXT)
        assert await prompts(here, bo) == [TEXT["prompt"]]
        assert [target["title"] for target in await bank.targets(bo)] == ["His"]
        theirs, own = (Pick(quiz["id"], quiz["questions"][0]["id"]) for quiz in (hers, his))
        with pytest.raises(Forbidden):
            await bank.copy(bo, [own, theirs], Target(his["id"], 1))
        with pytest.raises(Forbidden):
            await bank.copy(bo, [own], Target(hers["id"], 1))


@pytest.mark.gen_test
async def test_copies_stand_behind_the_quizs_own_questions(tmp_path):
    """In the order in which they were picked, under new ids, with their images, as one revision."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        image = await desk.media.add(ada, file_of(halves()), "image/png")
        pictured = SINGLE | {"media": {"image": image["id"], "alt": "Two halves"}}
        source = await quiz_of(here, ada, "Source", pictured, TEXT, NUMBER)
        target = await quiz_of(here, ada, "Target", MULTI)
        picks = [Pick(source["id"], source["questions"][at]["id"]) for at in (1, 0)]
        copied = await desk.bank.copy(ada, picks, Target(target["id"], 1))
        after = await desk.quizzes.get(ada, target["id"])
        assert [question["prompt"] for question in after["questions"]] == [
            question["prompt"] for question in (MULTI, TEXT, pictured)
        ]
        assert [question["id"] for question in after["questions"][1:]] == copied["questions"]
        assert not set(copied["questions"]) & {question["id"] for question in source["questions"]}
        assert after["questions"][2]["media"] == pictured["media"]
        shown = await here.services.db.read(lambda: QuizMedia.select().where(QuizMedia.quiz_id == target["id"]).count())
        assert shown == 1
        assert (copied["revision"], after["revision"], copied["ready"]) == (2, 2, True)
        assert await desk.quizzes.get(ada, source["id"]) == source


@pytest.mark.gen_test
async def test_copies_may_begin_a_new_quiz(tmp_path):
    """In the language of the first one's; what a draft lacks its copy lacks too."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        draft = await desk.quizzes.begin(ada, "New")
        half = {"id": "q 1", "kind": "single", "prompt": "Halb?"}
        written = {"title": "New", "language": "de", "questions": [half], "revision": 1}
        await desk.quizzes.save_draft(ada, draft, written)
        copied = await desk.bank.copy(ada, [Pick(draft, "q 1"), Pick(draft, "q 1")], Target(title="Neu"))
        quiz = await desk.quizzes.get(ada, copied["id"])
        assert (quiz["title"], quiz["language"], quiz["ready"]) == ("Neu", "de", False)
        assert [question["prompt"] for question in quiz["questions"]] == ["Halb?", "Halb?"]
        assert copied["problems"][0]["field"].startswith("questions[0]")


@pytest.mark.gen_test
async def test_a_quiz_that_has_moved_on_takes_no_copies(tmp_path):
    """Whoever wrote in it meanwhile loses nothing, and nothing is half done."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        quiz = await quiz_of(here, ada, "Sums", SINGLE)
        await desk.quizzes.update(ada, quiz["id"], quiz | {"title": "More sums"})
        pick = Pick(quiz["id"], quiz["questions"][0]["id"])
        with pytest.raises(Stale) as refused:
            await desk.bank.copy(ada, [pick], Target(quiz["id"], 1))
        assert refused.value.details["revision"] == 2
        assert len((await desk.quizzes.get(ada, quiz["id"]))["questions"]) == 1


@pytest.mark.gen_test
async def test_what_cannot_be_copied_is_named(tmp_path):
    """Questions that are not there, none, too many at once, more than a quiz holds."""
    async with house(tmp_path) as here:
        ada, desk = await here.teacher(), here.services.desk
        quiz = await quiz_of(here, ada, "Full", *(poll(f"Number {n}?") for n in range(QUESTIONS_MOST)))
        pick, into = Pick(quiz["id"], quiz["questions"][0]["id"]), Target(quiz["id"], 1)
        with pytest.raises(NotFound, match=r"questions\[1\]"):
            await desk.bank.copy(ada, [pick, Pick(quiz["id"], "other")], Target(title="New"))
        for picks in ([], [pick] * (PICKS_MOST + 1)):
            with pytest.raises(Invalid, match=f"has {len(picks)} entries; 1 to {PICKS_MOST}"):
                await desk.bank.copy(ada, picks, Target(title="New"))
        with pytest.raises(Invalid, match="501 questions, at most 500"):
            await desk.bank.copy(ada, [pick], into)
