"""A table whose headings say nothing known: what its columns may be, by what is in them."""

import pytest

import formats
from formats.column_guess import guess_columns
from formats.sheet import ColumnsUnclear


def guess(table: str, name: str = "x.csv"):
    with pytest.raises(ColumnsUnclear) as unclear:
        formats.parse(table.encode(), name)
    found = guess_columns(unclear.value.table)
    return found.roles, found.has_header


@pytest.mark.parametrize(
    ("table", "roles", "has_header"),
    [
        ("Capital of Peru?;Lima;Quito;La Paz\nHow much is 2 + 2?;4;5;6\n", "question right choice choice", False),
        ("cat,chat\ndog,chien\nbird,oiseau\n", "question right", False),
        ("x,y,z,Wer,L,s\n1,Wer malte?,A. D.,B. E.,a,20\n2,Wer sang?,C,D,b,30\n3,Wer?,E,F,a,20", None, True),
        ("a1,b2,c3,d4\nWho wrote this?,Ann,Bob,Bob\nWho sang that?,Cy,Dee,Cy", "question choice choice key", True),
        (
            "Wer war das denn;Ann;Bob;20;500\nUnd wer war dies;Cy;Dee;30;1000\n",
            "question right choice time points",
            False,
        ),
    ],
)
def test_what_is_in_a_column_tells(table, roles, has_header):
    """Questions ask and are long, keys are letters or small numbers, times are some seconds."""
    expected = " question choice choice key time" if roles is None else roles
    assert guess(table) == (expected.split(" "), has_header)


@pytest.mark.parametrize("name", ["", "x.txt", "Pasted questions"])
def test_cells_copied_from_a_spreadsheet_are_a_table(name):
    """They have tabs; commas are in every text."""
    assert guess("Who wrote this one\tAnn\tBob\nWho did the other\tDee\tEd\n", name)[0] == [
        "question",
        "right",
        "choice",
    ]
    with pytest.raises(formats.FormatError, match="not a quiz file"):
        formats.parse(b"one, two, three.\nfour, five, six.\n", name)


def test_a_table_without_end_is_refused_as_before():
    """With too many columns or rows nobody could say what they are."""
    for table in ("a," * 40 + "b\n" + "c," * 40 + "d\n", "a,b\n" * 6000):
        with pytest.raises(formats.FormatError) as refused:
            formats.parse(table.encode(), "x.csv")
        assert not isinstance(refused.value, ColumnsUnclear)
