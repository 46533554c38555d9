"""The spreadsheet that Kahoot takes quizzes from, as .xlsx or saved as .csv. Its rules: docs/formats.md.

Where the headings are gone or in a language that we do not know, the table is known by its shape.
"""

from collections.abc import Iterator

from formats.intermediate import Parsed
from formats.sheet import Row, Sheet
from formats.sheet_columns import Columns, find_columns, fold
from formats.sheet_key import read_key
from formats.sheet_question import RowDraft
from formats.sheet_quiz import Table, read_tables
from formats.source import Source

TIMES = {"5", "10", "20", "30", "60", "90", "120", "240"}
_ANSWERS = 4
_SURE_ROWS = 0.8
_EXAMPLE = "which spreadsheet tools can read this sheet and export to xlsx format"


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is Kahoot's sheet."""
    return 0.85 if any(_tables(source.sheets())) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each sheet that holds a table of questions. Raises FormatError when none does."""
    return read_tables(source, _tables(source.sheets()), _read_row)


def _tables(sheets: list[Sheet]) -> Iterator[Table]:
    for sheet in sheets:
        columns = find_columns(sheet)
        if columns is None or not _is_ours(columns):
            columns = _by_shape(sheet)
        if columns is not None:
            yield sheet, columns


def _is_ours(columns: Columns) -> bool:
    return len(columns.answers) > 1 and columns.correct is not None and columns.kind is None


def _read_row(draft: RowDraft) -> None:
    draft.read_choices(draft.answers(), draft.cell(draft.columns.correct))
    draft.read_time()
    draft.read_rest()
    if fold(draft.fields["prompt"]) == _EXAMPLE:
        draft.warn("template_example", "This is the example that stands in Kahoot's template.")


def _by_shape(sheet: Sheet) -> Columns | None:
    """A text, two to four texts, a number of Kahoot's times, and which are right: in most rows that hold something."""
    for start in (1, 0, 2):
        columns = Columns(Row(0, ()), start, list(range(start + 1, start + 1 + _ANSWERS)))
        columns.time, columns.correct = start + 1 + _ANSWERS, start + 2 + _ANSWERS
        fits = [_fits(row, columns) for row in sheet.rows]
        if True not in fits:
            continue
        first = fits.index(True)
        if sum(fits) >= _SURE_ROWS * len(fits[first:]):
            columns.header = Row(sheet.rows[first].number - 1, ())
            return columns
    return None


def _fits(row: Row, columns: Columns) -> bool:
    answers = [row.cell(column) for column in columns.answers]
    is_timed = row.cell(columns.time).removesuffix(".0") in TIMES
    is_text = bool(row.cell(columns.question)) and not row.cell(columns.question).isdigit()
    return (
        is_text
        and is_timed
        and sum(map(bool, answers)) > 1
        and bool(read_key(row.cell(columns.correct), answers).right)
    )
