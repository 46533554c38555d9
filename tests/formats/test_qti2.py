"""QTI 2.1 and 2.2: single items, and packages with tests."""

import pytest
from workbooks import zipped

import formats

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"
CHOICES = '<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B"><p>b &amp; c</p></simpleChoice>'


def values(*right: str) -> str:
    inner = "".join(f"<value>{one}</value>" for one in right)
    return f"<correctResponse>{inner}</correctResponse>" if right else ""


def declared(*right: str, base: str = "identifier", cardinality: str = "single", mapping: str = "") -> str:
    inner = values(*right) + mapping
    attributes = f'identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}"'
    return f"<responseDeclaration {attributes}>{inner}</responseDeclaration>"


def item(declaration: str, body: str, rest: str = "", **attributes: str) -> bytes:
    named = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><assessmentItem xmlns="{SPACE}" identifier="i" title="T"{named}>'
        f"{declaration}<itemBody>{body}</itemBody>{rest}</assessmentItem>"
    ).encode()


def interaction(name: str, inner: str = CHOICES, **attributes: str) -> str:
    named = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{name} responseIdentifier="RESPONSE"{named}><prompt>Q?</prompt>{inner}</{name}>'


def only(data: bytes, *codes: str) -> dict:
    (parsed,) = formats.parse(data, "a.xml")
    assert [issue.code for issue in parsed.issues] == list(codes)
    (question,) = parsed.questions
    return {name: value for name, value in question.items() if name != "_where"}


def mapped(*entries: tuple[str, float], **attributes: str) -> str:
    inner = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in entries)
    named = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<mapping{named}>{inner}</mapping>"


ONE = item(declared("B"), "<p>Look.</p>" + interaction("choiceInteraction"))


def test_a_single_choice_has_its_text_before_its_prompt():
    """And one of several choices that says multiple but has one right answer is single too."""
    expected = {
        "kind": "single",
        "prompt": "Look.\n\nQ?",
        "choices": [{"text": "a"}, {"text": "b & c", "correct": True}],
    }
    assert only(ONE) == expected
    many = item(declared("B", cardinality="multiple"), "<p>Look.</p>" + interaction("choiceInteraction"))
    assert only(many) == expected


def test_several_choices_keep_weights_that_say_more_than_what_is_right():
    """As parts of all that can be reached."""
    body = interaction("choiceInteraction", maxChoices="0")
    plain = mapped(("A", 1), ("B", 1))
    question = only(item(declared("A", "B", cardinality="multiple", mapping=plain), body))
    assert question["choices"] == [{"text": "a", "correct": True}, {"text": "b & c", "correct": True}]
    assert question["kind"] == "multi"
    uneven = mapped(("A", 3), ("B", 1), defaultValue="-1")
    question = only(item(declared("A", "B", cardinality="multiple", mapping=uneven), body))
    assert [choice["weight"] for choice in question["choices"]] == [0.75, 0.25]


@pytest.mark.parametrize(
    "rules",
    [
        '<match><variable identifier="RESPONSE"/><baseValue baseType="identifier">B</baseValue></match>',
        '<and><not><match><variable identifier="RESPONSE"/><baseValue>A</baseValue></match></not>'
        '<member><baseValue>B</baseValue><variable identifier="RESPONSE"/></member></and>',
    ],
)
def test_what_is_right_may_stand_in_the_rules_of_scoring(rules):
    """Where nothing else says it; what they refuse is not right."""
    score = '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
    processing = (
        f"<responseProcessing><responseCondition><responseIf>{rules}{score}</responseIf></responseCondition>"
        "</responseProcessing>"
    )
    question = only(item(declared(), interaction("choiceInteraction"), processing))
    assert [choice.get("correct", False) for choice in question["choices"]] == [False, True]


def test_true_or_false_with_feedback_within_its_choices():
    """True stands first whatever the file says; feedback is no part of an answer's text."""
    inner = (
        '<simpleChoice identifier="f">False</simpleChoice>'
        '<simpleChoice identifier="t">True <feedbackInline identifier="t">Yes!</feedbackInline></simpleChoice>'
    )
    question = only(item(declared("t"), interaction("choiceInteraction", inner)))
    assert question["kind"] == "true_false"
    assert question["choices"] == [{"text": "True", "correct": True, "feedback": "Yes!"}, {"text": "False"}]


