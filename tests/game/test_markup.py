"""Markdown and formulas become HTML that is safe whatever an author writes."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content import Content, freeze
from game.markup import in_blocks, in_line
from game.quiz import decode_quiz, encode_quiz

PIECES = ["*", "**", "`", "$", "$$", "\\", "<script>", "<math>", "</math>", "<img src=x onerror=y>"]
PIECES += ["[x](javascript:y)", "\n", "\n\n"]
PIECES += ["- ", "1. ", "> ", "|", "&lt;", "&", '"', "\\frac{", "}", "\\text{<b>}", "a", "ä", "ש"]
PIECES += ["\\href{javascript:x}{y}", " "]
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")
HARMLESS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("plain & simple", "plain &amp; simple"),
        ("**bold** and *em* and `x < y`", "<strong>bold</strong> and <em>em</em> and <code>x &lt; y</code>"),
        ("one\ntwo", "one<br>two"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("2 * 3 * 4 in snake_case_x for $5 or $6", "2 * 3 * 4 in snake_case_x for $5 or $6"),
        ("<b>x</b> [y](http://z)", "&lt;b&gt;x&lt;/b&gt; [y](http://z)"),
        ("![x](http://z/y.png)", "![x](http://z/y.png)"),
        ("is $x^2$?", "is <math><msup><mi>x</mi><mn>2</mn></msup></math>?"),
        (r"is $\frac{1}{$?", r"is <code>\frac{1}{</code>?"),
    ],
)
def test_what_is_written_and_what_becomes_of_it(source, html):
    assert in_blocks(source) == html


def test_a_button_has_one_line():
    assert in_line("- a\n\n- $$x$$") == '- a - <math display="block"><mi>x</mi></math>'


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_nothing_but_harmless_tags_comes_out(source):
    for html in (in_blocks(source), in_line(source)):
        for name, attributes in TAG.findall(html):
            assert name in HARMLESS or name.startswith("m"), html
            assert not re.search(r"\b(on\w+|href|src|style|class|id)=", attributes), html


def _quiz(**fields):
    question = {"id": "q1", "kind": "single", "prompt": "*2* + 2", "explanation": "**so**"}
    question["choices"] = [{"text": "$4$", "correct": True}, {"text": "<5>"}]
    return decode_quiz({"title": "T", "questions": [question | fields]}, lambda: "x")


def test_a_room_sends_the_html_beside_the_text():
    content = freeze(_quiz(markup="markdown"), None)
    question = content.public(1)
    assert question["prompt"] == "*2* + 2"
    assert question["prompt_html"] == "<em>2</em> + 2"
    assert [choice["html"] for choice in question["choices"]] == ["<math><mn>4</mn></math>", "&lt;5&gt;"]
    assert content.explanation(1) == {"explanation": "**so**", "explanation_html": "<strong>so</strong>"}
    hidden = content.public(1, show_text=False)
    assert "prompt_html" not in hidden
    assert "html" not in hidden["choices"][0]


def test_plain_is_what_it_was():
    content = freeze(_quiz(), None)
    assert "prompt_html" not in content.public(1)
    assert content.explanation(1) == {"explanation": "**so**"}


def test_the_markup_is_kept_in_the_quiz_json():
    quiz = _quiz(markup="markdown")
    assert encode_quiz(quiz)["questions"][0]["markup"] == "markdown"
    assert decode_quiz(encode_quiz(quiz), lambda: "x") == quiz
    assert "markup" not in encode_quiz(_quiz())["questions"][0]


def test_a_room_that_was_stored_before_there_was_markup_is_plain():
    content = freeze(_quiz(), None)
    stored = msgspec.json.decode(msgspec.json.encode(content))
    for question in stored["quiz"]["questions"]:
        question.pop("markup", None)
    assert msgspec.convert(stored, Content) == content
