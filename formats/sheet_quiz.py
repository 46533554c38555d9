"""The way from the tables of a file to its quizzes, which all formats that are sheets share."""

from collections.abc import Callable, Iterable

from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Parsed, Skip
from formats.sheet import Row, Sheet
from formats.sheet_columns import Columns, fold
from formats.sheet_question import RowDraft
from formats.source import Source
from formats.text import title_from_filename

Table = tuple[Sheet, Columns]

# What spreadsheet programs call a sheet by themselves; no name for a quiz.
_UNNAMED = ("sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "planilha", "ark", "arkusz", "лист", "")


def read_tables(source: Source, tables: Iterable[Table], read_row: Callable[[RowDraft], None]) -> list[Parsed]:
    """A quiz for each table; `read_row` fills the draft of a row that holds something, or raises Skip.

    Raises FormatError when there is no table, or too much in them.
    """
    found = list(tables)
    if not found:
        raise FormatError("There is no table with questions, answers and the right ones in this file.")
    title = title_from_filename(source.filename)
    quizzes = []
    for sheet, columns in found:
        name = sheet.name if len(found) > 1 and fold(sheet.name).rstrip("0123456789 ") not in _UNNAMED else ""
        parsed = Parsed(name[:200] or title)
        for row in sheet.rows:
            if row.number > columns.header.number:
                place = f"{sheet.name}, row {row.number}" if len(found) > 1 else f"row {row.number}"
                _read(row, columns, place, parsed, read_row)
        quizzes.append(parsed)
    if sum(quiz.found for quiz in quizzes) > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    if source.archive() is None:
        quizzes[0].issues.extend(source.decoded().issues)
    return quizzes


def _read(row: Row, columns: Columns, where: str, parsed: Parsed, read_row: Callable[[RowDraft], None]) -> None:
    """Rows that hold only a running number, a time or points are no questions."""
    draft = RowDraft(row, columns)
    if not draft.fields["prompt"] and not any(draft.answers()) and not row.uncomputed:
        return
    try:
        read_row(draft)
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
    else:
        draft.keep(parsed, where)
