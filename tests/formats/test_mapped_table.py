"""A table read by what its owner says of the columns."""

import pytest

from formats.intermediate import FormatError
from formats.mapped_table import read_mapped
from formats.sheet import Row, Sheet


def sheet(*rows: str) -> Sheet:
    return Sheet("", [Row(number, tuple(row.split(","))) for number, row in enumerate(rows, start=1)])


def read(roles: str, *rows: str, has_header: bool = False):
    return read_mapped(sheet(*rows), roles.split(" "), has_header, "T", [])


def test_every_role():
    """Key by letter, time, points, explanation, and a column that nobody wants."""
    parsed = read("question choice choice key time points why -".replace("-", ""), "Q?,a,b,B,30,500,because,x")
    question = parsed.questions[0]
    assert question["choices"] == [{"text": "a"}, {"text": "b", "correct": True}]
    assert (question["time_limit_s"], question["points"], question["explanation"]) == (30, 500, "because")
    assert parsed.issues == []


@pytest.mark.parametrize(
    ("roles", "row", "kind", "right"),
    [
        ("question right choice choice", "Q?,a,b,c", "single", ["a"]),
        ("question right choice choice", "Q?,b,b,c", "single", ["b"]),
        ("question right right choice", "Q?,a,b,c", "multi", ["a", "b"]),
        ("question choice choice key", "Q?,a,b,2", "single", ["b"]),
        ("question choice choice key", "Q?,a,b,b", "single", ["b"]),
        ("question options key", "Q?,a|b|c,c", "single", ["c"]),
        ("question right choice", "Q?,True,False", "true_false", ["True"]),
        ("question choice choice", "Q?,*a,b", "single", ["a"]),
    ],
)
def test_right_answers_in_many_ways(roles, row, kind, right):
    """Apart, among the others, by number or by text."""
    (question,) = read(roles, row).questions
    assert question["kind"] == kind
    assert sorted(choice["text"] for choice in question["choices"] if choice.get("correct")) == right


def test_an_answer_without_others_is_typed():
    """Vocabulary, for instance."""
    (question,) = read("question right", "cat,chat").questions
    assert (question["kind"], question["accepted"]) == ("text", ["chat"])


def test_every_row_is_a_question_or_told():
    """At its row; the first one may be headings."""
    parsed = read("question right choice points", "x,y,z,p", "Q?,a,b,many", ",a,b", "R?", has_header=True)
    assert [question["prompt"] for question in parsed.questions] == ["Q?"]
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [
        ("row 2", "warning", "points_unclear"),
        ("row 3", "skipped", "no_text"),
        ("row 4", "skipped", "no_right_answer"),
    ]


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ("choice right", "which column is the question"),
        ("question time", "which columns hold answers"),
        ("question question right", "cannot both be the question"),
        ("question key key", "cannot both be which answer is right"),
        ("question nonsense", "something that there is not"),
    ],
)
def test_roles_that_make_no_questions_are_refused(roles, sentence):
    """In one sentence that says what to do."""
    with pytest.raises(FormatError, match=sentence):
        read(roles, "a,b,c")
