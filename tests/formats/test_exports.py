"""What is written can be read again, and what a format cannot carry is told: nothing is lost without a word."""

import io

import openpyxl
import pytest

import formats
from formats.exported import FORMULA_STARTS
from formats.sheet_writer import defused, restored
from game.quiz import decode_quiz, encode_quiz

HOSTILE = [
    "=1+1",
    "+49 30",
    "-5",
    "@SUM(A1)",
    "'quoted",
    'say "hi"; or, not|',
    r"\neq { a } ~ = # : \\ %50% -> ####",
    "<b>bold</b> & &lt; <script>",
    "::title:: // comment",
    "// no comment",
    "$CATEGORY: none",
    "[html]x",
    "$x^{2}$ and \\(y_1\\)",
    "line\nbreak",
    "مرحبا 🎉 Größe",
    "]]> <!-- -->",
    "T",
    "{}",
    "*",
]
WRITTEN = [name for name, format in formats.FORMATS.items() if format.is_written]


def quiz(*questions) -> dict:
    """With all its fields, as the database has it."""
    names = iter(f"q{number}" for number in range(1000))
    return encode_quiz(decode_quiz({"title": "A/B: “C”", "questions": list(questions)}, lambda: next(names)))


def choice(kind: str, *texts: str, right: tuple[int, ...] = (0,), prompt: str = "Q?") -> dict:
    choices = [{"text": text} | ({"correct": True} if at in right else {}) for at, text in enumerate(texts)]
    return {"kind": kind, "prompt": prompt, "choices": choices}


ALL_KINDS = [
    choice("single", "a", "b"),
    choice("multi", "a", "b", "c", right=(0, 2)),
    choice("true_false", "True", "False", right=(1,)),
    choice("poll", "a", "b", right=()),
    {"kind": "text", "prompt": "Q?", "accepted": ["Paris", {"text": "Pariis", "weight": 0.5}]},
    {
        "kind": "number",
        "prompt": "Q?",
        "accepted": [{"value": 3.14, "tolerance": 0.01}, {"min": 1, "max": 2, "weight": 0.5}],
    },
    {"kind": "info", "prompt": "A slide"},
]


def written(name: str, document: dict):
    """The export, with no images at hand."""
    format = formats.FORMATS[name]
    return format.export(document)


def again(name: str, document: dict) -> list[dict]:
    """The questions after a way out and in again, as the game has them."""
    exported = written(name, document)
    (parsed,) = formats.parse(exported.data, "x" + exported.extension)
    return [encode_question(question) for question in parsed.questions]


def encode_question(question: dict) -> dict:
    content = {name: value for name, value in question.items() if name != "_where"}
    (encoded,) = encode_quiz(decode_quiz({"title": "t", "questions": [content]}, lambda: "q"))["questions"]
    return encoded


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", WRITTEN)
def test_texts_come_back_as_they_were(name, text):
    """Whatever they look like, in questions and in answers; a line break may become a blank."""
    document = quiz(
        choice("single", f"{text} a", "b", text + "!", prompt=f"{text} ?"), choice("single", text, "x", prompt=text)
    )
    for before, after in zip(document["questions"], again(name, document), strict=True):
        assert words(after["prompt"]) == words(before["prompt"])
        assert [words(c["text"]) for c in after["choices"]] == [words(c["text"]) for c in before["choices"]]
        assert [c["correct"] for c in after["choices"]] == [c["correct"] for c in before["choices"]]


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", WRITTEN)
def test_every_question_is_in_the_file_or_told(name):
    """Kind by kind: those that are in it come back as they were, but for what was told."""
    document = quiz(*ALL_KINDS)
    exported = written(name, document)
    left_out = {issue.where for issue in exported.issues if issue.severity == "skipped"}
    changed = {issue.where for issue in exported.issues if issue.severity == "warning"}
    kept = [
        (f"question {n}", q) for n, q in enumerate(document["questions"], start=1) if f"question {n}" not in left_out
    ]
    found = again(name, document)
    assert [question["kind"] for question in found] == [question["kind"] for _, question in kept]
    for (where, before), after in zip(kept, found, strict=True):
        if where not in changed:
            for field in ("prompt", "explanation", "time_limit_s"):
                assert after.get(field) == before.get(field), (where, field)
            assert spans(after) == spans(before)
            assert right_of(after) == right_of(before)


