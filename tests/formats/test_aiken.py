"""Aiken as people write it: what is read, what is told, what is skipped."""

import pytest

import formats

GOOD = "Capital of Australia?\nA. Sydney\nB. Canberra\nANSWER: B\n"


def read(text: str):
    """The one quiz of an Aiken text."""
    (parsed,) = formats.parse(text.encode(), "week_3.txt", "aiken")
    return parsed


def told(parsed) -> list[tuple[str, str]]:
    return [(issue.where, issue.code) for issue in parsed.issues]


def test_a_question_is_read():
    """The quiz is called like its file."""
    parsed = read(GOOD)
    assert parsed.title == "week 3"
    assert parsed.issues == []
    assert parsed.questions == [
        {
            "kind": "single",
            "prompt": "Capital of Australia?",
            "choices": [{"text": "Sydney"}, {"text": "Canberra", "correct": True}],
            "_where": "line 1",
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q\nA) x\nB) y\nANSWER: B",
        "Q\na) x\nb) y\nanswer: b",
        "Q\nA)x\nB)y\nAnswer - B.",
        "Q\nA: x\nB: y\nANSWER：B",
        "Q\n\nA. x\n\nB. y\n\nANSWER: B",
        "Q\r\nA. x\r\nB. y\r\nANSWER: B\r\n",
    ],
)
def test_small_liberties_are_taken_silently(text):
    """Other signs, small letters, blank lines between."""
    (question,) = read(text).questions
    assert [choice.get("correct", False) for choice in question["choices"]] == [False, True]


def test_questions_and_answers_may_have_several_lines():
    """HTML is shown as it stands."""
    (question,) = read("What is\n<b>this</b>?\nA. one\nand more\nB. two\nANSWER: A\nFeedback: why").questions
    assert question["prompt"] == "What is\n<b>this</b>?"
    assert question["choices"][0]["text"] == "one\nand more"
    assert question["explanation"] == "why"


def test_numbers_before_the_questions_go_when_most_have_one():
    """A year at the beginning of one stays."""
    assert [q["prompt"] for q in read(f"1. {GOOD}\n2) {GOOD}").questions] == ["Capital of Australia?"] * 2
    assert read(f"{GOOD}\n{GOOD}\n1945. What then?\nA. x\nB. y\nANSWER: A").questions[2]["prompt"] == "1945. What then?"


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("Q\nA. x\nB. y\nC. z\nANSWER: A, C", "multi", ["read_as_multi"]),
        ("Q\nA. x\nB. y\nANSWER: E", "poll", ["key_at_no_answer", "read_as_poll"]),
        ("Q\nA. x\nB. y\nANSWER: the first", "poll", ["key_unclear", "read_as_poll"]),
        ("Q\nA. x\nB. y\nANSWER:", "poll", ["key_unclear", "read_as_poll"]),
    ],
)
def test_what_aiken_does_not_know_comes_in_with_a_warning(text, kind, codes):
    """At the line of the question."""
    parsed = read(text)
    assert parsed.questions[0]["kind"] == kind
    assert told(parsed) == [("line 1", code) for code in codes]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Only one\nA. x\nANSWER: A", "too_few_answers"),
        ("A. no question", "no_text"),
        ("ANSWER: A", "no_text"),
        ("Not finished\nA. x\nB. y", "unfinished"),
        ("Only a text", "unfinished"),
        ("essay\nWrite something.", "not_aiken"),
    ],
)
def test_what_cannot_come_over_is_skipped_with_its_line(text, code):
    """And leaves the questions around it alone."""
    parsed = read(f"{GOOD}\n{text}\n\n{GOOD}")
    assert [(issue.severity, issue.code) for issue in parsed.issues] == [("skipped", code)]
    assert len(parsed.questions) == 2


def test_a_text_without_such_questions_is_refused():
    """By the one who is asked."""
    assert formats.detect(formats.Source(GOOD.encode(), "a")) is formats.FORMATS["aiken"]
    with pytest.raises(formats.FormatError, match="no Aiken questions"):
        read("category\nA/B\n")
