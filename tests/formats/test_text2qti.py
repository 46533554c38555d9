"""text2qti's dialect: every question of its README, and what a file may have wrong."""

import pytest

import formats

README = """Quiz title: Addition
Quiz description: Checking addition.

Title: An addition question
Points: 2
1.  What is 2+3?
    Think.
... General feedback.
+   Well done.
a)  6
... Too much.
*c) 5

2.  Which are dinosaurs?
[ ] Woolly mammoth
[*] Triceratops
[*] Stegosaurus

3.  The square root of 2?
=   1.4142 +- 0.0001

4.  The cube root of 2?
=   [1.2598, 1.2600]

5.  Who lives at the North Pole?
*   Santa
*   Santa Claus

6.  Write an essay.
____

7.  Upload a file.
^^^^

Text title:  Instructions
Text:  About the next ones.

GROUP
pick: 1

1.  A question.
*a) true
b)  false

END_GROUP
"""


def read(text: str) -> formats.Parsed:
    (parsed,) = formats.parse(text.encode(), "x.md")
    return parsed


def test_all_of_it():
    """Each question with its key, and the upload told."""
    parsed = read(README)
    assert (parsed.title, parsed.description, parsed.found) == ("Addition", "Checking addition.", 9)
    kinds = ["single", "multi", "number", "number", "text", "open", "info", "true_false"]
    assert [question["kind"] for question in parsed.questions] == kinds
    assert [(issue.where, issue.code) for issue in parsed.issues] == [("line 32", "kind_upload")]
    first = parsed.questions[0]
    assert (first["prompt"], first["explanation"]) == ("What is 2+3?\nThink.", "General feedback.\nWell done.")
    assert first["choices"] == [{"text": "6", "feedback": "Too much."}, {"text": "5", "correct": True}]
    assert parsed.questions[2]["accepted"] == [{"value": 1.4142, "tolerance": 0.0001}]
    assert parsed.questions[3]["accepted"] == [{"min": 1.2598, "max": 1.26}]
    assert parsed.questions[4]["accepted"] == ["Santa", "Santa Claus"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.  Q\na)  x\nb)  y\n", "no_right_answer"),
        ("1.  Q\n*a) x\n", "too_few_answers"),
        ("1.  Q\n", "no_right_answer"),
        ("1.  Q\n=   many\n", "not_a_number"),
        ("1.  Q\n=   1.2.3\n", "not_a_number"),
        ("1.  Q\n*a) x\nb)  y\nwhat?\n", "unclear"),
        ("```{.python .run}\nprint('1. Q')\n```\n", "executable"),
    ],
)
def test_what_cannot_come_over_is_told(text, code):
    """At its line, beside a good one."""
    parsed = read("1.  Good\n*a) x\nb)  y\n\n" + text)
    assert len(parsed.questions) == 1
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [("line 5", "skipped", code)]
