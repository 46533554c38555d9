"""Our own package: the quiz and its images go and come back byte for byte, and no name in it leads anywhere."""

import io
import json
import zipfile

import pytest

import formats
from formats.quizhall_zip import export, images_of

IMAGE, OTHER = "a" * 64 + ".webp", "b" * 64 + ".png"
QUIZ = {
    "title": "Größe: مرحبا",
    "description": "d",
    "language": "fr",
    "tags": ["Year 9"],
    "questions": [
        {"id": "q1", "kind": "info", "prompt": "a", "media": {"image": IMAGE, "alt": "A tree"}},
        {"id": "q2", "kind": "info", "prompt": "b", "media": {"image": IMAGE, "alt": ""}},
        {"id": "q3", "kind": "text", "prompt": "=c", "accepted": ["+1"], "media": {"image": OTHER, "alt": ""}},
    ],
}
FILES = {IMAGE: b"first", OTHER: b"second"}


def packed(**files: bytes | str) -> bytes:
    """A zip with these files, "/" in their names written as "__"."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_json", ".json"), data)
    return file.getvalue()


def questions_of(parsed: formats.Parsed) -> list[dict]:
    return [{name: value for name, value in entry.items() if name != "_where"} for entry in parsed.questions]


def test_what_was_exported_comes_back_with_its_images():
    """Everything, each image once; and the same quiz gives the same bytes."""
    exported = export(QUIZ, FILES)
    assert exported.issues == []
    with zipfile.ZipFile(io.BytesIO(exported.data)) as made:
        assert made.namelist() == ["quiz.json", f"media/{IMAGE}", f"media/{OTHER}"]
        assert json.loads(made.read("quiz.json"))["version"] == 1
    (again,) = formats.parse(exported.data, "x.quizhall.zip")
    assert (again.title, again.description, again.language, again.tags) == ("Größe: مرحبا", "d", "fr", ["Year 9"])
    assert questions_of(again) == QUIZ["questions"]
    assert (again.images, again.issues) == (FILES, [])
    assert export(QUIZ, FILES).data == exported.data


def test_an_image_that_is_not_at_hand_is_told():
    """At each question that shows it."""
    exported = export(QUIZ, {OTHER: b"second"})
    assert [(issue.where, issue.code) for issue in exported.issues] == [
        ("question 1", "picture_lost"),
        ("question 2", "picture_lost"),
    ]
    (again,) = formats.parse(exported.data, "x.zip")
    assert again.images == {OTHER: b"second"}
    assert again.questions[0]["media"]["image"] == IMAGE


def test_only_what_a_question_shows_is_taken_out():
    """Not the rest of what somebody packed."""
    quiz = json.dumps(QUIZ | {"questions": QUIZ["questions"][:1]})
    data = packed(quiz_json=quiz, **{f"media__{IMAGE}": b"1", f"media__{OTHER}": b"2", "media__evil.html": b"<script>"})
    (again,) = formats.parse(data, "x.zip")
    assert again.images == {IMAGE: b"1"}


def test_a_folder_that_was_packed_again_is_read():
    """As people do who looked into it; of two folders neither is guessed."""
    quiz = json.dumps(QUIZ)
    (again,) = formats.parse(packed(**{"my quiz__quiz.json": quiz, f"my quiz__media__{IMAGE}": b"1"}), "x.zip")
    assert again.images == {IMAGE: b"1"}
    with pytest.raises(formats.FormatError, match="a zip file without a quiz"):
        formats.parse(packed(**{"a__quiz.json": quiz, "b__quiz.json": quiz}), "x.zip")


@pytest.mark.parametrize(
    ("quiz", "sentence"),
    [
        (b"", "The file is empty."),
        (b"{", "This JSON file is broken"),
        (b'{"questions": 3}', "no list “questions”"),
        (json.dumps(QUIZ | {"version": 2}).encode(), "written by a newer Quizhall"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_a_package_that_cannot_be_read_is_refused(quiz, sentence):
    """In one sentence."""
    with pytest.raises(formats.FormatError, match=sentence):
        formats.parse(packed(quiz_json=quiz), "x.zip")


def test_something_else_said_to_be_a_package_is_refused():
    """Whatever was chosen on the page."""
    with pytest.raises(formats.FormatError, match=r"no “quiz\.json”"):
        formats.parse(b"x {T}", "x.gift", "zip")


@pytest.mark.parametrize("media", [None, "x", 3, [], {}, {"image": None}, {"image": ""}, {"image": "../../etc/passwd"}])
def test_what_is_no_name_of_an_image_is_none(media):
    """A draft may have anything there, and a stranger writes what they like."""
    assert list(images_of([{"media": media}, {}])) == []
