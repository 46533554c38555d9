"""Whatever bytes come in: quizzes whose questions add up, or one sentence. Nothing else, and soon."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import formats

WORDS = [
    "{",
    "}",
    "=",
    "~",
    "#",
    "####",
    "->",
    "::",
    "//",
    "%50%",
    "T",
    "\\",
    "\n",
    "\n\n",
    "$CATEGORY: a",
    "word",
    "é",
    "1..2",
]


def parse(data: bytes, name: str):
    """The quizzes, or None for a file that is refused with a sentence."""
    try:
        return formats.parse(data, name)
    except formats.FormatError as error:
        text = str(error)
        assert text.endswith(".")
        assert "\n" not in text
        assert len(text) < 400
        return None


def check(quizzes) -> None:
    for quiz in quizzes or []:
        assert quiz.found == len(quiz.questions) + quiz.skipped
        assert all(question["_where"] for question in quiz.questions)


@given(st.binary(max_size=400), st.sampled_from(["a.gift", "a.json", "a.txt", "a", "a.png"]))
def test_any_bytes(data, name):
    """No bytes make the importers fail in another way than by a sentence."""
    check(parse(data, name))


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_heap_of_gift_signs(words):
    """Signs of GIFT in any order: each question is imported or skipped."""
    check(parse("".join(words).encode(), "a.gift"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["title", "questions", "kind", "prompt", "choices", "text"]), inner, max_size=4
            )
        ),
        max_leaves=20,
    )
)
def test_any_json(value):
    """JSON that is no quiz is refused or its questions are skipped by name."""
    check(parse(json.dumps(value).encode(), "a.json"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("paper.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
        ("empty.gift", b""),
        ("page.html", b"<!doctype html><html><body><p>Hello {there}</p></body></html>"),
        ("essay.txt", b"It was a dark and stormy night. Nobody asked a question.\n\nThe end.\n"),
        ("noise.gift", random.Random(1).randbytes(5000)),
        ("half.json", b'{"title": "Half", "questions": [{"kind": "sing'),
    ],
)
def test_what_is_no_quiz_is_refused_with_one_sentence(name, data):
    """Pictures, documents, prose and halves of files leave nothing behind."""
    assert parse(data, name) is None


def test_a_file_that_breaks_off_keeps_what_came_before():
    """The whole questions come over, the torn one is named with its line."""
    text = "2 + 2? {=4 ~5}\n\nCapital of France? {=Paris\n"
    (quiz,) = formats.parse(text.encode(), "torn.gift")
    assert [question["kind"] for question in quiz.questions] == ["single"]
    assert [(issue.severity, issue.where) for issue in quiz.issues] == [("skipped", "line 3")]


def test_our_own_format_comes_back_as_it_went():
    """Export and import give the same questions."""
    questions = [
        {"kind": "single", "prompt": "a < b?", "choices": [{"text": "=x~"}, {"text": "}{", "correct": True}]},
        {"kind": "text", "prompt": "naïve?", "accepted": ["yes", {"text": "oui", "weight": 0.5}], "match": "fuzzy"},
        {"kind": "info", "prompt": "مرحبا"},
    ]
    quiz = {"title": "Round trip", "description": "d", "language": "fr", "questions": questions}
    (again,) = formats.parse(formats.FORMATS["json"].export(quiz).data, "q.json")
    assert (again.title, again.description, again.language) == ("Round trip", "d", "fr")
    assert [{k: v for k, v in question.items() if k != "_where"} for question in again.questions] == questions
    assert again.issues == []