@pytest.mark.parametrize(
    ("declaration", "rest", "expected"),
    [
        (declared("York", base="string"), "", {"kind": "text", "accepted": ["York"], "match": "ignore_case"}),
        (
            declared("York", base="string", mapping=mapped(("York", 2), ("york", 1))),
            "",
            {"kind": "text", "accepted": ["York", {"text": "york", "weight": 0.5}], "match": "exact"},
        ),
        (declared("42", base="integer"), "", {"kind": "number", "accepted": [{"value": 42}]}),
        (
            declared("200", base="float"),
            '<responseProcessing><equal toleranceMode="relative" tolerance="5 5">'
            '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal></responseProcessing>',
            {"kind": "number", "accepted": [{"value": 200, "tolerance": 10}]},
        ),
        (
            declared(base="float"),
            '<responseProcessing><gte><variable identifier="RESPONSE"/><baseValue>1.5</baseValue></gte>'
            '<lte><variable identifier="RESPONSE"/><baseValue>2</baseValue></lte></responseProcessing>',
            {"kind": "number", "accepted": [{"min": 1.5, "max": 2}]},
        ),
    ],
)
def test_what_is_typed_is_a_text_or_a_number(declaration, rest, expected):
    """With parts of the points, tolerances and ranges."""
    body = '<p>Sun of <textEntryInteraction responseIdentifier="RESPONSE"/>; and</p>'
    assert only(item(declaration, body, rest)) == {"prompt": "Sun of _____; and", **expected}


def test_long_answers_are_open_unless_something_is_right():
    """Some programs ask for words that way."""
    body = interaction("extendedTextInteraction", "")
    assert only(item(declared(base="string"), body))["kind"] == "open"
    assert only(item(declared("x", base="string"), body))["accepted"] == ["x"]


def test_gaps_are_numbered_in_the_text():
    """What was to choose from stands behind its gap; braces of the text are no gap."""
    body = (
        '<p>{{1}} <textEntryInteraction responseIdentifier="R1"/> and <inlineChoiceInteraction responseIdentifier="R2">'
        '<inlineChoice identifier="x">is</inlineChoice><inlineChoice identifier="y">are</inlineChoice>'
        "</inlineChoiceInteraction>.</p>"
    )
    declaration = declared("one", base="string").replace("RESPONSE", "R1") + declared("y").replace("RESPONSE", "R2")
    question = only(item(declaration, body), "read_as_typed")
    assert question["prompt"] == "{ {1}} {{1}} and {{2}} (are / is)."
    assert question["blanks"] == [{"accepted": ["one"]}, {"accepted": ["are"]}]


def test_one_list_in_a_text_is_a_choice():
    """Nothing of it gets lost that way."""
    body = (
        '<p>He <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="x">is</inlineChoice>'
        '<inlineChoice identifier="y">are</inlineChoice></inlineChoiceInteraction> here.</p>'
    )
    question = only(item(declared("x"), body))
    assert (question["kind"], question["prompt"]) == ("single", "He _____ here.")


def test_words_to_drag_into_gaps_stand_below_the_text():
    """Whichever way round the pairs are written."""
    inner = (
        '<gapText identifier="W">winter</gapText><gapText identifier="S">summer</gapText>'
        '<p>Now is the <gap identifier="G1"/> and <gap identifier="G2"/>.</p>'
    )
    right = declared("W G1", "G2 S", base="directedPair", cardinality="multiple")
    question = only(item(right, interaction("gapMatchInteraction", inner)), "read_as_typed")
    assert question["prompt"] == "Q?\n\nNow is the {{1}} and {{2}}.\n\n(summer · winter)"
    assert question["blanks"] == [{"accepted": ["winter"]}, {"accepted": ["summer"]}]


def sets(lefts: str, rights: str) -> str:
    both = (
        "".join(
            f'<simpleAssociableChoice identifier="{name}">{name}!</simpleAssociableChoice>' for name in names.split()
        )
        for names in (lefts, rights)
    )
    return "".join(f"<simpleMatchSet>{one}</simpleMatchSet>" for one in both)


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        (
            ("a x", "b y"),
            {
                "kind": "match",
                "pairs": [{"left": "a!", "right": "x!"}, {"left": "b!", "right": "y!"}],
                "distractors": ["z!"],
            },
        ),
        (
            ("a x", "b x"),
            {
                "kind": "categorize",
                "categories": ["x!", "y!", "z!"],
                "items": [{"text": "a!", "category": 0}, {"text": "b!", "category": 0}],
            },
        ),
        (
            ("a x", "a y", "b z"),
            {
                "kind": "categorize",
                "categories": ["a!", "b!"],
                "items": [
                    {"text": "x!", "category": 0},
                    {"text": "y!", "category": 0},
                    {"text": "z!", "category": 1},
                ],
            },
        ),
    ],
)
def test_pairs_are_matched_or_sorted_into_categories(right, expected):
    """By what belongs to how many."""
    declaration = declared(*right, base="directedPair", cardinality="multiple")
    question = only(item(declaration, interaction("matchInteraction", sets("a b", "x y z"))))
    assert question == {"prompt": "Q?", **expected}


