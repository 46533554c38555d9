"""A quiz as the spreadsheet that Wayground takes. What does not fit is told."""

from typing import Any

from formats.exported import Exported
from formats.sheet_writer import XLSX, write_xlsx
from formats.table_writer import table_rows

OPTIONS_MOST = 5


def export(quiz: dict[str, Any]) -> Exported:
    """The quiz with Wayground's columns, with what did not fit."""
    exported = Exported(type=XLSX, extension=".xlsx")
    exported.data = write_xlsx(table_rows(quiz, exported, OPTIONS_MOST), {"A": 60, "B": 18})
    return exported
