"""Kahoot's spreadsheet as teachers fill it: what is read, what is repaired with a warning, what is skipped."""

import pytest
from workbooks import KAHOOT_HEADER, kahoot, workbook

import formats

ROW = ["Capital of Australia?", "Sydney", "Canberra", "Perth", None, 20, 2]


def read(data: bytes, name: str = "week 3.xlsx"):
    """The one quiz of a spreadsheet."""
    (parsed,) = formats.parse(data, name)
    return parsed


def told(parsed) -> list[tuple[str, str]]:
    """Where and code of every issue."""
    return [(issue.where, issue.code) for issue in parsed.issues]


def test_a_row_becomes_a_question():
    """Numbered empty rows are none."""
    parsed = read(kahoot(ROW))
    assert parsed.title == "week 3"
    assert parsed.questions == [
        {
            "kind": "single",
            "prompt": "Capital of Australia?",
            "choices": [{"text": "Sydney"}, {"text": "Canberra", "correct": True}, {"text": "Perth"}],
            "time_limit_s": 20,
            "_where": "row 9",
        }
    ]
    assert parsed.issues == []


@pytest.mark.parametrize(
    ("row", "kind", "right"),
    [
        (["Q", "a", "b", "c", "d", 20, "1,3"], "multi", ["a", "c"]),
        (["Q", "True", "False", None, None, 20, 1], "true_false", ["True"]),
        (["Q", False, True, None, None, 20, 1], "true_false", ["False"]),
        (["Q", "Falsch", "Wahr", None, None, 20, 2], "true_false", ["Wahr"]),
        (["Q", "a", None, None, "d", 20, 4], "single", ["d"]),
        (["Q", 2006, 7.5, None, None, "20", "2"], "single", ["7.5"]),
    ],
)
def test_the_answers_decide_the_kind(row, kind, right):
    """True stands first in true and false."""
    (question,) = read(kahoot(row)).questions
    assert question["kind"] == kind
    assert [choice["text"] for choice in question["choices"] if choice.get("correct")] == right
    if kind == "true_false":
        assert question["choices"][0]["text"] in ("True", "Wahr")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Q", "a", "b", "c", None, 20, 1.2], "key_respelled"),
        (["Q", "a", "b", None, None, 20, None], "read_as_poll"),
        (["Q", "a", "b", None, None, 20, "1,2"], "all_right"),
        (["Q", "a", "b", None, None, "soon", 1], "time_unclear"),
        (["Q", "a", "b", None, None, 99999, 1], "time_limited"),
        (["Q", "a", "b", "=1+1", None, 20, 1], "formula_without_result"),
    ],
)
def test_what_is_doubtful_comes_in_with_a_warning(row, code):
    """At its row."""
    parsed = read(kahoot(ROW, row))
    assert len(parsed.questions) == 2
    assert told(parsed) == [("row 10", code)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Q", "a", None, None, None, 20, 1], "too_few_answers"),
        (["Q", None, None, None, None, 20, 1], "too_few_answers"),
        ([None, "a", "b", None, None, 20, 1], "no_text"),
    ],
)
def test_what_cannot_be_played_is_skipped_with_its_row(row, code):
    """And nothing after it is lost."""
    parsed = read(kahoot(row, [], [], ROW))
    assert told(parsed) == [("row 9", code)]
    assert [question["_where"] for question in parsed.questions] == ["row 12"]
    assert parsed.found == 2


def test_a_time_outside_kahoots_list_is_kept():
    """Here any is possible."""
    assert read(kahoot(["Q", "a", "b", None, None, 45, 1])).questions[0]["time_limit_s"] == 45


def test_the_templates_own_example_is_told():
    """Many forget to overwrite it."""
    example = "Which spreadsheet tools can read this sheet and export to xlsx format?"
    assert ("row 9", "template_example") in told(read(kahoot([example, "Excel", "Numbers", None, None, 60, 1])))


@pytest.mark.parametrize("keep", [1, 2])
def test_a_table_without_headings_is_known_by_its_shape(keep):
    """Or with headings that nobody can read, and without the column of numbers."""
    rows = [["¿?", *["???"] * 6]] * (keep - 1) + [[f"Question {n}", "a", "b", "", "", 20, "1;2"] for n in range(5)]
    parsed = read(workbook(("S", rows)))
    assert [question["kind"] for question in parsed.questions] == ["multi"] * 5


def test_every_sheet_with_questions_is_a_quiz_of_its_own():
    """Called as its sheet, and each place names it."""
    rows = [KAHOOT_HEADER, [1, *ROW]]
    quizzes = formats.parse(workbook(("Rivers", rows), ("Notes", [["nothing"]]), ("Sheet2", rows)), "all.xlsx")
    assert [quiz.title for quiz in quizzes] == ["Rivers", "all"]
    assert [quiz.questions[0]["_where"] for quiz in quizzes] == ["Rivers, row 2", "Sheet2, row 2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_same_table_as_csv(encoding):
    """In the encodings that Excel writes."""
    lines = [KAHOOT_HEADER, [1, "Größe – “ja”?", "a", "b", None, None, 30, "1,2"]]
    text = "\r\n".join(";".join("" if cell is None else str(cell) for cell in line) for line in lines)
    parsed = read(text.encode(encoding), "kahoot.csv")
    assert parsed.questions[0]["prompt"] == "Größe – “ja”?"
    guessed = {("line 1", "encoding_guessed")} if encoding == "cp1252" else set()
    assert set(told(parsed)) == guessed | {("row 2", "all_right")}


def test_another_table_is_refused_when_it_is_asked_for_by_name():
    """In one sentence."""
    with pytest.raises(formats.FormatError, match="no table with questions"):
        formats.parse(workbook(("S", [["Name", "Points"], ["Ada", 3]])), "a.xlsx", "kahoot")
