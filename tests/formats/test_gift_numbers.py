"""Numbers as teachers write them; one that may mean two things is not guessed."""

import pytest

from formats.gift_draft import GiftDraft
from formats.gift_numbers import read_number
from formats.intermediate import Skip


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("4", {"value": 4}),
        ("4.50", {"value": 4.5}),
        (".5", {"value": 0.5}),
        ("\u22125", {"value": -5}),
        ("1 000 000", {"value": 1_000_000}),
        ("1e-2:1e-3", {"value": 0.01, "tolerance": 0.001}),
        ("3:", {"value": 3}),
        ("3:0", {"value": 3}),
        ("3.141..3.142", {"min": 3.141, "max": 3.142}),
        ("-5..-1", {"min": -5, "max": -1}),
        ("3,14", {"value": 3.14}),
        ("5..1", {"min": 1, "max": 5}),
    ],
)
def test_a_number_is_read(text, entry):
    """Whole numbers stay whole."""
    read = read_number(text, GiftDraft())
    assert read == entry
    assert [type(value) for value in read.values()] == [type(value) for value in entry.values()]


@pytest.mark.parametrize(
    "text", ["abc", "1,000", "5 cm", "1/2", "", "nan", "inf", "1e999", "9" * 5000, "0x1", "1..", "1_0"]
)
def test_what_is_no_number_skips_the_question(text):
    """1,000 may be a thousand or one."""
    with pytest.raises(Skip):
        read_number(text, GiftDraft())
