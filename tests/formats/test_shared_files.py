"""Real sheets, Moodle XML and Aiken, counted as the samples' README counts them. They lie beside the repository."""

from collections import Counter
from pathlib import Path

import pytest

import formats
from game.quiz import decode_question

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples"

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason=f"the shared samples are not there: {FOLDER} holds real files that we may not copy"
)

WAYGROUND = [
    ("row 3", "picture_lost"),
    ("row 4", "picture_lost"),
    ("row 5", "picture_lost"),
    ("row 8", "kind_draw"),
]
# path → (found, kinds imported, [(where, code) of what there is to tell])
COUNTS = {
    "kahoot-xlsx/KahootQuizTemplate-official-blank.xlsx": (
        1,
        {"multi": 1},
        [("row 9", "all_right"), ("row 9", "template_example")],
    ),
    "kahoot-xlsx/filled-20q-opentdb-videogames.xlsx": (20, {"single": 20}, []),
    "kahoot-xlsx/derived-edge-cases-14rows.xlsx": (
        14,
        {"single": 5, "multi": 4, "true_false": 2, "poll": 2},
        [
            ("row 10", "key_respelled"),
            ("row 16", "key_at_no_answer"),
            ("row 16", "read_as_poll"),
            ("row 17", "read_as_poll"),
            ("row 19", "too_few_answers"),
        ],
    ),
    "kahoot-xlsx/derived-kahoot-semicolon-cp1252.csv": (7, {"single": 6, "multi": 1}, [("line 8", "encoding_guessed")]),
    "blooket-gimkit-csv/derived-blooket-15q.csv": (15, {"single": 12, "true_false": 3}, []),
    "blooket-gimkit-csv/derived-gimkit-15q.csv": (15, {"single": 12, "true_false": 3}, []),
    "quizizz/wayground-template-6-types.xlsx": (
        6,
        {"single": 1, "multi": 1, "text": 1, "open": 1, "poll": 1},
        WAYGROUND,
    ),
    "quizizz/wayground-template-6-types.csv": (
        6,
        {"single": 1, "multi": 1, "text": 1, "open": 1, "poll": 1},
        WAYGROUND,
    ),
    "markdown/quizdown-syntax.md": (
        4,
        {"single": 2, "multi": 1, "order": 1},
        [("line 15", "picture_lost"), ("line 73", "list_read")],
    ),
    "markdown/text2qti-readme-examples.md": (
        11,
        {"single": 1, "multi": 1, "number": 3, "text": 1, "open": 1, "info": 1, "true_false": 2},
        [("line 43", "kind_upload")],
    ),
    "aiken/moodle-questions-crlf.aiken.txt": (2, {"single": 1, "true_false": 1}, []),
    "aiken/moodle-aiken_errors.txt": (
        7,
        {"single": 3},
        [("line 1", "too_few_answers"), ("line 5", "no_text"), ("line 7", "no_text"), ("line 14", "unfinished")],
    ),
    "generic-csv/derived-text-answer-pipe-options.csv": (12, {"single": 12}, []),
    "generic-csv/derived-letter-answer.csv": (12, {"single": 12}, []),
    "generic-csv/derived-excel-unicode-text-utf16.tsv": (12, {"single": 12}, []),
    "opentdb-json/opentdb-slice.json": (119, {"single": 87, "true_false": 32}, []),
    "opentdb-json/derived-encode-url3986.json": (5, {"single": 4, "true_false": 1}, []),
    "opentdb-json/derived-encode-base64.json": (5, {"single": 4, "true_false": 1}, []),
    "h5p/H5P.MultiChoice-1.16.stripped.h5p": (1, {"single": 1}, [("question 1", "picture_lost")]),
    "h5p/H5P.TrueFalse-1.8.stripped.h5p": (1, {"true_false": 1}, [("question 1", "picture_lost")]),
    "h5p/H5P.SingleChoiceSet-1.11.stripped.h5p": (3, {"single": 3}, []),
    "h5p/H5P.Summary-1.10.stripped.h5p": (2, {"single": 2}, []),
    "h5p/singlechoiceset-standalone-demo.stripped.h5p": (3, {"single": 3}, []),
    "h5p/H5P.Blanks-1.14.stripped.h5p": (
        3,
        {"blanks": 3},
        [(f"question {n}", code) for n in (1, 2, 3) for code in ("picture_lost", "markup_lost")],
    ),
    "h5p/blanks-standalone-demo.stripped.h5p": (3, {"blanks": 3}, []),
    "h5p/dragtext-standalone-demo.stripped.h5p": (1, {"blanks": 1}, [("question 1", "read_as_typed")]),
    "h5p/derived-QuestionSet-5q.h5p": (
        5,
        {"single": 1, "true_false": 1, "blanks": 2, "open": 1},
        [("question 3", "markup_lost"), ("question 4", "read_as_typed")],
    ),
    "qti21/instructure-test_qti_2.2.zip": (
        5,
        {"single": 1, "multi": 1, "true_false": 1, "open": 1},
        [("question 3", "kind_adaptive")],
    ),
    "qti21/vosslab-minimal_qti_2.1.zip": (2, {"single": 1, "multi": 1}, []),
    "opentriviaqa-txt/brain-teasers": (207, {"single": 191, "true_false": 16}, []),
    "opentriviaqa-txt/entertainment": (280, {"single": 229, "true_false": 51}, []),
    "json-i18n/arabic-trivia-150.json": (150, {"text": 149}, [("questions[147]", "no_right_answer")]),
}
# path → (found, kinds imported, codes of what was skipped)
MOODLE = {
    "amc2moodle-QCM.xml": (
        13,
        {"single": 5, "multi": 2, "number": 1, "info": 1, "open": 1},
        ["kind_unknown", "kind_unknown", "choice_without_text"],
    ),
    "amc2moodle-numerical.xml": (5, {"number": 5}, []),
    "moodle-broken_cloze_questions.xml": (
        5,
        {},
        ["no_gaps", "no_gaps", "too_few_answers", "no_right_answer", "not_a_number"],
    ),
    "moodle-categories_reverse_order.xml": (2, {"text": 1, "open": 1}, []),
    "moodle-error_invalid_grades.xml": (1, {"multi": 1}, []),
    "moodle-multianswer.xml": (1, {"blanks": 1}, []),
    "moodle-nested_categories_with_questions.xml": (5, {"true_false": 4, "open": 1}, []),
    "moodle-sample_questions_with_old_image_tag.xml": (2, {"single": 1, "blanks": 1}, []),
    "moodle-truefalse.xml": (2, {"true_false": 2}, []),
    "sonsoleslp-moodle.xml": (
        11,
        {
            "single": 2,
            "multi": 2,
            "text": 1,
            "true_false": 1,
            "number": 1,
            "info": 1,
            "open": 1,
            "match": 1,
            "order": 1,
        },
        [],
    ),
}
# path → [(title, found, imported)] of each quiz
QTI = {
    "all_canvas_simple_1.2.xml": [("Every Canvas Interaction", 10, 10)],
    "canvas_quiz_export.zip": [("WIJsfijdi", 4, 4)],
    "canvas_cartridge.imscc": [
        ("Every Canvas Interaction", 12, 11),
        ("Every Canvas Interaction (question bank)", 12, 11),
    ],
    "canvas_with_banks.imscc": [
        ("Some Old Quiz", 2, 2),
        ("Last Bank (question bank)", 2, 2),
        ("Unfiled Questions (question bank)", 1, 1),
        ("First Bank (question bank)", 3, 3),
    ],
    "derived-text2qti-0.8.0.zip": [("Addition", 11, 10)],
    "vosslab-minimal_qti_1.2.zip": [("minimal_qti_1.2_sample", 1, 1)],
    "items_1.2/question_group.xml": [("Question Groups", 10, 10)],
    "items_1.2/hot_spot.xml": [("Quiz with hot-spot question", 4, 0)],
    "items_1.2/ordering.xml": [("ordering", 1, 1)],
    "items_1.2/numeric_exact_match.xml": [("Quiz1.1", 2, 2)],
    "items_1.2/stimulus_with_child_item.xml": [("nq q with stimulus with attached question", 2, 2)],
}
# item → its kind
QTI_2 = {
    "items_2.1/Example02-feedbackInline": "true_false",
    "items_2.1/categorization": "categorize",
    "items_2.1/choice": "single",
    "items_2.1/essay": "open",
    "items_2.1/extended_text_rubric": "open",
    "items_2.1/gap_match": "blanks",
    "items_2.1/match": "match",
    "items_2.1/match2": "match",
    "items_2.1/order": "order",
    "items_2.1/text_entry": "text",
    "items_2.2/associate": "match",
    "items_2.2/choice_multiple": "multi",
    "items_2.2/choice_multiple_rtl": "multi",
    "items_2.2/choice_true_false": "true_false",
    "items_2.2/hottext": "single",
    "items_2.2/inline_choice": "single",
    "items_2.2/order_partial_scoring": "order",
    "items_2.2/slider": "number",
}
STRANGERS = {
    "generic-csv/derived-google-forms-responses.csv": "Google form",
    "opentdb-json/derived-no-results.json": "fewer questions",
}


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_of_a_real_sheet_is_accounted_for(name):
    """Imported and skipped add up, kind by kind; what there is to tell is told at its row."""
    path = FOLDER / name
    (quiz,) = formats.parse(path.read_bytes(), path.name)
    found, kinds, told = COUNTS[name]
    assert quiz.found == found
    assert dict(Counter(question["kind"] for question in quiz.questions)) == kinds
    assert [(issue.where, issue.code) for issue in quiz.issues] == told
    for question in quiz.questions:
        place = question.pop("_where")
        assert decode_question(question, lambda: "q").kind == question["kind"], place


