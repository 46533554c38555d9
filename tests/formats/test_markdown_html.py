"""Formatted questions in the files of others: as HTML where they have it, as they read where not."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import file_of, photo

import formats
from formats.markdown_html import block_html, line_html, unformatted
from game.markup import in_blocks, in_line
from game.quiz import decode_quiz, encode_quiz

SIGNS = "*_~`\\|-+>#.)1[]!&<{}:=^ \n\u00a0aé(\"'"
TAG = re.compile(r"<[^>]*>")
WRITTEN = [name for name, format in formats.FORMATS.items() if format.is_written]
TEXT = (
    "Is **it** `a*b`?\n\n- one\n    1. in *it*\n- two\n\n| A | B |\n| --- | --- |\n| 1\\|2 | **3** |\n\n"
    "```\nif x:\n    y\n```"
)
FORMULAS = "Of $x^2$ for \\$5: $$\\frac{1}{2} < 1$$"
READS = "Is it a*b?\n\n- one\n    - in it\n- two\n\nA B\n1|2 3\n\nif x:\n    y"


def quiz(*questions: dict) -> dict:
    """With all its fields, as the database has it."""
    names = iter(f"q{number}" for number in range(1000))
    return encode_quiz(decode_quiz({"title": "Formats", "questions": list(questions)}, lambda: next(names)))


def seen(shown: str) -> str:
    """What HTML says, blanks aside."""
    return "".join(html.unescape(TAG.sub("", shown)).split())


@given(st.text(alphabet=SIGNS, max_size=40))
def test_others_are_told_what_is_seen_here(text):
    """Two readers of one language: what one takes for formatting, the other does."""
    assert seen(block_html(text)) == seen(in_blocks(text))
    assert seen(line_html(text)) == seen(in_line(text))
    assert block_html(text).count("<strong>") == in_blocks(text).count("<strong>")


def formatted_quiz() -> dict:
    choices = [{"text": "*a* * $x$", "correct": True, "feedback": "*so*"}, {"text": "b"}]
    about = {"markup": "markdown", "explanation": "**Because**"}
    return quiz(
        {"kind": "single", "prompt": TEXT, "choices": choices} | about,
        {"kind": "match", "prompt": FORMULAS, "pairs": [{"left": f"**{n}**", "right": f"*{n}*"} for n in "ab"]} | about,
        {"kind": "true_false", "prompt": "**A**", "choices": [{"text": "True", "correct": True}, {"text": "False"}]}
        | about,
        {"kind": "open", "prompt": "__A__ [b]"} | about,
    )


def read(name: str, quiz: dict, images: dict[str, bytes] | None = None):
    exported = formats.FORMATS[name].export(quiz, images)
    (parsed,) = formats.parse(exported.data, "x" + exported.extension)
    return parsed.questions, exported.issues, parsed


@pytest.mark.parametrize("name", ["moodle-xml", "qti", "gift"])
def test_formatting_goes_out_and_comes_back(name):
    """With its formulas; Moodle's GIFT has pairs in plain text only, and says so."""
    found, issues, _ = read(name, formatted_quiz())
    assert found[0]["prompt"] == TEXT
    assert (found[0]["choices"][0]["text"], found[0]["choices"][0]["feedback"]) == ("*a* * $x$", "*so*")
    lost = [f"question {at}" for at, question in enumerate(found, start=1) if question.get("markup") != "markdown"]
    assert lost == [issue.where for issue in issues if issue.code == "markup_lost"]
    assert lost == (["question 2"] if name == "gift" else [])
    assert [question["explanation"] for question in found[2:]] == ["**Because**"] * 2
    assert found[3]["prompt"] == "**A** [b]"
    if name != "gift":
        assert found[1]["pairs"][0] == {"left": "**a**", "right": "a"}
        assert found[1]["prompt"].replace("$$", "$").split() == FORMULAS.replace("$$", "$").split()


@pytest.mark.parametrize("name", ["kahoot", "wayground", "csv", "aiken"])
def test_where_there_is_no_html_texts_are_as_they_read(name):
    """And the loss is told."""
    choices = [{"text": "*a* \\*", "correct": True}, {"text": "b_c_d"}]
    one = {"kind": "single", "prompt": "Is **it** `so`?", "choices": choices, "markup": "markdown"}
    found, issues, _ = read(name, quiz(one))
    assert found[0]["prompt"] == "Is it so?"
    assert sorted(choice["text"] for choice in found[0]["choices"]) == ["a *", "b_c_d"]
    assert "markup_lost" in [issue.code for issue in issues]


def test_plain_text_of_lists_and_tables_reads_well():
    """With its lines, and without a sign of Markdown."""
    plain = unformatted({"kind": "info", "prompt": TEXT, "markup": "markdown"})
    lines = [" ".join(line.split()) for line in plain["prompt"].split("\n") if line]
    assert lines == [line.strip() for line in READS.split("\n") if line]
    assert "\n    y" in plain["prompt"]


NAME = "a" * 64 + ".webp"


@pytest.mark.parametrize("name", ["moodle-xml", "qti"])
@pytest.mark.parametrize("markup", ["plain", "markdown"])
def test_a_picture_goes_out_and_comes_back(name, markup):
    """The same file, byte by byte, with what it shows."""
    data = file_of(photo())
    media = {"image": NAME, "alt": 'A "cat" <3'}
    document = quiz({"kind": "open", "prompt": "What < is & it?\nSay.", "media": media, "markup": markup})
    found, issues, parsed = read(name, document, {NAME: data})
    assert (" ".join(found[0]["prompt"].split()), found[0]["media"]["alt"]) == ("What < is & it? Say.", media["alt"])
    assert parsed.images == {found[0]["media"]["image"]: data}
    assert issues == []


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "json"])
def test_a_picture_that_is_not_in_the_file_is_told(name):
    """Or its question is not in the file at all."""
    choices = [{"text": "a", "correct": True}, {"text": "b"}]
    document = quiz({"kind": "single", "prompt": "Q?", "choices": choices, "media": {"image": NAME, "alt": "x"}})
    exported = formats.FORMATS[name].export(document)
    told = {issue.code for issue in exported.issues if issue.where == "question 1"}
    assert told & {"picture_lost"} or "skipped" in {issue.severity for issue in exported.issues}


@pytest.mark.parametrize("name", ["moodle-xml", "qti"])
def test_orders_and_categories_are_pairs_where_that_is_the_same(name):
    """Each part counts alike, as here; that it is another kind there is told."""
    items = [{"text": "a", "category": 1}, {"text": "b", "category": 1}, {"text": "c", "category": 0}]
    found, issues, _ = read(
        name,
        quiz(
            {"kind": "categorize", "prompt": "Sort", "categories": ["x", "y", "z"], "items": items},
            {"kind": "order", "prompt": "Order", "items": ["one", "two", "three"]},
        ),
    )
    assert found[0]["pairs"] == [{"left": left, "right": right} for left, right in zip("abc", "yyx", strict=True)]
    assert found[0]["distractors"] == ["z"]
    changed = [issue.where for issue in issues if issue.code == "kind_changed"]
    if name == "qti":
        assert [pair["right"] for pair in found[1]["pairs"]] == ["one", "two", "three"]
        assert changed == ["question 1", "question 2"]
    else:
        assert found[1]["items"] == ["one", "two", "three"]
        assert changed == ["question 1"]
