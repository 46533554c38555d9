"""Wayground's (Quizizz') sheet: a question a row with its type."""

import pytest
from workbooks import workbook

import formats

HEADER = ["Question Text", "Question Type", *(f"Option {n}" for n in range(1, 6)), "Correct Answer", "Time in seconds"]
HEADER += ["Image Link", "Answer explanation"]
HELP = ["Text of the question\n\n(required)\n", "Question Type\n(default is Multiple Choice)", "Text for option 1"]


def read(*rows):
    """The one quiz of a sheet with these rows below the headings."""
    (parsed,) = formats.parse(workbook(("Sheet1", [HEADER, HELP, *rows])), "planets.xlsx")
    return parsed


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            ["Q", None, "a", "b", None, None, None, 2, None],
            {"kind": "single", "choices": [{"text": "a"}, {"text": "b", "correct": True}], "time_limit_s": 30},
        ),
        (
            ["Q", "Checkbox", "a", "b", "c", None, None, "1,3", 45, None, "because"],
            {
                "kind": "multi",
                "choices": [{"text": "a", "correct": True}, {"text": "b"}, {"text": "c", "correct": True}],
                "time_limit_s": 45,
                "explanation": "because",
            },
        ),
        (
            ["Q", "Fill-in-the-Blank", "Phobos", "Deimos", None, None, None, None, 60],
            {"kind": "text", "accepted": ["Phobos", "Deimos"], "time_limit_s": 60},
        ),
        (
            ["Q", "Poll", "a", "b", None, None, None, None, 20],
            {"kind": "poll", "choices": [{"text": "a"}, {"text": "b"}], "time_limit_s": 20},
        ),
    ],
)
def test_every_type_that_there_is_here_comes_in(row, expected):
    """The row of instructions is no question."""
    parsed = read(row)
    assert parsed.questions == [expected | {"prompt": "Q", "_where": "row 3"}]
    assert parsed.issues == []


def test_an_open_question_is_open():
    """Nothing is right in it."""
    parsed = read(["Why?", "Open-Ended"])
    assert [(question["kind"], question["prompt"]) for question in parsed.questions] == [("open", "Why?")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Q", "Draw"], "kind_draw"),
        (["Q", "Hologram", "a", "b"], "kind_unknown"),
        (["Q", "Poll", "a"], "too_few_answers"),
        (["Q", "Fill-in-the-Blank"], "no_right_answer"),
        ([None, "Multiple Choice", "a", "b", None, None, None, 1], "no_text"),
    ],
)
def test_every_other_one_is_skipped_with_its_row(row, code):
    """And its type."""
    parsed = read(row, ["Q", "", "a", "b", None, None, None, 1])
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [("row 3", "skipped", code)]
    assert len(parsed.questions) == 1


def test_a_picture_is_named_and_not_fetched():
    """Nothing in a file is."""
    parsed = read(["Q", "", "a", "b", None, None, None, 1, 20, "https://example.org/a.png"])
    assert "https://example.org/a.png" in parsed.issues[0].message
