"""Markdown as people write it: headings or numbers ask, boxes answer, and nothing in it is run or fetched."""

import pytest

import formats
from formats.source import Source

WHOLE = """---
quizhall: 1
language: de
tags: Geo, Year 9
---

# Rivers {quiz}

All about **rivers**.

## Which is longest? {time=30 points=500}

- [ ] Rhine
  > It is in Europe.
- [x] Nile {weight=1}

> It has 6,650 km.
> And more.

> [!NOTE]
> Show the map.

## How long is it?

= 6650 +- 50
= 6600 .. 6700 {weight=0.5}

## What is its delta called?

= Nile Delta
= the delta

## From short to long {order}

1. Rhine
2. Nile

## Fill in {blanks}

The {{1}} flows through {{2}}.

{{1}} = Nile
{{2}} = Egypt
{{2}} = Misr

## Done {info}
"""


def read(text: str, name: str = "x.md") -> formats.Parsed:
    (parsed,) = formats.parse(text.encode(), name)
    return parsed


def asked(text: str) -> list[tuple[str, str]]:
    return [(question["kind"], question["prompt"]) for question in read(text).questions]


def test_a_whole_quiz():
    """With all that our Markdown has words for."""
    parsed = read(WHOLE)
    assert (parsed.title, parsed.description, parsed.language) == ("Rivers", "All about **rivers**.", "de")
    assert (parsed.tags, parsed.issues) == (["Geo", "Year 9"], [])
    first, number, text, order, blanks, slide = parsed.questions
    assert first == {
        "kind": "single",
        "prompt": "Which is longest?",
        "time_limit_s": 30,
        "points": 500,
        "choices": [
            {"text": "Rhine", "feedback": "It is in Europe."},
            {"text": "Nile", "correct": True, "weight": 1},
        ],
        "explanation": "It has 6,650 km.\nAnd more.",
        "notes": "Show the map.",
        "markup": "markdown",
        "_where": "line 11",
    }
    accepted = [{"value": 6650, "tolerance": 50}, {"min": 6600, "max": 6700, "weight": 0.5}]
    assert (number["kind"], number["accepted"]) == ("number", accepted)
    assert (text["kind"], text["accepted"]) == ("text", ["Nile Delta", "the delta"])
    assert (order["kind"], order["items"]) == ("order", ["Rhine", "Nile"])
    assert blanks["blanks"] == [{"accepted": ["Nile"]}, {"accepted": ["Egypt", "Misr"]}]
    assert blanks["prompt"] == "Fill in\n\nThe {{1}} flows through {{2}}."
    assert (slide["kind"], slide["prompt"]) == ("info", "Done")


@pytest.mark.parametrize(
    "text",
    [
        "# Quiz\n\n1. One?\n   - [x] a\n   - [ ] b\n2. Two?\n   - [x] a\n   - [x] b\n",
        "# Quiz\n\n1. One?\n- [x] a\n- [ ] b\n\n2. Two?\n- [x] a\n- [x] b\n",
        "One?\n\n* [x] a\n* [ ] b\n\nTwo?\n\n* [X] a\n* [x] b\n",
        "# Quiz\n## Question 1: One?\n- [x] a\n- [ ] b\n## Question 2: Two?\n- [x] a\n- [x] b",
        "# Quiz\n## Question 1\nOne?\n- [x] a\n- [ ] b\n## Question 2\nTwo?\n- [x] a\n- [x] b",
        "Words before.\n\n# Quiz\n\n### 1) One?\n+ [x] a\n+ [ ] b\n\n---\n\n### 2) Two?\n\n+ [x] a\n+ [x] b",
        "One?\n=\n- [x] a\n- [ ] b\n\nTwo?\n----\n- [x] a\n- [x] b",
    ],
)
def test_questions_stand_in_many_ways(text):
    """Below headings, numbered, one after another."""
    assert asked(text) == [("single", "One?"), ("multi", "Two?")]


def test_the_source_of_a_question_stays_as_it_is():
    """Code, lists, quotes and marks: how they look is for whoever shows it."""
    stem = "What does `x` print?\n\n```python\n# no heading\nprint(1)\n```\n\n* not\n* an answer\n\n> quoted _words_"
    parsed = read(f"## {stem}\n\n- [ ] `1`\n- [x] **2**\n")
    assert parsed.questions[0]["prompt"] == stem
    assert [choice["text"] for choice in parsed.questions[0]["choices"]] == ["`1`", "**2**"]


