"""Any table of questions that a teacher made: which column is what, its headings say.

Answers in columns of their own or together in one cell, the right ones by number, letter, text or a star; right and
wrong answers in columns (Gimkit); or a question and what to type.
"""

import re
from collections.abc import Iterator

from formats.column_guess import unclear_table
from formats.intermediate import Parsed
from formats.mixing import mixed
from formats.sheet import Sheet
from formats.sheet_columns import find_columns
from formats.sheet_question import RowDraft
from formats.sheet_quiz import Table, read_tables
from formats.source import Source

_SEPARATORS = ("|", "\n", ";", " / ")
_STAR = re.compile(r"\*\s*(?=\S)|\s*\*$")


def detect(source: Source) -> float:
    """0 to 1. A table of which another format is sure is that format's."""
    return 0.5 if any(_tables(source.sheets())) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each sheet with such a table. Raises FormatError, ColumnsUnclear where there is another table."""
    found = list(_tables(source.sheets()))
    if not found and (unclear := unclear_table(source.sheets(), is_surely_one=True)):
        raise unclear
    return read_tables(source, found, _read_row)


def _tables(sheets: list[Sheet]) -> Iterator[Table]:
    for sheet in sheets:
        columns = find_columns(sheet)
        if columns and (len(columns.answers) > 1 or columns.correct is not None):
            yield sheet, columns


def _read_row(draft: RowDraft) -> None:
    columns = draft.columns
    key = draft.cell(columns.correct)
    if columns.wrong:
        _read_right_and_wrong(draft, key)
    elif columns.options is not None and draft.cell(columns.options):
        read_marked(draft, split_answers(draft.cell(columns.options)), key)
    elif columns.answers:
        read_marked(draft, draft.answers(), key)
    else:
        draft.read_texts(split_answers(key, "|", "\n"))
    draft.read_time()
    draft.read_rest()


def _read_right_and_wrong(draft: RowDraft, right: str) -> None:
    """The right answer stands first in the sheet. Where it goes is chance, but the same each time the file is read."""
    wrong = [answer for answer in draft.answers() if answer]
    draft.need_prompt()
    if not wrong:
        draft.read_texts([right])
        return
    answers, at = mixed(right, wrong, draft.fields["prompt"])
    draft.read_choices(answers, str(at + 1) if right else "")


def read_marked(draft: RowDraft, answers: list[str], key: str) -> None:
    """With no word about the right ones elsewhere, a star at the answer may say it."""
    if not key:
        marked = [number for number, answer in enumerate(answers, start=1) if _STAR.match(answer)]
        if marked and len(marked) < len([answer for answer in answers if answer]):
            answers = [_STAR.sub("", answer, count=1) if _STAR.match(answer) else answer for answer in answers]
            key = ",".join(map(str, marked))
    draft.read_choices(answers, key)


def split_answers(text: str, *separators: str) -> list[str]:
    """By the first of the separators that it holds."""
    found = next((separator for separator in separators or _SEPARATORS if separator in text), None)
    return [part.strip() for part in text.split(found)] if found else [text]
