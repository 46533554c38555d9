"""Which answers are right, as people and spreadsheet programs write it."""

import pytest

from formats.sheet_key import read_key

FOUR = ["Red", "Green", "Blue", "Black and white"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2", {1}),
        ("2.0", {1}),
        ("1,3", {0, 2}),
        ("1;3", {0, 2}),
        ("1 3", {0, 2}),
        (" 1 , 3 ,", {0, 2}),
        ("1/3", {0, 2}),
        ("1 and 3", {0, 2}),
        ("1,2,3,4", {0, 1, 2, 3}),
        ("B", {1}),
        ("a, c", {0, 2}),
        ("B)", {1}),
        ("Answer2", {1}),
        ("green", {1}),
        ("Black and white", {3}),
        ("Red; Blue", {0, 2}),
        ("", set()),
    ],
)
def test_what_people_write_is_understood(text, right):
    """Without a remark."""
    key = read_key(text, FOUR)
    assert (key.right, key.warnings) == (right, [])


@pytest.mark.parametrize(
    ("text", "right"), [("1.3", {0, 2}), ("1.2.4", {0, 1, 3}), ("13", {0, 2}), ("2026-03-01", {0, 2})]
)
def test_what_a_spreadsheet_made_of_a_list_is_read_and_told(text, right):
    """A decimal number, a larger number, the first of March."""
    key = read_key(text, FOUR)
    assert key.right == right
    assert [code for code, _ in key.warnings] == ["key_respelled"]


@pytest.mark.parametrize(
    ("text", "right", "code"),
    [
        ("5", set(), "key_at_no_answer"),
        ("1,9", {0}, "key_at_no_answer"),
        ("Purple", set(), "key_unclear"),
        ("31", set(), "key_at_no_answer"),
        ("2026-12-24", set(), "key_unclear"),
        ("all of them", set(), "key_unclear"),
    ],
)
def test_what_points_nowhere_is_told(text, right, code):
    """What can be understood of it stays."""
    key = read_key(text, FOUR)
    assert key.right == right
    assert [told for told, _ in key.warnings] == [code]


def test_an_empty_answer_cannot_be_right():
    """Though its column has a number."""
    key = read_key("3", ["yes", "no", "", ""])
    assert key.right == set()
    assert [code for code, _ in key.warnings] == ["key_at_no_answer"]
