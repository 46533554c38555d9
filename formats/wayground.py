"""The spreadsheet of Wayground, once Quizizz: a question a row with its type, as .xlsx or .csv."""

from collections.abc import Iterator

from formats.intermediate import Parsed, Skip
from formats.sheet import Sheet
from formats.sheet_columns import find_columns, fold
from formats.sheet_question import RowDraft
from formats.sheet_quiz import Table, read_tables
from formats.source import Source

USUAL_S = 30
"""The time limit of a question that names none."""

_CHOICES = {
    "",
    "multiple choice",
    "multiplechoice",
    "mcq",
    "single choice",
    "checkbox",
    "true false",
    "multiple select",
}
_TEXTS = {"fill in the blank", "fill in the blanks", "fillintheblank", "text", "short answer"}
_OPEN = {"open ended", "open end", "essay"}
_OTHERS = {"draw": "kind_draw", "match": "kind_match", "reorder": "kind_order"}
_INSTRUCTIONS = ("text of the question", "question text required")


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is Wayground's sheet."""
    return 0.9 if any(_tables(source.sheets())) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each sheet with a column of types. Raises FormatError when there is none."""
    return read_tables(source, _tables(source.sheets()), _read_row)


def _tables(sheets: list[Sheet]) -> Iterator[Table]:
    for sheet in sheets:
        columns = find_columns(sheet)
        if columns and columns.kind is not None and len(columns.answers) > 1:
            # The row below the headings explains them.
            rows = [row for row in sheet.rows if not fold(row.cell(columns.question)).startswith(_INSTRUCTIONS)]
            yield Sheet(sheet.name, rows), columns


def _read_row(draft: RowDraft) -> None:
    kind = fold(draft.cell(draft.columns.kind))
    answers = draft.answers()
    draft.need_prompt()
    if kind == "poll":
        draft.read_poll(answers)
    elif kind in _OPEN:
        draft.fields["kind"] = "open"
    elif kind in _TEXTS:
        draft.read_texts(answers)
    elif kind in _CHOICES:
        draft.read_choices(answers, draft.cell(draft.columns.correct))
    else:
        shown = draft.cell(draft.columns.kind)[:40]
        code = _OTHERS.get(kind, "kind_unknown")
        raise Skip(code, f"This is a question of the type “{shown}”, which Quizhall does not have.")
    draft.fields["time_limit_s"] = USUAL_S
    draft.read_time()
    draft.read_rest()
