"""Socrative's spreadsheet, and others that the readers of tables know without a name."""

from workbooks import workbook

import formats

HEADINGS = [
    "2. Question Type:",
    "3. Question:",
    *(f"Answer {letter}:" for letter in "ABCDE"),
    *["Correct Answer:"] * 5,
    "6. Explanation (Optional):",
]
SOCRATIVE = [
    ["Instructions: Please fill in the below quiz according to the 6 steps below."],
    [],
    ["1. Quiz Name:", "Rivers"],
    [],
    ["", "", "4. If Multiple Choice, Answer Choices", "", "", "", "", "5. Correct Answer (optional)"],
    HEADINGS,
    ["Multiple choice", "Longest?", "Rhine", "Elbe", "Spree", "", "", "A", "", "", "", "", "Look it up"],
    ["Multiple choice", "In Germany?", "Rhine", "Elbe", "Po", "", "", "A", "B"],
    ["Open-ended", "Capital?", "", "", "", "", "", "Berlin", "berlin, DE"],
    ["Open-ended", "Why?"],
    ["True/False", "It is long.", "", "", "", "", "", "True"],
    ["Multiple choice", "", "a", "b"],
    ["Hologram", "What?", "a", "b"],
]


def right(question: dict) -> list[str]:
    return [choice["text"] for choice in question["choices"] if choice.get("correct")]


def test_a_quiz_of_socrative_is_read_whole():
    """With its name, several right answers in as many columns, and open questions."""
    (parsed,) = formats.parse(workbook(("Quiz", SOCRATIVE)), "quiz.xlsx")
    assert parsed.title == "Rivers"
    assert [question["kind"] for question in parsed.questions] == ["single", "multi", "text", "open", "true_false"]
    assert right(parsed.questions[0]) == ["Rhine"]
    assert parsed.questions[0]["explanation"] == "Look it up"
    assert right(parsed.questions[1]) == ["Rhine", "Elbe"]
    assert parsed.questions[2]["accepted"] == ["Berlin", "berlin, DE"]
    assert right(parsed.questions[4]) == ["True"]
    assert [(issue.where, issue.code) for issue in parsed.issues] == [
        ("row 12", "no_text"),
        ("row 13", "kind_unknown"),
    ]


def test_a_quiz_of_quizalize_is_a_table_like_kahoots():
    """Its sheet of settings holds no questions."""
    rows = [
        ["QUESTION", "A", "B", "C", "D", "CORRECT", "FIXED_ORDER", "TIME_LIMIT"],
        ["Longest?", "Rhine", "Elbe", "Spree", "Po", "B", "FALSE", 30],
    ]
    (parsed,) = formats.parse(workbook(("Questions", rows), ("Meta", [["NAME", "Rivers"]])), "quiz.xlsx")
    assert right(parsed.questions[0]) == ["Elbe"]
    assert parsed.questions[0]["time_limit_s"] == 30
    assert parsed.issues == []


def test_gimkits_sheet_of_texts_is_typed():
    """Two columns, without wrong answers."""
    rows = [["Gimkit Spreadsheet Import Template 2"], ["Question", "Correct Answer"], ["Capital?", "Berlin"]]
    (parsed,) = formats.parse(workbook(("Sheet1", rows)), "quiz.xlsx")
    assert [(question["kind"], question["accepted"]) for question in parsed.questions] == [("text", ["Berlin"])]
