"""Socrative's spreadsheet: the name above the table, a type for each question, several columns of right answers."""

from collections.abc import Iterator

from formats.intermediate import Parsed, Skip
from formats.sheet import Sheet
from formats.sheet_columns import HEADER_WITHIN, find_columns, fold, role_of
from formats.sheet_question import RowDraft
from formats.sheet_quiz import Table, read_tables
from formats.source import Source

_CHOICES = {"", "multiple choice", "mc", "multiple choices"}
_TRUE_FALSE = {"true false", "true or false", "tf"}
_TYPED = {"open ended", "short answer", "fr", "sa", "open", "free response"}
_TITLE = "quiz name"


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is Socrative's sheet."""
    return 0.94 if any(_tables(source.sheets())) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each sheet of that kind. Raises FormatError when there is none."""
    quizzes = read_tables(source, _tables(source.sheets()), _read_row)
    for quiz, (sheet, _) in zip(quizzes, _tables(source.sheets()), strict=True):
        quiz.title = _title(sheet) or quiz.title
    return quizzes


def _tables(sheets: list[Sheet]) -> Iterator[Table]:
    for sheet in sheets:
        columns = find_columns(sheet)
        if columns and columns.kind is not None and (_title(sheet) or len(_right_columns(columns.header.cells)) > 1):
            yield sheet, columns


def _right_columns(headings: tuple[str, ...]) -> list[int]:
    return [at for at, heading in enumerate(headings) if role_of(fold(heading)[:60])[0] == "correct"]


def _title(sheet: Sheet) -> str:
    """What stands beside “1. Quiz Name:”, or right below it."""
    for row, below in zip(sheet.rows[:HEADER_WITHIN], [*sheet.rows[1:HEADER_WITHIN], None], strict=False):
        for at, cell in enumerate(row.cells):
            if _TITLE in fold(cell)[:20]:
                beside = next(filter(None, row.cells[at + 1 :]), "")
                inside = cell.partition(":")[2].strip()
                return " ".join((inside or beside or (below.cell(at) if below else "")).split())[:200]
    return ""


def _read_row(draft: RowDraft) -> None:
    kind = fold(draft.cell(draft.columns.kind))
    right = [draft.cell(column) for column in _right_columns(draft.columns.header.cells)]
    right = [answer for answer in right if answer]
    draft.need_prompt()
    if kind in _TYPED:
        if right:
            draft.read_texts(right)
        else:
            draft.fields["kind"] = "open"
    elif kind in _TRUE_FALSE:
        draft.read_choices([answer for answer in draft.answers() if answer] or ["True", "False"], ", ".join(right))
    elif kind in _CHOICES:
        draft.read_choices(draft.answers(), ", ".join(right))
    else:
        shown = draft.cell(draft.columns.kind)[:40]
        raise Skip("kind_unknown", f"This is a question of the type “{shown}”, which Quizhall does not have.")
    draft.read_rest()
