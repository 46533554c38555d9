"""Moodle XML as Moodle and others write it."""

import base64

import pytest
from sound_samples import mp3

import formats

CHOICES = """<answer fraction="{0}"><text>a</text></answer><answer fraction="{1}"><text>b</text></answer>"""


def question(kind: str, inner: str, stem: str = "Q?") -> str:
    text = f"<questiontext format='html'><text><![CDATA[{stem}]]></text></questiontext>"
    return f'<question type="{kind}"><name><text>n</text></name>{text}{inner}</question>'


def read(*questions: str, data: bytes = b""):
    """The one quiz of a file with these questions."""
    text = "<?xml version='1.0' encoding='UTF-8'?>\n<quiz>\n" + "\n".join(questions) + "\n</quiz>"
    (parsed,) = formats.parse(data or text.encode(), "bank.xml")
    return parsed


def only(kind: str, inner: str, stem: str = "Q?") -> dict:
    parsed = read(question(kind, inner, stem))
    assert parsed.issues == []
    (found,) = parsed.questions
    return {name: value for name, value in found.items() if name not in ("_where", "prompt")}


@pytest.mark.parametrize(
    ("kind", "inner", "expected"),
    [
        (
            "multichoice",
            CHOICES.format(100, 0) + "<single>true</single>",
            {"kind": "single", "choices": [{"text": "a", "correct": True}, {"text": "b"}]},
        ),
        (
            "multichoice",
            CHOICES.format(50, 50) + '<answer fraction="-100"><text>c</text></answer><single>false</single>',
            {
                "kind": "multi",
                "choices": [
                    {"text": "a", "correct": True, "weight": 0.5},
                    {"text": "b", "correct": True, "weight": 0.5},
                    {"text": "c", "weight": -1.0},
                ],
            },
        ),
        (
            "multichoice",
            CHOICES.format(100, 100) + '<answer fraction="0"><text>c</text></answer>',
            {
                "kind": "multi",
                "choices": [{"text": "a", "correct": True}, {"text": "b", "correct": True}, {"text": "c"}],
            },
        ),
        (
            "truefalse",
            '<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>',
            {"kind": "true_false", "choices": [{"text": "True"}, {"text": "False", "correct": True}]},
        ),
        (
            "shortanswer",
            CHOICES.format(100, 50) + "<usecase>0</usecase>",
            {"kind": "text", "accepted": ["a", {"text": "b", "weight": 0.5}], "match": "ignore_case"},
        ),
        (
            "shortanswer",
            '<answer fraction="100"><text>col*r</text></answer><usecase>1</usecase>',
            {"kind": "text", "accepted": ["col*r"], "match": "wildcard"},
        ),
        (
            "numerical",
            '<answer fraction="100"><text>3,14</text><tolerance>0.01</tolerance></answer>',
            {"kind": "number", "accepted": [{"value": 3.14, "tolerance": 0.01}]},
        ),
        (
            "description",
            "<generalfeedback><text>why</text></generalfeedback>",
            {"kind": "info", "explanation": "why"},
        ),
    ],
)
def test_every_kind_that_there_is_here_comes_in(kind, inner, expected):
    """With its weights, tolerances and words."""
    assert only(kind, inner) == expected


def pair(left: str, right: str) -> str:
    return f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"


def test_an_essay_is_open_and_pairs_are_matched():
    """A right side whose left one is empty fits nothing."""
    assert only("essay", "<graderinfo><text>Look for rain</text></graderinfo>") == {
        "kind": "open",
        "notes": "Look for rain",
    }
    assert only("matching", pair("a", "1") + pair("&lt;b&gt;b&lt;/b&gt;", "2") + pair("", "3")) == {
        "kind": "match",
        "pairs": [{"left": "a", "right": "1"}, {"left": "**b**", "right": "2"}],
        "distractors": ["3"],
        "markup": "markdown",
    }


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("ordering", CHOICES.format("2.0000000", "1.0000000")),
        ("ordering", "<answer fraction='1'><text>b</text></answer><answer fraction='1'><text>a</text></answer>"),
        ("order", pair("a", "2") + pair("b", "1")),
    ],
)
def test_an_order_is_that_of_the_places(kind, inner):
    """Where places are all alike, it is that of the file."""
    assert only(kind, inner) == {"kind": "order", "items": ["b", "a"]}


