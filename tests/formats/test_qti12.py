"""QTI 1.2 as Canvas and others write it."""

import pytest
from workbooks import zipped

import formats

LABEL = '<response_label ident="{0}"><material><mattext>{1}</mattext></material></response_label>'
EQUAL = '<varequal respident="r">{0}</varequal>'
POINTS = '<setvar action="Set" varname="SCORE">{0}</setvar>'


def condition(asked: str, points: float = 100) -> str:
    return f"<respcondition><conditionvar>{asked}</conditionvar>{POINTS.format(points)}</respcondition>"


def item(kind: str, answers: str, conditions: str, text: str = "&lt;p&gt;Q?&lt;/p&gt;") -> str:
    field = (
        f"<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
    )
    stem = f'<material><mattext texttype="text/html">{text}</mattext></material>'
    return (
        f'<item ident="i"><itemmetadata><qtimetadata>{field if kind else ""}</qtimetadata></itemmetadata>'
        f"<presentation>{stem}{answers}</presentation><resprocessing>{conditions}</resprocessing></item>"
    )


def lid(cardinality: str = "Single", *texts: str) -> str:
    labels = "".join(LABEL.format(text, text) for text in texts or "ab")
    return (
        f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'
    )


def document(*items: str, title: str = "Rivers", ident: str = "a1", tag: str = "assessment") -> bytes:
    inner = f'<{tag} ident="{ident}" title="{title}"><section ident="root_section">{"".join(items)}</section></{tag}>'
    return f'<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">{inner}</questestinterop>'.encode()


def only(*items: str) -> dict:
    (parsed,) = formats.parse(document(*items), "a.xml")
    assert parsed.issues == []
    (question,) = parsed.questions
    return {name: value for name, value in question.items() if name not in ("prompt", "_where")}


CHOICE = item("multiple_choice_question", lid(), condition(EQUAL.format("b")))


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (CHOICE, {"kind": "single", "choices": [{"text": "a"}, {"text": "b", "correct": True}]}),
        (
            item("", lid("Single"), condition(EQUAL.format("a"), 0) + condition(EQUAL.format("b"))),
            {"kind": "single", "choices": [{"text": "a"}, {"text": "b", "correct": True}]},
        ),
        (
            item(
                "multiple_answers_question",
                lid("Multiple", "a", "b", "c"),
                condition(f"<and>{EQUAL.format('a')}{EQUAL.format('c')}<not>{EQUAL.format('b')}</not></and>"),
            ),
            {
                "kind": "multi",
                "choices": [{"text": "a", "correct": True}, {"text": "b"}, {"text": "c", "correct": True}],
            },
        ),
        (
            item("true_false_question", lid("Single", "True", "False"), condition(EQUAL.format("False"))),
            {"kind": "true_false", "choices": [{"text": "True"}, {"text": "False", "correct": True}]},
        ),
        (
            item("short_answer_question", "", condition(EQUAL.format("x")) + condition(EQUAL.format("y"))),
            {"kind": "text", "accepted": ["x", "y"]},
        ),
        (
            item("numerical_question", "", condition("<vargte>1.5</vargte><varlte>2</varlte>")),
            {"kind": "number", "accepted": [{"min": 1.5, "max": 2}]},
        ),
        (
            item("numerical_question", "", condition('<varequal margintype="percent" margin="20">200</varequal>')),
            {"kind": "number", "accepted": [{"value": 200, "tolerance": 40}]},
        ),
        (item("text_only_question", "", ""), {"kind": "info"}),
    ],
)
def test_every_kind_that_there_is_here_comes_in(built, expected):
    """With or without Canvas's word for it; conditions that give no points say nothing of what is right."""
    assert only(built) == expected


@pytest.mark.parametrize(
    ("built", "code"),
    [
        (item("essay_question", "", ""), "kind_essay"),
        (item("matching_question", "", ""), "kind_match"),
        (item("fill_in_multiple_blanks_question", "", ""), "kind_gaps"),
        (item("", lid("Ordered"), ""), "kind_order"),
        (item("hologram_question", "", ""), "kind_unknown"),
        (item("multiple_choice_question", lid(), ""), "no_right_answer"),
        (item("multiple_choice_question", lid("Single", "a"), condition(EQUAL.format("a"))), "too_few_answers"),
        (item("short_answer_question", "", "", text=""), "no_text"),
    ],
)
def test_everything_else_is_skipped_with_its_place(built, code):
    """And leaves the others alone."""
    (parsed,) = formats.parse(document(CHOICE, built), "a.xml")
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [("question 2", "skipped", code)]


def test_a_package_offers_each_quiz_once():
    """The copy that Canvas made for others is not read when its own is there; a bank is a quiz of its own."""
    data = zipped(
        [
            ("imsmanifest.xml", b"<manifest/>"),
            ("a1/assessment_qti.xml", document(CHOICE)),
            ("non_cc_assessments/a1.xml.qti", document(CHOICE, CHOICE)),
            ("non_cc_assessments/b.xml.qti", document(CHOICE, title="Lakes", ident="b", tag="objectbank")),
        ]
    )
    quizzes = formats.parse(data, "course.imscc")
    assert [(quiz.title, quiz.found) for quiz in quizzes] == [("Rivers", 2), ("Lakes (question bank)", 1)]
    assert quizzes[0].questions[1]["_where"] == "Rivers, question 2"


def test_a_package_without_such_questions_is_called_by_its_name():
    """QTI 2 looks alike from outside."""
    with pytest.raises(formats.FormatError, match="without questions in QTI"):
        formats.parse(zipped([("imsmanifest.xml", b"<manifest/>")]), "a.zip")
