"""Formatting that a file brings: it becomes our Markdown, and nothing else in a text looks formatted."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import formats
from formats import marks
from formats.draft import Draft
from formats.formatted import formatted
from formats.intermediate import Skip
from game.markup import in_blocks, in_line

TAG = re.compile(r"<[^>]*>")
SIGNS = "*_~`$\\|-+>#.)1[]!&<{}:=^ \n\u00a0aé(\"'😀"
TEXTS = st.text(alphabet=SIGNS, max_size=40) | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
TAGS = ("b", "i", "code", "p", "li", "h2", "div", "td", "span", "blockquote")


def read(source: str, kind: str = "info") -> dict:
    draft = Draft()
    draft.prompt(source)
    draft.fields["kind"] = kind
    return draft.finish()


def words(shown: str) -> str:
    """What HTML says, blanks aside: those between blocks are the page's."""
    return "".join(html.unescape(TAG.sub("", shown)).split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a <b>bold</b> and <i>it</i></p>", "a **bold** and *it*"),
        ("<strong><em>all</em></strong>", "***all***"),
        ("in<b>side</b>", "in**side**"),
        ('say <b>"x"</b>y', 'say **"x**"y'),
        ("<i>a</i><b>b</b>", "*a*b"),
        ("<b> a </b>b", "**a** b"),
        ("<b>a<br>b</b>", "**a**\n**b**"),
        ("<b></b><i> </i>x", None),
        ('<b style="font-weight:normal">a</b> <span style="font-weight: 700">b</span>', "a **b**"),
        ("use <code>a*b`c</code>", "use ``a*b`c``"),
        ("<pre>def f():\n    return 1\n</pre>What?", "```\ndef f():\n    return 1\n```\n\nWhat?"),
        ("<ul><li>one<ol><li>in</li></ol></li><li><p>two</p></li></ul>", "- one\n    1. in\n- two"),
        ("<h3>Title</h3>a", "**Title**\na"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td><b>3</b></td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 | **3** |",
        ),
        ("<table><tr><td>all</td></tr><tr><td>in one</td></tr></table>", "all\n\nin one"),
        ("<b>$</b>5 - 3 * 2 * 1 _x_ _y_", r"\$5 - 3 * 2 * 1 \_x\_ \_y\_"),
        ("x<sup>n+k</sup> a<sub>i</sub> b<sup>Q</sup>", None),
    ],
)
def test_html_becomes_our_markdown(source, expected):
    """Where stars would not be seen as formatting, it gives way; empty tags and layout are none."""
    question = read(source)
    assert question.get("markup") == (None if expected is None else "markdown")
    if expected is not None:
        assert question["prompt"].startswith(expected)


def tree(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tagged = st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    )
    return tagged | st.lists(inner, max_size=3).map("".join)


@settings(max_examples=300)
@given(st.recursive(TEXTS.map(html.escape), tree, max_leaves=8))
def test_formatted_html_says_what_it_said(source):
    """Whatever is formatted, wherever: no star of ours is left to be read, none of the author's is taken for one."""
    draft = Draft()
    draft.has_formulas = False
    try:
        draft.prompt(source)
    except Skip:
        return
    said = "".join(marks.without(draft.fields["prompt"]).split())
    draft.fields["kind"] = "info"
    question = draft.finish()
    if "markup" in question:
        assert words(in_blocks(question["prompt"])) == said
    else:
        assert words(html.escape(question["prompt"])).replace("-", "") == said.replace("-", "")


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_what_is_not_formatted_is_escaped(text, choice):
    """Beside something that is formatted, plain texts are seen as they are, in blocks and on buttons."""
    fields = {"kind": "poll", "prompt": f"{marks.STRONG}x{marks.STRONG_END}\n\n{marks.without(text)}"}
    fields["choices"] = [{"text": marks.without(choice)}]
    question = formatted(fields, has_formulas=False)
    assert question["markup"] == "markdown"
    assert words(in_blocks(question["prompt"])) == "".join(f"x{marks.without(text)}".split())
    assert words(in_line(question["choices"][0]["text"])) == "".join(marks.without(choice).split())


def test_a_question_that_formatting_makes_too_long_stays_plain():
    """Its signs would cost it the question; what got lost is told."""
    draft = Draft()
    draft.prompt(f"<b>{'*' * 1500}</b>")
    draft.fields["kind"] = "info"
    question = draft.finish()
    assert question == {"kind": "info", "prompt": "*" * 1500}
    assert draft.warnings == [("markup_lost", "Not taken over: formatting.")]


def moodle(kind: str, text: str, answers: str = "", format: str = "html") -> bytes:
    stem = f'<questiontext format="{format}"><text><![CDATA[{text}]]></text></questiontext>'
    return f'<quiz><question type="{kind}">{stem}{answers}</question></quiz>'.encode()


def test_moodle_brings_its_formatting():
    """Of HTML and of Markdown, in answers too; a text with gaps is shown plain, and says so."""
    answers = "".join(
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text></answer>'
        for fraction, text in ((100, "<p><i>a</i></p>"), (0, "b*c*d"))
    )
    ((quiz,), (plain,)) = (
        formats.parse(moodle("multichoice", text, answers + "<single>true</single>"), "a.xml")
        for text in ("Which?", "Which <code>x</code>?")
    )
    assert [choice["text"] for choice in quiz.questions[0]["choices"]] == ["*a*", "b\\*c\\*d"]
    assert plain.questions[0]["prompt"] == "Which `x`?"
    ((quiz,)) = formats.parse(moodle("description", "A **b** c\n\n1. d\n\n`<e>`", format="markdown"), "a.xml")
    assert quiz.questions[0]["prompt"] == "A **b** c\n\n1. d\n\n`<e>`"
    (quiz,) = formats.parse(moodle("cloze", "<b>A</b> {1:SA:=x} {1:SA:=y}"), "a.xml")
    assert (quiz.questions[0]["prompt"], quiz.questions[0].get("markup")) == ("A {{1}} {{2}}", None)
    assert [issue.code for issue in quiz.issues] == ["markup_lost"]


def test_gift_brings_its_formatting():
    """Of [html], of [markdown], and of what looks like HTML without saying so."""
    texts = ("[html]<b>A</b>?", "[markdown]*A* 2_3_4?", "Is <em>A</em>?", "Is *A*?")
    (quiz,) = formats.parse("\n\n".join(f"{text} {{T}}" for text in texts).encode(), "a.gift")
    assert [question["prompt"] for question in quiz.questions] == ["**A**?", "*A* 2_3_4?", "Is *A*?", "Is *A*?"]
    assert [question.get("markup") for question in quiz.questions] == ["markdown"] * 3 + [None]