@pytest.mark.parametrize("name", MOODLE)
def test_every_question_of_real_moodle_xml_is_accounted_for(name):
    """Kind by kind, each with its line, and what comes in can be played."""
    path = FOLDER / "moodle-xml" / name
    (quiz,) = formats.parse(path.read_bytes(), path.name)
    found, kinds, skipped = MOODLE[name]
    assert quiz.found == found
    assert dict(Counter(question["kind"] for question in quiz.questions)) == kinds
    assert [issue.code for issue in quiz.issues if issue.severity == "skipped"] == skipped
    assert all(issue.where.startswith("line ") for issue in quiz.issues)
    for question in quiz.questions:
        place = question.pop("_where")
        assert decode_question(question, lambda: "q").kind == question["kind"], place


@pytest.mark.parametrize("name", QTI)
def test_every_question_of_a_real_package_is_accounted_for(name):
    """Each quiz once, banks as quizzes of their own, and what comes in can be played."""
    path = FOLDER / "qti12-canvas" / name
    quizzes = formats.parse(path.read_bytes(), path.name)
    assert [(quiz.title, quiz.found, len(quiz.questions)) for quiz in quizzes] == QTI[name]
    for question in [question for quiz in quizzes for question in quiz.questions]:
        place = question.pop("_where")
        assert decode_question(question, lambda: "q").kind == question["kind"], place