@pytest.mark.parametrize(
    ("stem", "markup"),
    [("Where *is* it?", "markdown"), ("$x^2$?", "markdown"), ("Where is it?", None), ("*a* {markup=plain}", None)],
)
def test_a_question_with_marks_is_shown_formatted(stem, markup):
    """One without looks the same either way."""
    (question,) = read(f"## {stem}\n\n- [x] a\n- [ ] b").questions
    assert question.get("markup") == markup


def test_html_is_text():
    """Also in an answer; and a tag opens nothing."""
    parsed = read("## Which <b>tag</b>?\n\n<script>\nalert(1)\n</script>\n\n- [x] <br>\n- [ ] <p>\n")
    assert "<script>\nalert(1)\n</script>" in parsed.questions[0]["prompt"]
    assert parsed.questions[0]["choices"][0]["text"] == "<br>"


def test_pictures_are_named_and_not_fetched():
    """Ours is the question's; any other is told with its address."""
    name = "0a" * 32 + ".webp"
    parsed = read(
        f"## A?\n\n![A tree](media/{name})\n\n- [x] a\n- [ ] b\n\n## B?\n\n![x](http://10.0.0.1/a.png)\n\n= b"
    )
    assert parsed.questions[0]["media"] == {"image": name, "alt": "A tree"}
    assert parsed.questions[1]["prompt"] == "B?\n\nx"
    assert [(issue.where, issue.code) for issue in parsed.issues] == [("line 8", "picture_lost")]
    assert "http://10.0.0.1/a.png" in parsed.issues[0].message


def test_what_is_no_question_is_told():
    """A heading over others, a slide nobody called one, boxes without a right one, answers without a question."""
    text = "# T\n\n## Part one\n\n### A?\n- [ ] a\n- [ ] b\n\n### Words\n\nto read\n\n***\n\n- [x] a\n- [ ] b\n"
    parsed = read(text)
    assert [question["kind"] for question in parsed.questions] == ["poll", "info"]
    assert {(issue.where, issue.code) for issue in parsed.issues} == {
        ("line 3", "heading_left_out"),
        ("line 5", "read_as_poll"),
        ("line 9", "read_as_slide"),
        ("line 15", "no_text"),
    }
    assert parsed.found == 3


@pytest.mark.parametrize(
    ("below", "kind", "key"),
    [
        ("1. a\n2. b\n3. c", "order", {"items": ["a", "b", "c"]}),
        ("- cat -> chat\n- dog → chien", "match", {"pairs": [{"left": "cat", "right": "chat"}] * 1}),
        ("- [x] False\n- [ ] True", "true_false", {}),
        ("= 1e400", "text", {"accepted": ["1e400"]}),
        ("= [1, 2]", "number", {"accepted": [{"min": 1, "max": 2}]}),
        ("= -3 ± 10%", "number", {"accepted": [{"value": -3, "tolerance": 0.3}]}),
    ],
)
def test_the_kind_follows_from_the_answers(below, kind, key):
    """Where nobody says it."""
    (question,) = read(f"# Q?\n\n{below}\n").questions
    assert question["kind"] == kind
    for name, value in key.items():
        assert question[name][: len(value)] == value
    if kind == "true_false":
        assert [choice.get("correct", False) for choice in question["choices"]] == [False, True]


@pytest.mark.parametrize("mark", ["{T}", "{time=30 nonsense}", "{time}", "{x=1}", "{}", "{poll", "{{1}}"])
def test_braces_that_say_nothing_known_are_text(mark):
    """As in a question about sets."""
    assert asked(f"# Q {mark}\n- [x] a\n- [ ] b") == [("single", f"Q {mark}")]


def test_programs_are_never_run():
    """A question that only its output would be is skipped."""
    parsed = read("# Q?\n\n```{.python .run}\nimport os\n```\n\n- [x] a\n- [ ] b\n")
    assert [(issue.severity, issue.code) for issue in parsed.issues] == [("skipped", "executable")]


@pytest.mark.parametrize("text", ["# Only\n\nwords", "just words", "> [!NOTE]\n> x", "- a\n- b"])
def test_markdown_without_questions_is_refused(text):
    """Rather than made into slides... unless somebody says that it is one."""
    assert formats.FORMATS["markdown"].detect(Source(text.encode(), "x.txt")) == 0


DEEP = ["- " * 5000, "> " * 5000, "#" * 5000, "- [x] " * 3000, "[" * 9000, "`" * 9000, "*a)" * 999]


@pytest.mark.parametrize("text", DEEP, ids=range(len(DEEP)))
def test_hostile_nesting_ends_soon(text):
    """In a question that may look odd; a test that hangs is stopped."""
    for body in (f"# Q\n- [x] {text}\n- [ ] b", f"# Q\n\n- [x] a\n- [ ] b\n\n{text}"):
        assert read(body).found
