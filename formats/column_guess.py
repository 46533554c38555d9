"""A table whose headings say too little: what each column may be, by its heading and by what is in it, for somebody to
put right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from formats.sheet import ColumnsUnclear, Row, Sheet
from formats.sheet_columns import fold, role_of

ROLES = ("question", "choice", "right", "key", "options", "time", "points", "why", "")
"""`choice` is an answer to choose from, `key` says which is right, `options` holds all of them; "" is left out."""
ONCE = ("question", "key", "options", "time", "points", "why")

ROWS_MOST = 5_000
COLUMNS_MOST = 26
CHARACTERS_MOST = 2_000_000
_LOOKED_AT = 60
_SHARE = 0.8
_BY_HEADING = {"question": "question", "answer": "choice", "wrong": "choice", "options": "options", "time": "time"}
_BY_HEADING |= {"points": "points", "why": "why", "bare": "right", "kind": "", "image": ""}
_NUMBER = re.compile(r"-?\d{1,6}(?:\.0+)?")
_ASKS = re.compile(r".*\?\s*", re.DOTALL)
_LETTER = re.compile(r"[a-hA-H][).]?")


@dataclass(frozen=True, slots=True)
class Guess:
    """A role for each column; `has_header` when the first row names them."""

    roles: list[str]
    has_header: bool


def unclear_table(sheets: Sequence[Sheet], *, is_surely_one: bool) -> ColumnsUnclear | None:
    """The largest table, if it may hold questions; a text with commas is no table unless its owner says so."""
    fitting = [sheet for sheet in sheets if _is_table(sheet, is_surely_one)]
    if not fitting:
        return None
    largest = max(fitting, key=lambda sheet: sum(len(row.cells) for row in sheet.rows))
    return ColumnsUnclear(largest, [sheet.name for sheet in sheets if sheet is not largest])


def _is_table(sheet: Sheet, is_surely_one: bool) -> bool:
    width = width_of(sheet)
    rows = sheet.rows
    if not 2 <= width <= COLUMNS_MOST or not 1 <= len(rows) <= ROWS_MOST:
        return False
    if sum(len(cell) for row in rows for cell in row.cells) > CHARACTERS_MOST:
        return False
    return is_surely_one or (len(rows) > 1 and sum(len(row.cells) == width for row in rows) >= _SHARE * len(rows))


def width_of(sheet: Sheet) -> int:
    return max((len(row.cells) for row in sheet.rows), default=0)


def guess_columns(sheet: Sheet) -> Guess:
    width, first = width_of(sheet), sheet.rows[0]
    headings = [_by_heading(first.cell(at)) for at in range(width)]
    is_named = any(role is not None for role in headings) or _stands_out(sheet, width)
    has_header = is_named and len(sheet.rows) > 1 and not _has_question(first)
    rows = sheet.rows[1:] if has_header else sheet.rows
    roles: list[str | None] = list(headings) if has_header else [None] * width
    columns = [[row.cell(at) for row in rows[:_LOOKED_AT] if row.cell(at)] for at in range(width)]
    _by_content(columns, roles)
    return Guess([role or "" for role in roles], has_header)


def _stands_out(sheet: Sheet, width: int) -> bool:
    """Whether the first row is unlike all below it: a word over numbers or letters, no question over questions."""
    first, rows = sheet.rows[0], sheet.rows[1:_LOOKED_AT]
    for at in range(width):
        values = [row.cell(at) for row in rows if row.cell(at)]
        for pattern in (_NUMBER, _LETTER, _ASKS):
            if first.cell(at) and _are(pattern, values) and not pattern.fullmatch(first.cell(at)):
                return True
    return False


def _has_question(row: Row) -> bool:
    return any(cell.rstrip().endswith("?") and len(cell) > 12 for cell in row.cells)


def _by_heading(cell: str) -> str | None:
    """None when the heading says nothing; `key` when it may be a right answer or its number."""
    role, _ = role_of(fold(cell)) if cell else ("", 0)
    return "key" if role == "correct" else _BY_HEADING.get(role) if role else None


def _by_content(columns: list[list[str]], roles: list[str | None]) -> None:
    open_ones = [at for at, role in enumerate(roles) if role is None]
    for at in list(open_ones):
        if not columns[at] or _is_running_number(columns[at]):
            roles[at] = ""
    if "question" not in roles:
        texts = [at for at in open_ones if roles[at] is None and not _are(_NUMBER, columns[at])]
        if texts:
            roles[max(texts, key=lambda at: _likeness(columns[at]) - 10 * at)] = "question"
    for at in open_ones:
        if roles[at] is None and (role := _by_signs(columns[at])):
            roles[at] = role if role not in roles else ""
    texts = [at for at in open_ones if roles[at] is None]
    answers = texts + [at for at, role in enumerate(roles) if role == "choice"]
    for at in texts:
        roles[at] = "choice"
        others = {value for other in answers if other != at for value in columns[other]}
        if len(answers) > 2 and set(columns[at]) <= others and "key" not in roles:
            roles[at] = "key"
    if "key" in roles and "choice" not in roles and "options" not in roles:
        roles[roles.index("key")] = "right"
    if texts and not {"right", "key"} & set(roles):
        # Question, right answer, wrong ones: so most lists are made.
        roles[texts[0]] = "right"


def _by_signs(values: list[str]) -> str:
    """`key`, `time` or `points` of a column of letters or numbers; "" for texts."""
    if _are(_LETTER, values):
        return "key"
    if not _are(_NUMBER, values):
        return ""
    numbers = [float(value) for value in values if _NUMBER.fullmatch(value)]
    if max(numbers) <= 12:
        return "key"
    return "time" if max(numbers) <= 300 else "points"


def _are(pattern: re.Pattern[str], values: list[str]) -> bool:
    return bool(values) and sum(bool(pattern.fullmatch(value)) for value in values) >= _SHARE * len(values)


def _is_running_number(values: list[str]) -> bool:
    first = values[0]
    if len(values) < 3 or not first.isdecimal():
        return False
    return values == [str(number) for number in range(int(first), int(first) + len(values))]


def _likeness(values: list[str]) -> float:
    """How much these are questions: they ask, and they are long."""
    asking = sum(value.rstrip().endswith("?") for value in values) / len(values)
    return asking * 1000 + min(200.0, sum(map(len, values)) / len(values))
