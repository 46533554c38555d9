"""HTML and Markdown to text: what reads well stays, what is lost is named."""

import pytest

from formats import markup
from formats.marks import bare


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a</p>\n<p>b <b>c</b></p>", "\na\n \nb c\n"),
        ("a<br>b", "a\nb"),
        (
            "x<sup>2</sup> H<sub>2</sub>O a<sup>n+k</sup> b<sub>i</sub> c<sup>Qk</sup> d<sub>B</sub>",
            "x² H₂O aⁿ⁺ᵏ bᵢ c^(Qk) d_B",
        ),
        ("&lt;b&gt; &amp; &eacute; &#39; &#x41;", "<b> & é ' A"),
        ("a &#99999999999999999999; &unknown; AT&T", "a &#99999999999999999999; &unknown; AT&T"),
        ("a<!-- b -->c <!-- d", "ac <!-- d"),
        ("<style>p{}</style>a", "a"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<img data-equation-content="x^2" src="e.png">', r"\(x^2\)"),
    ],
)
def test_html_becomes_text(source, text):
    """Small figures keep their meaning."""
    lost: list[str] = []
    assert bare(markup.from_html(source, lost)) == text
    assert lost == []


@pytest.mark.parametrize(
    ("source", "text", "lost"),
    [
        ('<img src="a.png" alt="A cat">', "A cat", ["picture (a.png)"]),
        ('<a href="http://x">here</a>', "here", ["link (http://x)"]),
        ('<img src="data:image/png;base64,AAAA">', "", ["picture"]),
        ("<script>alert(1)</script>a", "a", ["script"]),
        ('<audio src="a.mp3">a.mp3</audio>b', "a.mp3b", ["recording (a.mp3)"]),
        ('<audio><source src="a.mp3"><source src="a.ogg"></audio>b', "b", ["recording (a.mp3)"]),
        ('a<audio controls>b <video src="v.mp4"><source src="w.mp4">', "ab ", ["recording", "video (v.mp4)"]),
        ('<object type="audio/mpeg" data="a.mp3"></object>b', "b", ["recording (a.mp3)"]),
        ('<a href="a.mp3">hear</a>', "hear", ["link (a.mp3)"]),
    ],
)
def test_what_html_loses_is_named(source, text, lost):
    """With its address, unless the address is the thing itself."""
    names: list[str] = []
    assert bare(markup.from_html(source, names)) == text
    assert names == lost


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a < b and c > d & e", "a < b and c > d & e"),
        ("What does the <b> tag do?", "What does the <b> tag do?"),
        ("<br>", "<br>"),
        ("List<String> x", "List<String> x"),
        ("a <b>bold</b> word", "a bold word"),
        ("one<br>two\nthree", "one\ntwo\nthree"),
        ("R&amp;D &lt;3", "R&D <3"),
    ],
)
def test_unmarked_text_is_html_only_where_it_looks_like_it(source, text):
    """A question about HTML keeps its tags."""
    assert bare(markup.from_unmarked(source, [])) == text


@pytest.mark.parametrize(
    ("source", "text", "lost"),
    [
        ("**bold** *it* _it_ `code` snake_case_name", "bold it it code snake_case_name", []),
        ("# Title\n- a\n    - b", "Title\n- a\n    - b", []),
        ("$a*b*c$ and 2 * 3 * 4", "$a*b*c$ and 2 * 3 * 4", []),
        ("[site](http://x) ![cat](c.png)", "site cat", ["link (http://x)", "picture (c.png)"]),
        (r"\*not\*", "*not*", []),
        ("fill _____ in", "fill _____ in", []),
    ],
)
def test_markdown_becomes_text(source, text, lost):
    """Lists, formulas and gaps stay as they are."""
    names: list[str] = []
    assert bare(markup.from_markdown(source, names)) == text
    assert names == lost
