"""QTI 1.2 as Canvas and others write it."""

import pytest
from sound_samples import mp3
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
        (
            item(
                "numerical_question",
                "",
                condition(f"<or>{EQUAL.format(77)}<and><vargte>70</vargte><varlte>84</varlte></and></or>"),
            ),
            {"kind": "number", "accepted": [{"value": 77, "tolerance": 7}]},
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
        (item("file_upload_question", "", ""), "kind_upload"),
        (item("hot_spot_question", "", ""), "picture_lost"),
        (item("calculated_question", "", ""), "kind_formula"),
        (item("matching_question", "", ""), "too_few_answers"),
        (item("fill_in_multiple_blanks_question", "", ""), "no_gaps"),
        (item("", lid("Ordered"), ""), "no_right_answer"),
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


def asked(name: str, left: str, *texts: str, cardinality: str = "Single") -> str:
    """One of several things that an item asks."""
    labels = "".join(LABEL.format(text, text) for text in texts)
    return (
        f'<response_lid ident="{name}" rcardinality="{cardinality}"><material><mattext>{left}</mattext></material>'
        f"<render_choice>{labels}</render_choice></response_lid>"
    )


def right(name: str, *values: str) -> str:
    return condition("".join(f'<varequal respident="{name}">{value}</varequal>' for value in values))


def test_pairs_are_matched_and_categories_filled():
    """What nobody has fits nothing; a line that was left free is none."""
    lists = asked("1", "cat", "x", "y", "z") + asked("2", "dog", "x", "y", "z") + asked("3", "", "", "z")
    assert only(item("matching_question", lists, right("1", "x") + right("2", "y") + right("3", ""))) == {
        "kind": "match",
        "pairs": [{"left": "cat", "right": "x"}, {"left": "dog", "right": "y"}],
        "distractors": ["z"],
    }
    lists = asked("1", "A", "x", "y", cardinality="Multiple") + asked("2", "B", "x", "y", cardinality="Multiple")
    assert only(item("categorization_question", lists, right("1", "x") + right("2", "y"))) == {
        "kind": "categorize",
        "categories": ["A", "B"],
        "items": [{"text": "x", "category": 0}, {"text": "y", "category": 1}],
    }


def test_an_order_is_that_of_what_is_asked_for():
    """With or without Canvas's word for it."""
    built = item("", lid("Ordered", "a", "b", "c"), right("r", "c", "a", "b"))
    assert only(built) == {"kind": "order", "items": ["c", "a", "b"]}


def test_gaps_accept_all_that_is_listed_and_lists_what_is_right():
    """Though the conditions name only the first; a list stands behind its gap."""
    lists = asked("response_b", "b", "blue", "azure") + asked("response_r", "r", "red")
    conditions = right("response_b", "blue") + right("response_r", "red")
    stem = "Roses [r], sky [b] {{1}}"
    parsed = formats.parse(document(item("fill_in_multiple_blanks_question", lists, conditions, stem)), "a.xml")[0]
    assert parsed.questions[0]["prompt"] == "Roses {{1}}, sky {{2}} { {1}}"
    assert parsed.questions[0]["blanks"] == [{"accepted": ["red"]}, {"accepted": ["blue", "azure"]}]
    parsed = formats.parse(document(item("multiple_dropdowns_question", lists, conditions, stem)), "a.xml")[0]
    assert parsed.questions[0]["prompt"] == "Roses {{1}} (red), sky {{2}} (azure / blue) { {1}}"
    assert parsed.questions[0]["blanks"][1] == {"accepted": ["blue"]}
    assert [issue.code for issue in parsed.issues] == ["read_as_typed"]


def test_several_fields_without_a_name_are_gaps():
    """Between the texts in which they stand."""
    fields = (
        '<response_str ident="1"/><material><mattext>and</mattext></material><response_str ident="2"/>'
        "<material><mattext>.</mattext></material>"
    )
    parsed = formats.parse(document(item("", fields, right("1", "x") + right("2", "y"), "A")), "a.xml")[0]
    assert parsed.questions[0]["prompt"].split() == ["A", "{{1}}", "and", "{{2}}", "."]


def test_a_formula_has_the_first_numbers_that_were_drawn():
    """Which is told."""
    drawn = (
        "<itemproc_extension><calculated><answer_tolerance>10%</answer_tolerance><var_sets><var_set>"
        '<var name="x">4</var><answer>8.0</answer></var_set></var_sets></calculated></itemproc_extension>'
    )
    built = item("calculated_question", "", "", "2 · [x]?").replace("</item>", f"{drawn}</item>")
    (parsed,) = formats.parse(document(built), "a.xml")
    assert parsed.questions[0]["prompt"] == "2 · 4?"
    assert parsed.questions[0]["accepted"] == [{"value": 8, "tolerance": 0.8}]
    assert [issue.code for issue in parsed.issues] == ["formula_fixed"]


def test_feedback_and_free_lines():
    """Feedback of an answer stays with it; lines that an author left free are no answers."""
    told = "".join(
        f'<itemfeedback ident="{name}"><material><mattext>{name}</mattext></material></itemfeedback>'
        for name in ("b_fb", "general_fb", "correct_fb")
    )
    built = item("multiple_choice_question", lid("Single", "a", "b", ""), condition(EQUAL.format("b")))
    (parsed,) = formats.parse(document(built.replace("</item>", f"{told}</item>")), "a.xml")
    (question,) = parsed.questions
    assert question["choices"] == [{"text": "a"}, {"text": "b", "correct": True, "feedback": "b_fb"}]
    assert (question["explanation"], question["notes"]) == ("general_fb", "When right: correct_fb")
    assert [issue.code for issue in parsed.issues] == ["answer_empty"]


def test_a_picture_of_the_course_comes_along():
    """By Canvas's own address, with escapes and a question mark behind it."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    stem = "&lt;img src='%24IMS-CC-FILEBASE%24/Uploaded%20Media/a.png?canvas_download=1' alt='A'&gt; Q?"
    data = zipped(
        [
            ("imsmanifest.xml", b"<manifest/>"),
            ("a1/a1.xml", document(item("text_only_question", "", "", stem))),
            ("web_resources/Uploaded Media/a.png", png),
        ]
    )
    (parsed,) = formats.parse(data, "course.imscc")
    shown = parsed.questions[0]["media"]
    assert (parsed.images[shown["image"]], shown["alt"], parsed.issues) == (png, "A", [])


def test_a_sound_of_the_course_comes_along():
    """As an element of HTML, or as the standard's own."""
    stem = "&lt;audio src='$IMS-CC-FILEBASE$/a.mp3'&gt;&lt;/audio&gt; Q?"
    sound = '</mattext><mataudio uri="web_resources/a.mp3"/>'
    own = item("text_only_question", "", "", "Q?").replace("</mattext>", sound)
    documents = {"a1/a1.xml": document(item("text_only_question", "", "", stem), own)}
    files = {"imsmanifest.xml": b"<manifest/>", **documents, "web_resources/a.mp3": mp3()}
    (parsed,) = formats.parse(zipped(list(files.items())), "course.imscc")
    assert [question["prompt"] for question in parsed.questions] == ["Q?", "Q?"]
    assert [parsed.images[question["media"]["audio"]] for question in parsed.questions] == [mp3(), mp3()]
    assert parsed.issues == []


def test_an_area_of_a_picture_is_pointed_at():
    """Canvas gives it in shares of the picture, others in pixels; what is no area of it is skipped."""

    def spot(area: str, **size: str) -> str:
        sides = "".join(f' {side}="{value}"' for side, value in size.items())
        return item(
            "hot_spot_question",
            (
                '<flow><response_xy ident="r"><render_hotspot><material>'
                f'<matimage uri="$IMS-CC-FILEBASE$/a.png"{sides}/></material>{area}'
                "</render_hotspot></response_xy></flow>"
            ),
            "",
        )

    shares = '<response_label ident="r" rarea="rectangle">0.3,0.1,0.5,0.4</response_label>'
    pixels = '<response_label ident="r" rarea="Ellipse">50,20,10,5</response_label>'
    items = [spot(shares), spot(pixels, width="100", height="40"), spot(pixels), spot(shares.replace(",0.4", ""))]
    data = zipped(
        [
            ("imsmanifest.xml", b"<manifest/>"),
            ("a1.xml", document(*items)),
            ("web_resources/a.png", b"\x89PNG\r\n\x1a\n" + bytes(20)),
        ]
    )
    (parsed,) = formats.parse(data, "a.zip")
    first, second = parsed.questions
    assert first["areas"] == [
        {"label": "Area 1", "correct": True, "shape": "rect", "x": 0.3, "y": 0.1, "width": 0.2, "height": 0.3}
    ]
    assert second["areas"][0].items() >= {"shape": "circle", "x": 0.5, "y": 0.5, "rx": 0.1, "ry": 0.125}.items()
    assert first["media"]["image"] in parsed.images
    assert [(issue.where, issue.code) for issue in parsed.issues] == [
        ("question 3", "no_right_answer"),
        ("question 4", "no_right_answer"),
    ]


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
