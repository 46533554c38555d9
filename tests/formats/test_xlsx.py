"""Excel workbooks as tables of texts: what stands in the cells is what people see there."""

import datetime

import openpyxl
import openpyxl.xml
import pytest
from workbooks import repacked, saved, workbook

from formats.intermediate import FormatError
from formats.sheet import MAX_COLUMNS
from formats.source import Source

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "&#120;&#120;"><!ENTITY y "&x;&x;">]>'


def rows_of(data: bytes) -> list[tuple[str, ...]]:
    (sheet,) = Source(data, "a.xlsx").sheets()
    return [row.cells for row in sheet.rows]


def test_openpyxl_reads_xml_without_entities():
    """It does when defusedxml is installed, and we rely on it."""
    assert openpyxl.xml.DEFUSEDXML is True


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  text ", "text"),
        (9.0, "9"),
        (0.1 + 0.2, "0.3"),
        (2006, "2006"),
        (True, "True"),
        (datetime.datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001 - a sheet knows no zone
        (datetime.time(13, 30), "13:30"),
        ("=not a formula", "=not a formula"),
        ("line\r\nbreak\ufeff", "line\nbreak"),
    ],
)
def test_every_kind_of_cell_becomes_text(value, text):
    """As its program shows it."""
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].data_type = "s" if isinstance(value, str) else book.active["A1"].data_type
    assert rows_of(saved(book)) == [(text,)]


def test_percent_is_shown_as_percent():
    """0.5 would be another answer."""
    book = openpyxl.Workbook()
    book.active["A1"] = 0.5
    book.active["A1"].number_format = "0%"
    assert rows_of(saved(book)) == [("50%",)]


def test_a_formula_without_a_result_is_noted():
    """openpyxl stores no results, like some programs."""
    (sheet,) = Source(workbook(("S", [["a", "=1+1"]])), "a.xlsx").sheets()
    assert sheet.rows[0].uncomputed == {1}


def test_hidden_and_empty_sheets_are_left_out_and_rows_keep_their_numbers():
    """A teacher looks for row 3 in row 3."""
    book = openpyxl.Workbook()
    book.active.title = "Seen"
    book.active["B3"] = "here"
    book.create_sheet("Hidden")["A1"] = "not here"
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("Empty")
    (sheet,) = Source(saved(book), "a.xlsx").sheets()
    assert sheet.name == "Seen"
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("", "here"))]


def test_a_cell_far_away_costs_nothing():
    """Sheets claim a million rows and sixteen thousand columns."""
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "far"
    assert rows_of(saved(book)) == [("a",)]
    assert rows_of(workbook(("S", [["x"] * (MAX_COLUMNS + 5)]))) == [("x",) * MAX_COLUMNS]


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: b"" if name.endswith("sheet1.xml") else content,
        lambda name, content: content[: len(content) // 2] if name.endswith(".xml") else content,
        lambda name, content: ENTITIES + b"<a>&y;</a>" if name.endswith("sheet1.xml") else content,
        lambda name, content: content.replace(b'r="A1"', b'r="!!"'),
        lambda name, content: b"<worksheet" if name == "xl/workbook.xml" else content,
    ],
    ids=["empty", "halved", "entities", "places", "another root"],
)
def test_a_workbook_that_is_damaged_gets_one_sentence(change):
    """Whatever openpyxl makes of it."""
    data = repacked(workbook(("S", [["a", 1]])), change)
    with pytest.raises(FormatError, match="damaged or not a real one"):
        rows_of(data)
