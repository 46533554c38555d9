"""Delimited text: what parts the cells is found out."""

import pytest

from formats.delimited import read_table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(delimiter):
    """By the evenness of the table."""
    text = f"a{delimiter}b, c; d{delimiter}e\n1{delimiter}2{delimiter}3\n" if delimiter in "\t|" else ""
    text = text or f"a{delimiter}b{delimiter}e\n1{delimiter}2{delimiter}3\n"
    (sheet,) = read_table(text)
    assert len(sheet.rows[0].cells) == 3


def test_cells_may_hold_line_breaks_quotes_and_delimiters():
    """Rows are counted as a spreadsheet program counts them."""
    (sheet,) = read_table('a,b\n"x\ny, ""z""",2\n\nlast,3\n')
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("a", "b")),
        (2, ('x\ny, "z"', "2")),
        (4, ("last", "3")),
    ]


def test_excels_own_line_names_the_delimiter():
    """It is no row."""
    (sheet,) = read_table("sep=;\na,1;b\nc,2;d\n")
    assert sheet.rows[0].cells == ("a,1", "b")


@pytest.mark.parametrize("text", ["", "Dear parents,\nwe go\non a trip\n", "one\ntwo\n", '"' + "x" * 200_000 + '",1'])
def test_what_is_no_table_gives_none(text):
    """A letter has a comma too."""
    assert read_table(text) == []
