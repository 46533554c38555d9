"""Rows to a spreadsheet or to CSV in which no cell is a formula, whatever people wrote."""

import csv
import io
from collections.abc import Iterable, Sequence

from formats.exported import FORMULA_STARTS

Cell = str | int | float | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def write_xlsx(rows: Iterable[Sequence[Cell]], widths: dict[str, int]) -> bytes:
    """Texts are stored as texts: nothing in them is worked out when the file is opened."""
    from openpyxl import Workbook  # loading it costs a start more than all other formats together

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, at, value)
            if isinstance(value, str):
                cell.data_type = "s"
                # Also after somebody edits the cell, it stays a text.
                cell.quotePrefix = value.startswith(FORMULA_STARTS)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """With a mark that tells Excel that it is UTF-8. What looks like a formula gets a ' before it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if value is None else defused(value) for value in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def defused(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def restored(text: str) -> str:
    """A cell of CSV without the ' that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text