def gaps_of(kind: str, inner: str, stem: str, *codes: str) -> tuple[str, list]:
    parsed = read(question(kind, inner, stem))
    assert [issue.code for issue in parsed.issues] == list(codes)
    (found,) = parsed.questions
    return found["prompt"], [blank["accepted"] for blank in found["blanks"]]


def test_a_cloze_has_gaps_and_lists():
    """Entities and tags within its answers are read; what was to choose from stands behind its gap."""
    stem = "<p>A {1:SHORTANSWER:%100%x &amp; y#<b>good</b>~%50%z~*#no} or {1:MULTICHOICE_S:a\\}~=b} {{1}}</p>"
    assert gaps_of("cloze", "", stem, "read_as_typed") == (
        "A {{1}} or {{2}} (a} / b) { {1}}",
        [["x & y", {"text": "z", "weight": 0.5}], ["b"]],
    )


def test_a_cloze_with_one_gap_is_what_it_asks():
    """With feedback where the kind has it."""
    parsed = read(question("cloze", "", "He {1:MCV:=is#yes~are} here. "), question("cloze", "", "Q {1:NM:=4:1}"))
    assert [found["kind"] for found in parsed.questions] == ["single", "number"]
    assert parsed.questions[0]["prompt"] == "He _____ here."
    assert parsed.questions[0]["choices"][0] == {"text": "is", "feedback": "yes", "correct": True}
    assert parsed.questions[1]["accepted"] == [{"value": 4, "tolerance": 1}]


def test_words_to_drag_and_to_choose_are_gaps():
    """Those to drag stand below the text, those of a list behind its gap."""
    boxes = "".join(f"<{{0}}><text>{word}</text><group>{group}</group></{{0}}>" for word, group in ("a1", "b1", "c2"))
    drag, choose = boxes.format("dragbox"), boxes.format("selectoption")
    assert gaps_of("ddwtos", drag, "X [[2]] y [[3]]", "read_as_typed") == (
        "X {{1}} y {{2}}\n\n(a · b · c)",
        [["b"], ["c"]],
    )
    assert gaps_of("gapselect", choose, "X [[2]] y [[3]]", "read_as_typed") == (
        "X {{1}} (a / b) y {{2}} (c)",
        [["b"], ["c"]],
    )
    assert gaps_of("gapfill", "<delimitchars>##</delimitchars>", "X #a|b# y") == ("X {{1}} y", [["a", "b"]])


def test_statements_that_are_true_or_false_are_sorted():
    """Into what stands above the columns."""
    rows = "".join(
        f'<row number="{n}"><optiontext><text>{t}</text></optiontext></row>' for n, t in ((1, "a"), (2, "b"))
    )
    columns = "".join(
        f'<column number="{n}"><responsetext><text>{t}</text></responsetext></column>'
        for n, t in ((1, "True"), (2, "False"))
    )
    weights = "".join(
        f'<weight rownumber="{row}" columnnumber="{column}"><value>{value}</value></weight>'
        for row, column, value in ((1, 1, "0.000"), (1, 2, "1.000"), (2, 1, " 1.000 "), (2, 2, "0.000"))
    )
    assert only("kprime", rows + columns + weights) == {
        "kind": "categorize",
        "categories": ["True", "False"],
        "items": [{"text": "a", "category": 1}, {"text": "b", "category": 0}],
    }


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def test_a_picture_in_the_text_comes_along():
    """The first of them, and only when the text refers to it; the others are told."""
    file = f"<file name='my sign.png' path='/' encoding='base64'>{base64.b64encode(PNG).decode()}</file>"
    text = "<p>Look <img src='@@PLUGINFILE@@/my%20sign.png' alt='A sign'> <img src='@@PLUGINFILE@@/b.png'></p>"
    stem = f"<questiontext><text><![CDATA[{text}]]></text>{file}</questiontext>"
    parsed = read(f"<question type='description'>{stem}</question>")
    (found,) = parsed.questions
    assert (found["prompt"], found["media"]["alt"]) == ("Look", "A sign")
    assert parsed.images == {found["media"]["image"]: PNG}
    assert [issue.code for issue in parsed.issues] == ["markup_lost"]