def test_every_single_item_of_qti_is_one_question():
    """And the one that is no XML is refused with its line."""
    for path in sorted((FOLDER / "qti12-canvas/items_1.2").glob("*.xml")):
        if path.name == "fib_str.xml":
            with pytest.raises(formats.FormatError, match="line 45: mismatched tag"):
                formats.parse(path.read_bytes(), path.name)
        elif f"items_1.2/{path.name}" not in QTI:
            (quiz,) = formats.parse(path.read_bytes(), path.name)
            assert quiz.found == 1, path.name


@pytest.mark.parametrize("name", QTI_2)
def test_every_item_of_qti_2_is_the_question_that_it_asks(name):
    """And can be played."""
    path = FOLDER / "qti21" / f"{name}.xml"
    (quiz,) = formats.parse(path.read_bytes(), path.name)
    (question,) = quiz.questions
    assert quiz.found == 1
    question.pop("_where")
    assert decode_question(question, lambda: "q").kind == question["kind"] == QTI_2[name]


@pytest.mark.parametrize("name", STRANGERS)
def test_a_sheet_that_is_no_quiz_is_called_by_its_name(name):
    """With what to bring instead."""
    path = FOLDER / name
    with pytest.raises(formats.FormatError, match=STRANGERS[name]):
        formats.parse(path.read_bytes(), path.name)


def test_another_dialect_of_aiken_is_read_as_far_as_it_goes():
    """What it has of its own is named; all questions are accounted for."""
    path = FOLDER / "aiken/sonsoleslp-aiken.txt"
    (quiz,) = formats.parse(path.read_bytes(), path.name)
    assert [question["_where"] for question in quiz.questions] == ["line 8", "line 31", "line 40", "line 137"]
    assert quiz.questions[1]["explanation"] == "Obviously"
    assert [issue.code for issue in quiz.issues].count("not_aiken") == 12
    assert quiz.found == 19


def test_the_right_answers_of_a_real_sheet_are_right():
    """Looked up by hand."""
    path = FOLDER / "kahoot-xlsx/filled-20q-opentdb-videogames.xlsx"
    (quiz,) = formats.parse(path.read_bytes(), path.name)
    right = [next(choice["text"] for choice in q["choices"] if choice.get("correct")) for q in quiz.questions]
    assert right[:5] == ["Lambda", "Galaxian", "Tennis for Two", "x86 Assembly", "Aperture Fixtures"]
    assert all(question["time_limit_s"] == 60 for question in quiz.questions)
