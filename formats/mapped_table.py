"""A table read by what somebody said of its columns."""

import zlib
from collections.abc import Sequence

from formats.column_guess import ONCE, ROLES
from formats.intermediate import FormatError, Issue, Parsed, Skip
from formats.sheet import Row, Sheet
from formats.sheet_columns import Columns
from formats.sheet_question import RowDraft
from formats.table import read_marked, split_answers

_NAMES = {"question": "the question", "key": "which answer is right", "options": "all answers"}
_NAMES |= {"time": "the time limit", "points": "the points", "why": "the explanation"}


def check_roles(roles: Sequence[str]) -> None:
    """Raises FormatError with what is missing or there twice."""
    if any(role not in ROLES for role in roles):
        raise FormatError("One of the columns was called something that there is not.")
    if "question" not in roles:
        raise FormatError("Please say which column is the question.")
    if not {"choice", "right", "key", "options"} & set(roles):
        raise FormatError("Please say which columns hold answers.")
    for role in ONCE:
        if roles.count(role) > 1:
            raise FormatError(f"Two columns cannot both be {_NAMES[role]}.")


def read_mapped(sheet: Sheet, roles: Sequence[str], has_header: bool, title: str, left_out: Sequence[str]) -> Parsed:
    """The quiz of a table. Raises FormatError for roles of which no questions can be made."""
    check_roles(roles)
    parsed = Parsed(title)
    for name in left_out:
        message = f"Only one table of the file was read; “{name}” was left out."
        parsed.issues.append(Issue("warning", name, "sheet_left_out", message))
    columns = _columns(roles)
    rights = [at for at, role in enumerate(roles) if role == "right"]
    for row in sheet.rows[1:] if has_header else sheet.rows:
        where = f"row {row.number}"
        draft = RowDraft(row, columns)
        if not draft.fields["prompt"] and not any(draft.answers()) and not any(map(row.cell, rights)):
            continue
        try:
            _read(draft, [row.cell(at) for at in rights])
        except Skip as skip:
            parsed.skip(where, skip.code, str(skip))
        else:
            draft.keep(parsed, where)
    return parsed


def _columns(roles: Sequence[str]) -> Columns:
    once = {role: roles.index(role) for role in ONCE if role in roles}
    return Columns(
        Row(0, ()),
        question=once["question"],
        answers=[at for at, role in enumerate(roles) if role == "choice"],
        correct=once.get("key"),
        options=once.get("options"),
        time=once.get("time"),
        why=once.get("why"),
        points=once.get("points"),
    )


def _read(draft: RowDraft, rights: list[str]) -> None:
    """Raises Skip."""
    columns = draft.columns
    draft.need_prompt()
    choices, key = draft.answers(), draft.cell(columns.correct)
    if columns.options is not None:
        choices = [*choices, *split_answers(draft.cell(columns.options))]
    rights = list(dict.fromkeys(filter(None, rights)))
    if not any(choices):
        draft.read_texts([*rights, *([key] if key else [])])
    elif rights and not key:
        choices = _with_rights(choices, rights, draft.fields["prompt"])
        draft.read_choices(choices, ",".join(str(choices.index(right) + 1) for right in rights))
    else:
        read_marked(draft, choices, key)
    draft.read_time()
    _read_points(draft)
    draft.read_rest()


def _with_rights(choices: list[str], rights: list[str], prompt: str) -> list[str]:
    """Right answers stand among the others. Where they go is chance, but the same each time the file is read."""
    choices = [choice for choice in choices if choice]
    for right in rights:
        if right not in choices:
            choices.insert(zlib.crc32((prompt + right).encode()) % (len(choices) + 1), right)
    return choices


def _read_points(draft: RowDraft) -> None:
    text = draft.cell(draft.columns.points)
    if not text:
        return
    if text.isdecimal() and int(text) <= 10_000:
        draft.fields["points"] = int(text)
    else:
        draft.warn("points_unclear", f"“{text[:40]}” is no number of points from 0 to 10000; the usual one is used.")
