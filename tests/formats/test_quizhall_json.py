"""Our own JSON: without loss there and back, and each wrong question skipped by its path."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import formats
from formats import quizhall_json
from formats.text import storable

TEXTS = st.text(max_size=30).map(storable)
QUESTIONS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["single", "multi", "text", "info", "later"]), "prompt": TEXTS},
    optional={
        "id": TEXTS,
        "choices": st.lists(st.fixed_dictionaries({"text": TEXTS}, optional={"weight": st.floats(-1, 1)}), max_size=3),
        "accepted": st.lists(TEXTS, max_size=3),
        "time_limit_s": st.none() | st.integers(1, 3600),
        "media": st.none() | st.fixed_dictionaries({"image": st.just(f"{'a' * 64}.png"), "alt": TEXTS}),
    },
)


def parse(document: object, name: str = "quiz.json"):
    return formats.parse(json.dumps(document).encode(), name)


@given(TEXTS, TEXTS, st.sampled_from(["en", "pt-BR"]), st.lists(QUESTIONS, min_size=1, max_size=5))
def test_export_and_import_give_the_same_quiz(title, description, language, questions):
    """Every field of every question, known to the format or not."""
    quiz = {"title": f"t{title}", "description": description, "language": language, "questions": questions}
    (again,) = formats.parse(quizhall_json.export(quiz | {"id": "x", "revision": 3}).data, "quiz.json")
    read = [{name: value for name, value in question.items() if name != "_where"} for question in again.questions]
    assert {
        "title": again.title,
        "description": again.description,
        "language": again.language,
        "questions": read,
    } == quiz
    assert again.issues == []


def test_wrong_questions_are_skipped_by_their_path():
    """The others come over."""
    (parsed,) = parse(
        {"title": "T", "questions": [{"kind": "info", "prompt": "a"}, 5, {"kind": "info"}, {"prompt": "x"}]}
    )
    assert [question["prompt"] for question in parsed.questions] == ["a"]
    assert [issue.where for issue in parsed.issues] == ["questions[1]", "questions[2]", "questions[3]"]
    assert {issue.severity for issue in parsed.issues} == {"skipped"}


def test_unknown_and_wrong_fields_of_the_quiz_are_told():
    """What the server adds when it sends a quiz is none of them."""
    (parsed,) = parse(
        {"title": 5, "id": "x", "revision": 1, "author": "me", "questions": [{"kind": "info", "prompt": "a"}]}
    )
    assert [(issue.where, issue.code) for issue in parsed.issues] == [
        ("title", "not_text"),
        ("author", "unknown_field"),
    ]
    assert parsed.title == "quiz"


def test_a_bare_list_and_several_quizzes_are_read():
    """With paths that tell the quizzes apart."""
    slide = {"kind": "info", "prompt": "a"}
    (bare,) = parse([slide], "my_slides.json")
    assert bare.title == "my slides"
    both = parse({"quizzes": [{"title": "A", "questions": [slide]}, {"title": "B", "questions": [slide]}]})
    assert [quiz.title for quiz in both] == ["A", "B"]
    assert both[1].questions[0]["_where"] == "quizzes[1].questions[0]"


def test_characters_that_no_database_takes_are_replaced():
    """JSON can write them."""
    (parsed,) = formats.parse(b'{"questions":[{"kind":"info","prompt":"a\\u0000b\\ud800"}]}', "a.json")
    assert parsed.questions[0]["prompt"] == "ab\ufffd"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"title": "T",\n "questions": [{"kind"', "line 2, column"),
        (b'{"questions": [NaN]}', "NaN"),
        (b'{"a": 1}', "no list"),
        (b'{"quizzes": [5]}', "no list"),
        (b'{"questions": []}', "no questions"),
        (b"[" * 100_000, "nested"),
        (b'{"questions":[' + b"9" * 6000 + b"]}", "digits"),
        (b'{"questions":[' + b"{}," * 600_000, "far more"),
        (b'{"questions":[' + b"1," * 12000 + b"1]}", "more than 10000"),
    ],
    ids=["broken", "nan", "other", "others", "none", "deep", "digits", "objects", "questions"],
)
def test_what_is_no_quiz_is_refused(data, sentence):
    """In one sentence that says where or why."""
    with pytest.raises(formats.FormatError, match=sentence):
        formats.parse(data, "a.json", "json")


@pytest.mark.parametrize("value", ["1e999", "[" * 50 + "]" * 50])
def test_a_question_with_an_impossible_value_is_skipped(value):
    """Infinity and boxes in boxes are valid JSON."""
    (parsed,) = formats.parse(f'{{"questions":[{{"kind":"info","prompt":"a","points":{value}}}]}}'.encode(), "a.json")
    assert [issue.code for issue in parsed.issues] == ["not_a_question"]


HASH = "a" * 64


@pytest.mark.parametrize(
    ("media", "kept", "codes"),
    [
        ({"image": f"{HASH}.png", "alt": "A", "width": 3}, {"image": f"{HASH}.png", "alt": "A"}, []),
        ({"image": "cat.jpg", "alt": "A"}, None, ["image_missing"]),
        ("https://x.example/cat.png", None, ["image_missing"]),
        ({"image": f"{HASH}.gif", "audio": f"{HASH}.mp3"}, {"audio": f"{HASH}.mp3"}, ["image_missing"]),
        ({"image": 5, "audio": "a.mp3"}, None, ["image_missing", "sound_missing"]),
        (None, None, []),
        ({}, {}, []),
    ],
)
def test_a_question_comes_without_what_it_cannot_show(media, kept, codes):
    """Somebody wrote the name by hand, or another program did; the question is worth more than its picture."""
    (parsed,) = parse([{"kind": "info", "prompt": "a", "media": media}], "a.json")
    assert parsed.questions[0]["media"] == kept
    assert [(issue.where, issue.code) for issue in parsed.issues] == [("questions[0]", code) for code in codes]