def test_a_sound_in_the_text_comes_along():
    """Played, or linked; the address that stands there for old browsers is no part of the text."""
    file = f"<file name='talk.mp3' path='/' encoding='base64'>{base64.b64encode(mp3()).decode()}</file>"
    address = "@@PLUGINFILE@@/talk.mp3"
    played = f"<p>Who speaks?</p><audio controls='true'><source src='{address}'>{address}</audio>"
    linked = f"<p>Who speaks?</p><a href='{address}'>talk.mp3</a>"
    gone = played.replace("talk", "gone")
    stems = [f"<questiontext><text><![CDATA[{text}]]></text>{file}</questiontext>" for text in (played, linked, gone)]
    parsed = read("".join(f"<question type='description'>{stem}</question>" for stem in stems))
    assert [found["prompt"] for found in parsed.questions] == ["Who speaks?"] * 3
    assert list(parsed.images.values()) == [mp3()]
    (name,) = parsed.images
    media = {"audio": name, "transcript": ""}
    assert [found.get("media") for found in parsed.questions] == [media, media, None]
    assert [issue.code for issue in parsed.issues] == ["sound_lost"]


def test_a_picture_of_moodle_1_9_comes_along():
    """It stood beside the text."""
    inner = f"<image>a.png</image><image_base64>{base64.b64encode(PNG).decode()}</image_base64>"
    parsed = read(question("description", inner), question("description", "<image>gone.png</image>"))
    assert list(parsed.images.values()) == [PNG]
    assert [(issue.where, issue.code) for issue in parsed.issues] == [("line 4", "picture_lost")]


@pytest.mark.parametrize(
    ("kind", "inner", "code"),
    [
        ("matching", "", "too_few_answers"),
        ("matching", "<subquestion><text>a</text><answer><text/></answer></subquestion>", "choice_without_text"),
        ("ordering", "", "too_few_answers"),
        ("cloze", "", "no_gaps"),
        ("ddwtos", "", "no_gaps"),
        ("gapfill", "", "no_gaps"),
        ("stack", "", "kind_unknown"),
        ("multichoice", '<answer fraction="100"><text>a</text></answer>', "too_few_answers"),
        ("multichoice", CHOICES.format(100, 0).replace("<text>b</text>", "<text/>"), "choice_without_text"),
        ("multichoice", CHOICES.format(100, 0) + "<hidden>1</hidden>", "hidden"),
        ("shortanswer", CHOICES.format(0, 0), "no_right_answer"),
        ("numerical", CHOICES.format(100, 0), "not_a_number"),
        ("numerical", '<answer fraction="100"><text>nan</text></answer>', "not_a_number"),
        ("truefalse", CHOICES.format(100, 0), "no_right_answer"),
    ],
)
def test_everything_else_is_skipped_with_its_line(kind, inner, code):
    """And leaves the others alone."""
    parsed = read(question("description", ""), question(kind, inner))
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [("line 4", "skipped", code)]
    assert len(parsed.questions) == 1


def test_the_category_names_the_quiz():
    """The last part of its path; a slash within a name is written twice."""
    category = "<question type='category'><category><text>$course$/top/Default for A//B</text></category></question>"
    assert read(category, question("description", "")).title == "A/B"


def test_html_becomes_text_and_its_losses_are_told():
    """As in GIFT."""
    parsed = read(question("description", "", "<p>x<sup>2</sup> &lt; 3</p><img src='a.png'>"))
    assert parsed.questions[0]["prompt"] == "x² < 3"
    assert [issue.code for issue in parsed.issues] == ["picture_lost"]


GREAT, RUSSIAN = question("description", "", "Größe"), question("description", "", "Привет")


