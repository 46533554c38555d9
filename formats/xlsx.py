"""Excel workbooks to tables of texts, through openpyxl in its reading mode. Knows no quiz format.

openpyxl reads XML through defusedxml, which refuses entities, because that is installed (a test holds it).
"""

import datetime
import io
import warnings
from collections.abc import Iterator
from typing import Any

from formats.archive import Archive
from formats.intermediate import FormatError
from formats.sheet import MAX_COLUMNS, Sheet

MAX_SHEETS = 50
LAST_ROW = 1_048_576

_DIGITS = ".15g"
"""What a spreadsheet program shows of a number: 0.1 + 0.2 is 0.3 there."""

Place = tuple[int, int]


def is_workbook(archive: Archive) -> bool:
    return "xl/workbook.xml" in archive


def read_workbook(data: bytes, archive: Archive) -> list[Sheet]:
    """The visible sheets that hold something. Raises FormatError for a workbook that cannot be read."""
    try:
        with warnings.catch_warnings():
            # openpyxl tells of colours and drop-down lists that it does not keep.
            warnings.simplefilter("ignore")
            formulas = _formulas(data) if _has_formulas(archive) else {}
            return [sheet for sheet in _sheets(data, formulas) if sheet.rows]
    except (FormatError, MemoryError):
        raise
    except Exception as error:
        # openpyxl lets every kind of error through from a file that is damaged or made up.
        raise FormatError("This Excel file is damaged or not a real one; please save it again and retry.") from error


def _sheets(data: bytes, formulas: dict[str, set[Place]]) -> Iterator[Sheet]:
    for title, cells_of_rows in _rows(data, data_only=True):
        sheet = Sheet(title)
        places = formulas.get(title, set())
        for number, cells in cells_of_rows:
            texts = [_text(cell) for cell in cells]
            missing = {at for at, text in enumerate(texts) if not text and (number, at) in places} if places else set()
            sheet.add(number, texts, frozenset(missing))
        yield sheet


def _rows(data: bytes, *, data_only: bool) -> Iterator[tuple[str, Iterator[tuple[int, Any]]]]:
    """(title, rows with their number) of each visible sheet; `data_only` gives results in place of formulas."""
    from openpyxl import load_workbook  # loading it costs a start more than all other formats together

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    try:
        for sheet in book.worksheets[:MAX_SHEETS]:
            if sheet.sheet_state == "visible":
                # Files claim a million rows or a single cell: what is there counts.
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS)
                yield sheet.title, _not_padding(rows)
    finally:
        book.close()


def _not_padding(rows: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    """With their numbers. openpyxl gives one and the same row for all that are missing, up to a million of them."""
    before = None
    for number, cells in enumerate(rows, start=1):
        if cells is not before:
            yield number, cells
        before = cells


def _has_formulas(archive: Archive) -> bool:
    parts = [name for name in archive.names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    return any(mark in content for content in map(archive.read, parts) for mark in (b"<f>", b"<f "))


def _formulas(data: bytes) -> dict[str, set[Place]]:
    """Where formulas stand: those without a result have none of the cells that are read as data."""
    return {
        title: {(number, at) for number, cells in rows for at, cell in enumerate(cells) if cell.data_type == "f"}
        for title, rows in _rows(data, data_only=False)
    }


def _text(cell: Any) -> str:
    """A cell as its program shows it, as far as that is known."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            return f"{value * 100:{_DIGITS}}%"
        return str(value) if isinstance(value, int) else f"{value:{_DIGITS}}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return str(value)
