"""No cell of the table is a formula, whatever its spreadsheet takes for one."""

import csv
import io

import pytest

from services.results_csv import to_csv


def table(nickname="Ada", answer=None):
    entry = {"answer": answer, "correct": False, "points": -5, "response_ms": None}
    person = {"rank": 1, "nickname": nickname, "score": 0, "correct": 0, "streak_best": 0, "answers": [entry]}
    header, line = csv.reader(io.StringIO(to_csv({"rounds": [{"round": 1}], "participants": [person]}), newline=""))
    return dict(zip(header, line, strict=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_what_begins_like_a_formula_is_text(start):
    """In names and in answers; everything else stays as it was typed."""
    text = start + 'HYPERLINK("http://evil.example")'
    found = table(text, text)
    assert (found["nickname"], found["1 answer"]) == ("'" + text, "'" + text)


def test_figures_stay_figures():
    """Also below zero."""
    assert table(answer=-12.5)["1 answer"] == "-12.5"
    assert table()["1 points"] == "-5"


def test_quotes_commas_and_lines_break_nothing():
    """One line a person."""
    assert table('A "B", C', "a\r\nb")["1 answer"] == "a\r\nb"
