"""A file in: everything in it is imported, warned about or skipped with its place, or nothing is saved."""

import contextlib
import json

import pytest
from databases import database_url
from sample_rooms import SINGLE, TEXT

from clock import ManualClock
from models.database import Database
from models.migrate import migrate
from models.tables import Account, Quiz
from services.brought_media import BroughtMedia
from services.errors import Invalid
from services.file_reader import FileReader
from services.identity import Identity
from services.imports import Imports, format_choices
from services.media import Media
from services.quiz_file import FILE_MOST
from services.quizzes import Quizzes

ADA = Identity("ada", "account", "teacher", "Ada", "ada", 1, "jti", None, 0)
GIFT = b"""// two of three can be played
::One:: 2 + 2 = ? { =4 ~3 }

::Two:: Capital of France? { =Paris }

::Three:: Match { =a -> b }
"""


@contextlib.asynccontextmanager
async def importing(folder):
    """(imports, quizzes, count of stored quizzes) over a fresh database."""
    db = Database(database_url(folder))
    migrate(db.engine)
    db.start()
    ada = Account.insert(id="ada", email="ada", name="Ada", role="teacher", password_hash="", created_at=0)
    await db.write(ada.execute)
    quizzes = Quizzes(db, ManualClock())
    yield (
        Imports(quizzes, FileReader(), BroughtMedia(Media(db, ManualClock()))),
        quizzes,
        lambda: db.read(Quiz.select().count),
    )
    db.stop()


def json_file(*questions, **fields):
    return json.dumps({"title": "Sums", "questions": list(questions)} | fields).encode()


@pytest.mark.gen_test
async def test_nothing_in_a_file_is_dropped_silently(tmp_path):
    """Found is imported plus skipped, and each skipped one has its line."""
    async with importing(tmp_path) as (imports, quizzes, _):
        result = await imports.import_file(ADA, GIFT, "week 1.gift")
        assert result["counts"] == {"found": 3, "imported": 2, "skipped": 1}
        skipped = [warning for warning in result["warnings"] if warning["severity"] == "skipped"]
        assert [warning["where"] for warning in skipped] == ["line 6"]
        assert all(warning["message"] and warning["code"] for warning in result["warnings"])
        assert result["quiz"] == result["quizzes"][0] == await quizzes.get(ADA, result["quiz"]["id"])


@pytest.mark.gen_test
async def test_a_question_that_cannot_be_played_is_skipped_with_its_reason(tmp_path):
    """What the format could read and the rules refuse."""
    async with importing(tmp_path) as (imports, _, _):
        result = await imports.import_file(ADA, json_file(SINGLE, TEXT | {"accepted": []}, TEXT), "q.json")
        assert result["counts"] == {"found": 3, "imported": 2, "skipped": 1}
        assert result["warnings"][0]["where"] == "questions[1]"
        assert "accepted" in result["warnings"][0]["message"]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"   \n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"Dear parents, this is a letter.",
        b'{"title": "Broken", "questions": [{"kind": "single"',
        b'{"title": "No questions", "questions": []}',
        b"[1, 2, 3]",
        b'{"questions": "none"}',
        b'{"questions": ' + b"[" * 100_000,
        json_file(TEXT | {"accepted": []}),
    ],
    ids=["empty", "blank", "image", "letter", "broken", "none", "numbers", "text", "deep", "unplayable"],
)
@pytest.mark.gen_test
async def test_a_file_without_a_quiz_gets_one_sentence_and_leaves_nothing(tmp_path, file):
    """Whatever it is."""
    async with importing(tmp_path) as (imports, _, count):
        with pytest.raises(Invalid) as refused:
            await imports.import_file(ADA, file, "upload")
        assert refused.value.message.rstrip()[-1] in ".!"
        assert "\n" not in refused.value.message
        assert refused.value.details["problems"][0]["field"] == "file"
        assert await count() == 0


@pytest.mark.gen_test
async def test_a_file_that_is_too_large_is_refused_with_the_limit(tmp_path):
    """Before anything is read from it."""
    async with importing(tmp_path) as (imports, _, count):
        with pytest.raises(Invalid, match="20 MB"):
            await imports.import_file(ADA, b" " * (FILE_MOST + 1), "large.gift")
        assert await count() == 0


@pytest.mark.gen_test
async def test_an_unknown_format_is_named_with_the_known_ones(tmp_path):
    """The field is format."""
    async with importing(tmp_path) as (imports, _, _):
        with pytest.raises(Invalid) as refused:
            await imports.import_file(ADA, GIFT, "q.gift", "docx")
        assert refused.value.details["problems"][0]["field"] == "format"
        assert all(choice["name"] in refused.value.message for choice in format_choices())


@pytest.mark.gen_test
async def test_a_file_may_hold_several_quizzes(tmp_path):
    """All are saved, and all are told."""
    async with importing(tmp_path) as (imports, _, count):
        both = {"quizzes": [{"title": name, "questions": [SINGLE]} for name in ("A", "B")]}
        result = await imports.import_file(ADA, json.dumps(both).encode(), "two.json")
        assert [quiz["title"] for quiz in result["quizzes"]] == ["A", "B"]
        assert result["counts"]["imported"] == await count() == 2


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": "x" * 201}, "title"),
        ({"language": "Klingon!"}, "language"),
        ({"description": "x" * 5000}, "description"),
    ],
)
@pytest.mark.gen_test
async def test_a_bad_frame_does_not_spoil_good_questions(tmp_path, fields, where):
    """It is left out with a warning."""
    async with importing(tmp_path) as (imports, _, _):
        result = await imports.import_file(ADA, json_file(SINGLE, **fields), "frame.json")
        assert [warning["where"] for warning in result["warnings"]] == [where]
        assert result["counts"]["imported"] == 1


@pytest.mark.gen_test
async def test_questions_of_one_id_are_told_apart(tmp_path):
    """The later ones get new ids, and those without one too."""
    async with importing(tmp_path) as (imports, _, _):
        file = json_file(SINGLE | {"id": "q2"}, SINGLE | {"id": "q2 "}, SINGLE, SINGLE | {"id": None})
        result = await imports.import_file(ADA, file, "twins.json")
        ids = [question["id"] for question in result["quiz"]["questions"]]
        assert ids[0] == "q2"
        assert len(set(ids)) == 4


@pytest.mark.gen_test
async def test_a_quiz_without_a_title_is_called_like_its_file(tmp_path):
    """Without the folder and the ending."""
    async with importing(tmp_path) as (imports, _, _):
        result = await imports.import_file(ADA, json_file(SINGLE, title=""), "C:\\school\\Week 1.json")
        assert result["quiz"]["title"] == "Week 1"
