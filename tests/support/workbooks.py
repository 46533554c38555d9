"""Excel workbooks for tests, made as programs make them."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl

KAHOOT_HEADER = [
    None,
    "Question - max 120 characters",
    *(f"Answer {number} - max 75 characters" for number in (1, 2, 3, 4)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
]


def workbook(*sheets: tuple[str, Iterable[Sequence[Any]]]) -> bytes:
    """(name, rows) of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def kahoot(*questions: Sequence[Any], header: Sequence[Any] = KAHOOT_HEADER) -> bytes:
    """Kahoot's template with these rows (question, four answers, time, right ones) and empty numbered ones below."""
    rows: list[Sequence[Any]] = [[], [None, "Quiz template"], [], [], [], [], [], header]
    rows += [[number, *question] for number, question in enumerate(questions, start=1)]
    rows += [[number] for number in range(len(questions) + 1, 101)]
    return workbook(("Sheet1", rows))


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same zip with other contents of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def zipped(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of (name, content)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return file.getvalue()
