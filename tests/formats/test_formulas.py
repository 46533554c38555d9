"""Formulas in the texts of imported questions."""

import pytest
from workbooks import zipped

import formats
from formats.formatted import formatted as with_marks


def formatted(prompt: str, **others: object) -> dict:
    return with_marks({"kind": "info", "prompt": prompt} | others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Solve \(x^2\) now", "Solve $x^2$ now"),
        ("A \\[ x\n= 2 \\] B", "A $$x = 2$$ B"),
        ("A $$x=2$$", "A $$x=2$$"),
        ("A $x^2$ and $\\frac{1}{2}$.", "A $x^2$ and $\\frac{1}{2}$."),
        ("Of $f(x)$ and $x$", "Of $f(x)$ and $x$"),
        (r"2\(x\)3", "2 $x$ 3"),
        (r"\(x\): *a* and _b_, 5 $, `c`, _____", r"$x$: \*a\* and \_b\_, 5 \$, \`c\`, \_\_\_\_\_"),
        (r"\(x\) * a \\ b", "$x$ * a \\\\\\\\ b"),
    ],
)
def test_a_formula_stands_between_dollars_and_nothing_else_is_formatting(text, expected):
    """Stars and lines that were meant as they stand stay so."""
    assert formatted(text) == {"kind": "info", "prompt": expected, "markup": "markdown"}


@pytest.mark.parametrize(
    "text", ["From $5 to $6", "$5-$6 a_b $7", "US$ or C$x", "a $ b_c $ d", "x_1 *y*", r"C:\(", "$$"]
)
def test_money_is_no_formula(text):
    """Such a question stays as it was written."""
    assert formatted(text) == {"kind": "info", "prompt": text}


def test_all_texts_of_a_question_are_formatted_together():
    """One formula anywhere makes the question one that is formatted; a text with gaps stays plain."""
    question = {
        "kind": "match",
        "prompt": "*Match* *all*",
        "pairs": [{"left": r"\(x\)", "right": "$"}],
        "distractors": ["a_b_c"],
        "choices": [{"text": "*a*b*", "feedback": "*c*"}],
        "items": ["x", {"text": r"\(y\)", "category": 0}],
    }
    assert with_marks(question) == {
        "kind": "match",
        "prompt": r"\*Match\* \*all\*",
        "pairs": [{"left": "$x$", "right": r"\$"}],
        "distractors": ["a_b_c"],
        "choices": [{"text": r"\*a\*b\*", "feedback": "*c*"}],
        "items": ["x", {"text": "$y$", "category": 0}],
        "markup": "markdown",
    }
    gaps = {"kind": "blanks", "prompt": r"\(x\) is {{1}}", "blanks": [{"accepted": ["1"]}]}
    assert with_marks(gaps) == gaps


def test_formulas_are_drawn_from_where_they_are_meant():
    """A format that says of a text that it is plain is believed; Canvas keeps formulas in pictures."""
    (moodle,) = formats.parse(_moodle("html", r"Is \(x\)?"), "a.xml")
    assert (moodle.questions[0]["prompt"], moodle.questions[0]["markup"]) == ("Is $x$?", "markdown")
    (moodle,) = formats.parse(_moodle("plain_text", r"Is \(x\)?"), "a.xml")
    assert moodle.questions[0]["prompt"] == r"Is \(x\)?"
    (gift,) = formats.parse(b"Is $x^2$ ok? {T}\n\n[plain]Is $x^2$ ok? {T}", "a.gift")
    assert [question.get("markup") for question in gift.questions] == ["markdown", None]
    equation = '&lt;img class="equation_image" data-equation-content="x^2"&gt;'
    for stem, markup in ((f"{equation} for $5?", "markdown"), ("$x^2$?", None)):
        (canvas,) = formats.parse(_canvas(stem), "a.zip")
        assert canvas.questions[0].get("markup") == markup
    assert formats.parse(_canvas(f"{equation} for $5?"), "a.zip")[0].questions[0]["prompt"] == r"$x^2$ for \$5?"


def test_mathml_with_its_latex_is_a_formula():
    """As most programs write it; without, its text is what is left, and that is told."""
    math = '<math alttext="\\frac{1}{2}"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
    (moodle,) = formats.parse(_moodle("html", f"<![CDATA[Is {math} half?]]>"), "a.xml")
    assert (moodle.questions[0]["prompt"], moodle.issues) == ("Is $\\frac{1}{2}$ half?", [])
    (moodle,) = formats.parse(_moodle("html", "<![CDATA[Is <math><mi>x</mi></math>?]]>"), "a.xml")
    assert (moodle.questions[0]["prompt"], moodle.issues[0].code) == ("Is x?", "markup_lost")


def _moodle(format: str, text: str) -> bytes:
    stem = f'<questiontext format="{format}"><text>{text}</text></questiontext>'
    return f'<quiz><question type="description">{stem}</question></quiz>'.encode()


def _canvas(stem: str) -> bytes:
    field = "<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>text_only_question</fieldentry>"
    item = (
        f"<item><itemmetadata><qtimetadata>{field}</qtimetadatafield></qtimetadata></itemmetadata><presentation>"
        f'<material><mattext texttype="text/html">{stem}</mattext></material></presentation></item>'
    )
    document = f'<questestinterop><assessment ident="a">{item}</assessment></questestinterop>'
    return zipped([("imsmanifest.xml", b"<manifest/>"), ("a.xml", document.encode())])