@pytest.mark.parametrize(
    "data",
    [
        f"<?xml version='1.0' encoding='ISO-8859-1'?><quiz>{GREAT}</quiz>".encode(),
        f"<?xml version='1.0' encoding='ISO-8859-5'?><quiz>{RUSSIAN}</quiz>".encode("iso-8859-5"),
        f"<quiz>{GREAT}</quiz>".encode("utf-16"),
        f"\n  <?xml version='1.0'?><quiz>{GREAT}</quiz>".encode(),
    ],
    ids=["lies", "says so", "utf-16", "late"],
)
def test_the_encoding_is_found_whatever_the_file_says(data):
    """Many say ISO-8859-1 and are UTF-8."""
    (found,) = read(data=data).questions
    assert found["prompt"] in ("Größe", "Привет")


def test_names_of_html_are_read_and_broken_xml_is_refused_with_its_line():
    """&nbsp; is no fault that a teacher could mend."""
    text = question("description", "").replace("<![CDATA[Q?]]>", "a&nbsp;b &foo; c")
    assert read(text).questions[0]["prompt"] == "a b &foo; c"
    with pytest.raises(formats.FormatError, match="broken at line 3: mismatched tag"):
        read("<question type='description'></quest>")


@pytest.mark.parametrize("entity", ["'aaaa'", "SYSTEM 'file:///etc/passwd'"])
def test_entities_are_refused(entity):
    """They blow up, or read files."""
    data = f"<!DOCTYPE quiz [<!ENTITY a {entity}>]><quiz>{GREAT}&a;</quiz>".encode()
    with pytest.raises(formats.FormatError, match="defines entities"):
        read(data=data)


def test_a_weight_that_moodle_does_not_have_is_kept_and_told():
    """33 is meant to be 33.33333."""
    inner = CHOICES.format(33, 67) + "<single>false</single><answer fraction='-100'><text>c</text></answer>"
    parsed = read(question("multichoice", inner))
    assert parsed.questions[0]["choices"][0]["weight"] == 0.33
    assert {issue.code for issue in parsed.issues} == {"weight_unusual"}


def calculated(formula: str, *, tolerance: str = "0.01", kind: str = "1") -> str:
    numbers = "".join(
        f"<dataset_definition><name><text>{name}</text></name><dataset_items><dataset_item><number>1</number>"
        f"<value>{value}</value></dataset_item></dataset_items></dataset_definition>"
        for name, value in (("a", "3.0"), ("b", "4"))
    )
    answer = f"<text>{formula}</text><tolerance>{tolerance}</tolerance><tolerancetype>{kind}</tolerancetype>"
    drawn = f"<dataset_definitions>{numbers}</dataset_definitions>"
    return question("calculated", f'<answer fraction="100">{answer}</answer>{drawn}', "{a} + {b}, {={a}*2}?")


@pytest.mark.parametrize(
    ("formula", "kind", "expected"),
    [
        ("{a}+{b}", "1", {"value": 7, "tolerance": 0.07}),
        ("sqrt(pow({a},2)+pow({b},2))", "2", {"value": 5, "tolerance": 0.01}),
        ("-{a}/{b} * round(pi(), 2)", "2", {"value": -2.355, "tolerance": 0.01}),
    ],
)
def test_a_formula_is_worked_out_with_the_first_numbers(formula, kind, expected):
    """And it is told that they are the same for everybody."""
    parsed = read(calculated(formula, kind=kind))
    assert parsed.questions[0]["prompt"] == "3 + 4, 6?"
    assert parsed.questions[0]["accepted"] == [expected]
    assert [issue.code for issue in parsed.issues] == ["formula_fixed"]


@pytest.mark.parametrize(
    "formula",
    [
        *("{a}/0", "{c}", "__import__('os')", "pow(9,pow(9,9))", "9**9", "(" * 400, "exit()", "a.b"),
        *("'x'*9", "1e999", "1or 2", "'\\d'", "9" * 600, "-" * 450 + "1,", "9" * 490 + "#", "1e1" * 160),
    ],
)
def test_a_formula_is_never_run(formula):
    """What is none of Moodle's, or gives no number, is skipped with its words."""
    parsed = read(calculated(formula))
    assert [(issue.severity, issue.code) for issue in parsed.issues] == [("skipped", "kind_formula")]
