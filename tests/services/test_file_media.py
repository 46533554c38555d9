"""The pictures of a quiz file are made in the process that reads it."""

import base64

import pytest
from pictures import file_of, photo

from services.file_media import MEDIA_S, TOO_MANY, make_media
from services.file_reader import FileReader
from services.images import remake
from services.quiz_file import Entry, FoundQuiz

NAMES = [letter * 64 + ".png" for letter in "abc"]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def found(**images: bytes) -> FoundQuiz:
    """A quiz that shows `a`, `b` and `a` again, with these files."""
    shown = [NAMES[0], NAMES[1], NAMES[0]]
    entries = [Entry(str(at), {"media": {"image": name, "alt": ""}}, []) for at, name in enumerate(shown)]
    named = {name: images[name[0]] for name in NAMES if name[0] in images}
    return FoundQuiz("T", "", "en", [], [*entries, Entry("4", {"media": None}, [])], [], named)


def test_only_what_is_shown_is_made():
    """Once each; the files are not carried any further."""
    photograph = file_of(photo(), "JPEG")
    quiz = found(a=photograph, b=SVG, c=photograph)
    make_media([quiz])
    assert quiz.made == {NAMES[0]: remake(photograph)}
    assert list(quiz.refused) == [NAMES[1]]
    assert "SVG" in quiz.refused[NAMES[1]]
    assert quiz.files == {}


def test_too_many_of_them_are_named():
    """A file that takes too long for all of them still brings its questions."""
    times = iter([0, 0, MEDIA_S + 1])
    quiz = found(a=file_of(photo()), b=file_of(photo()))
    make_media([quiz], spent_s=lambda: next(times))
    assert list(quiz.made) == [NAMES[0]]
    assert quiz.refused == {NAMES[1]: TOO_MANY}


@pytest.mark.gen_test
async def test_they_come_over_from_the_child():
    """Under the names that the questions have for them."""
    photograph = file_of(photo(), "JPEG")
    (quiz,) = await FileReader().read(_moodle(photograph), "bank.xml")
    (question,) = quiz.questions
    assert quiz.made[question["media"]["image"]] == remake(photograph)


def _moodle(photograph: bytes) -> bytes:
    file = f"<file name='a.png' path='/' encoding='base64'>{base64.b64encode(photograph).decode()}</file>"
    text = "<text><![CDATA[<p>Look <img src='@@PLUGINFILE@@/a.png' alt='Noise'></p>]]></text>"
    inner = f"<question type='description'><questiontext>{text}{file}</questiontext></question>"
    return f"<?xml version='1.0'?><quiz>{inner}</quiz>".encode()