def spans(question: dict) -> list:
    """What is accepted; a value with a tolerance is a range."""
    return [
        (entry["value"] - entry.get("tolerance", 0), entry["value"] + entry.get("tolerance", 0), entry.get("weight"))
        if isinstance(entry, dict) and "value" in entry
        else (entry["min"], entry["max"], entry.get("weight"))
        if isinstance(entry, dict) and "min" in entry
        else entry
        for entry in question.get("accepted", ())
    ]


def right_of(question: dict) -> list[bool]:
    return [bool(choice.get("correct")) for choice in question.get("choices", ())]


@pytest.mark.parametrize("name", ["gift", "moodle-xml", "json", "zip"])
def test_the_richer_formats_keep_weights_feedback_and_explanations(name):
    """They were made for it."""
    rich = {
        "kind": "multi",
        "prompt": "Q?",
        "explanation": "because\n= so",
        "choices": [
            {"text": "a", "correct": True, "weight": 0.5, "feedback": "yes: #1"},
            {"text": "b", "correct": True, "weight": 0.5},
            {"text": "c", "weight": -1, "feedback": "no"},
        ],
    }
    document = quiz(rich)
    assert written(name, document).issues == []
    (found,) = again(name, document)
    assert found["choices"] == document["questions"][0]["choices"]
    assert words(found["explanation"]) == "because = so"


@pytest.mark.parametrize(
    ("name", "question", "code"),
    [
        ("kahoot", choice("single", *"abcde"), "too_many_answers"),
        ("kahoot", choice("single", "a", "b", prompt="x" * 121), "too_long"),
        ("kahoot", choice("single", "a", "b" * 76), "too_long"),
        ("kahoot", choice("poll", "a", "b", right=()), "kind"),
        ("kahoot", choice("single", "a", "b") | {"time_limit_s": 45}, "time_changed"),
        ("wayground", choice("single", *"abcdef"), "too_many_answers"),
        ("wayground", {"kind": "info", "prompt": "slide"}, "kind"),
        ("csv", {"kind": "number", "prompt": "Q?", "accepted": [{"value": 1}]}, "kind"),
        ("gift", choice("single", "a", "b") | {"points": 500}, "points_lost"),
        ("gift", choice("true_false", "Wahr", "Falsch"), "words_lost"),
        ("gift", {"kind": "text", "prompt": "Q?", "accepted": ["a"], "match": "fuzzy"}, "match_lost"),
        (
            "moodle-xml",
            {"kind": "number", "prompt": "Q?", "accepted": [{"value": 1}], "score": "closest"},
            "closest_lost",
        ),
        ("moodle-xml", choice("single", "a", "b") | {"notes": "mine"}, "notes_lost"),
    ],
)
def test_what_does_not_fit_is_told(name, question, code):
    """At its question."""
    exported = formats.FORMATS[name].export(quiz(choice("single", "a", "b"), question))
    assert [(issue.where, issue.code) for issue in exported.issues] == [("question 2", code)]


def test_kahoot_takes_a_hundred_rows():
    """The others are named, not lost."""
    exported = formats.FORMATS["kahoot"].export(
        quiz(*[choice("single", "a", "b") | {"id": str(n)} for n in range(103)])
    )
    assert [issue.where for issue in exported.issues] == ["question 101", "question 102", "question 103"]
    (parsed,) = formats.parse(exported.data, "x.xlsx")
    assert len(parsed.questions) == 100


@pytest.mark.parametrize("name", ["kahoot", "wayground", "csv"])
def test_no_cell_of_a_sheet_is_a_formula(name):
    """Whoever wrote the question does not get to run something on a colleague's computer."""
    texts = [f"{start}HYPERLINK(1)" for start in FORMULA_STARTS if start.strip()]
    exported = formats.FORMATS[name].export(quiz(choice("single", *texts, prompt=texts[0])))
    if name == "csv":
        cells = exported.data.decode("utf-8-sig").replace('"', "").replace("\r\n", ",").split(",")
        assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(exported.data)).worksheets[0]
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith("=")}
        assert kinds == {"s"}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "a", "'a", "'=1", "''=1", ""])
def test_what_keeps_a_cell_from_being_a_formula_is_taken_off_again(text):
    """And nothing else is, but for a text that somebody had defused themselves."""
    assert restored(defused(text)) == ("=1" if text == "'=1" else text)