def test_order_slider_and_words_in_a_text():
    """Each as the kind that asks the same."""
    ordered = item(declared("B", "A", cardinality="ordered"), interaction("orderInteraction"))
    assert only(ordered)["items"] == ["b & c", "a"]
    slider = item(declared("16", base="integer"), interaction("sliderInteraction", ""))
    assert only(slider)["accepted"] == [{"value": 16}]
    inner = '<p>He <hottext identifier="A">are</hottext> <hottext identifier="B">here</hottext>.</p>'
    question = only(item(declared("A"), interaction("hottextInteraction", inner)))
    assert question["prompt"] == "Q?\n\nHe [are] [here]."
    assert question["choices"][0] == {"text": "are", "correct": True}


def test_pairs_within_one_set_are_pairs():
    """The first of each stands left; who is in no pair is a distractor."""
    names = "".join(f'<simpleAssociableChoice identifier="{n}">{n}</simpleAssociableChoice>' for n in "abcde")
    declaration = declared("a d", "b c", base="pair", cardinality="multiple")
    question = only(item(declaration, interaction("associateInteraction", names)))
    assert question["pairs"] == [{"left": "a", "right": "d"}, {"left": "b", "right": "c"}]
    assert question["distractors"] == ["e"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (item(declared("B"), interaction("choiceInteraction"), adaptive="true"), "kind_adaptive"),
        (item("<templateDeclaration/>" + declared("B"), interaction("choiceInteraction")), "kind_template"),
        (item(declared("B"), interaction("graphicGapMatchInteraction")), "kind_picture"),
        (item(declared("B"), interaction("hotspotInteraction")), "picture_lost"),
        (item(declared("B"), interaction("uploadInteraction")), "kind_upload"),
        (item(declared("B"), interaction("customInteraction")), "kind_unknown"),
        (item(declared("B"), 2 * interaction("choiceInteraction")), "several_interactions"),
        (item(declared("A"), interaction("choiceInteraction", "<simpleChoice>a</simpleChoice>")), "too_few_answers"),
        (item(declared("x", base="float"), interaction("extendedTextInteraction", "")), "not_a_number"),
        (item(declared(base="string"), interaction("textEntryInteraction")), "no_right_answer"),
        (item(declared("B"), "<div>" * 200 + interaction("choiceInteraction") + "</div>" * 200), "too_deep"),
        (b"<assessmentItem/>", "no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_played_is_skipped_with_its_reason(data, code):
    """One item, one reason."""
    (parsed,) = formats.parse(data, "a.xml")
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [("question 1", "skipped", code)]


def package(*entries: tuple[str, bytes]) -> bytes:
    return zipped([("imsmanifest.xml", b"<manifest/>"), *entries])


def a_test(*hrefs: str, title: str = "Rivers") -> bytes:
    refs = "".join(f'<assessmentItemRef identifier="r" href="{href}"/>' for href in hrefs)
    inner = f"<testPart><assessmentSection>{refs}</assessmentSection></testPart>"
    return f'<assessmentTest xmlns="{SPACE}" title="{title}">{inner}</assessmentTest>'.encode()


def test_a_package_is_read_in_the_order_of_its_test():
    """Names with blanks and escapes are found; what is missing or broken is told at its place."""
    slide = item("", "<p>Second</p>")
    data = package(
        ("q/b c.xml", b"\xef\xbb\xbf" + slide),
        ("q/a.xml", ONE),
        ("broken.xml", b"<assessmentItem>"),
        ("test.xml", a_test("q/b%20c.xml", "gone.xml", "broken.xml", "Q\\A.xml")),
        ("q/extra.xml", slide),
    )
    quizzes = formats.parse(data, "my_package.zip")
    assert [(quiz.title, quiz.found) for quiz in quizzes] == [("Rivers", 4), ("my package (in no test)", 1)]
    assert [question["kind"] for question in quizzes[0].questions] == ["info", "single"]
    assert [(issue.where, issue.code) for issue in quizzes[0].issues] == [
        ("question 2", "item_missing"),
        ("question 3", "item_broken"),
    ]


def test_a_quiz_has_the_language_of_its_item_or_test():
    """Where it says one."""
    german = item("", "<p>Ja</p>").replace(b"<assessmentItem ", b'<assessmentItem xml:lang="de-CH" ')
    assert formats.parse(german, "a.xml")[0].language == "de-CH"
    test = a_test("a.xml").replace(b"<assessmentTest ", b'<assessmentTest xml:lang="de" ')
    assert formats.parse(package(("a.xml", ONE), ("t.xml", test)), "a.zip")[0].language == "de"
    assert formats.parse(ONE, "a.xml")[0].language == "en"


def test_pictures_are_found_beside_the_item_and_at_the_top():
    """A drawing that may be a program stays behind."""
    picture = '<p>Look.</p><p><img src="images/my%20sign.png" alt="A sign"/></p>'
    body = picture + interaction("choiceInteraction")
    data = package(
        ("one/q.xml", item(declared("B"), body)),
        ("one/images/my sign.png", PNG),
        ("two/q.xml", item(declared("B"), body)),
        ("images/my sign.png", PNG + b"2"),
        ("three/q.xml", item(declared("B"), body.replace("my%20sign.png", "a.svg"))),
        ("three/images/a.svg", b"<svg onload='x'/>"),
    )
    (quiz,) = formats.parse(data, "a.zip")
    shown = [question.get("media", {}).get("image") for question in quiz.questions]
    assert [quiz.images.get(name) for name in shown] == [PNG, PNG + b"2", None]
    assert quiz.questions[0]["prompt"] == "Look.\n\nQ?"
    assert [(issue.where, issue.code) for issue in quiz.issues] == [("question 3 (three/q.xml)", "picture_lost")]


def test_areas_of_a_picture_are_pointed_at():
    """In shares of its size; an area that is none is told, and so is a picture that is missing."""
    picture = '<object type="image/png" data="map.png" width="200" height="100"/>'
    choices = (
        '<hotspotChoice identifier="A" shape="circle" coords="100,50,20" hotspotLabel="Oslo"/>'
        '<hotspotChoice identifier="B" shape="poly" coords="0,0,100,0,100,100,0,0"/>'
        '<hotspotChoice identifier="C" shape="default" coords="0,0"/>'
    )
    spots = item(declared("B"), "<p>Look.</p>" + interaction("hotspotInteraction", picture + choices))
    areas = '<areaMapping><areaMapEntry shape="rect" coords="20,10,60,30" mappedValue="1"/></areaMapping>'
    points = item(declared("30 20", base="point", mapping=areas), interaction("selectPointInteraction", picture))
    (quiz,) = formats.parse(package(("a.xml", spots), ("b.xml", points), ("map.png", PNG)), "a.zip")
    first, second = quiz.questions
    assert (first["kind"], first["prompt"]) == ("hotspot", "Look.\n\nQ?")
    assert quiz.images[first["media"]["image"]] == PNG
    assert first["areas"] == [
        {"label": "Oslo", "correct": False, "shape": "circle", "x": 0.5, "y": 0.5, "rx": 0.1, "ry": 0.2},
        {"label": "Area 2", "correct": True, "shape": "polygon", "points": [[0, 0], [0.5, 0], [0.5, 1]]},
    ]
    assert second["areas"][0].items() >= {"correct": True, "x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}.items()
    assert [issue.code for issue in quiz.issues] == ["area_lost"]
    (alone,) = formats.parse(spots, "a.xml")
    assert [issue.code for issue in alone.issues] == ["picture_lost"]


def test_a_test_alone_is_refused():
    """With what to bring instead."""
    with pytest.raises(formats.FormatError, match="whole package"):
        formats.parse(a_test("a.xml"), "a.xml")


def test_qti_3_says_the_same_with_other_names():
    """Alone and in a package; a text that stands in another file is told."""
    third = (
        b'<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="T">'
        b'<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">'
        b"<qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response>"
        b'<qti-mapping default-value="0"><qti-map-entry map-key="A" mapped-value="3"/>'
        b'<qti-map-entry map-key="B" mapped-value="1"/></qti-mapping></qti-response-declaration>'
        b'<qti-assessment-stimulus-ref identifier="s" href="s.xml"/>'
        b'<qti-item-body><p>Look.</p><qti-choice-interaction response-identifier="RESPONSE" max-choices="0">'
        b'<qti-prompt>Q?</qti-prompt><qti-simple-choice identifier="A">a</qti-simple-choice>'
        b'<qti-simple-choice identifier="B">b</qti-simple-choice><qti-simple-choice identifier="C">c'
        b"</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>"
    )
    question = only(third, "stimulus_lost")
    assert (question["kind"], question["prompt"]) == ("multi", "Look.\n\nQ?")
    assert [choice.get("weight") for choice in question["choices"]] == [0.75, 0.25, 0.0]
    test = (
        b'<qti-assessment-test title="Rivers"><qti-test-part><qti-assessment-section>'
        b'<qti-assessment-item-ref identifier="r" href="a.xml"/></qti-assessment-section></qti-test-part>'
        b"</qti-assessment-test>"
    )
    (quiz,) = formats.parse(package(("a.xml", third), ("test.xml", test)), "a.zip")
    assert (quiz.title, quiz.found) == ("Rivers", 1)
