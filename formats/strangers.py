"""Files that teachers bring and that are no quiz, or none that can be read: each is called by its name."""

import re

from formats.archive import Archive
from formats.column_guess import unclear_table
from formats.intermediate import FormatError
from formats.sheet import Sheet
from formats.sheet_columns import fold
from formats.source import Source

_TIMESTAMP = (
    "timestamp",
    "zeitstempel",
    "horodateur",
    "marca temporal",
    "informazioni cronologiche",
    "tijdstempel",
    "carimbo de data hora",
    "tidsstempel",
    "tidstampel",
    "sygnatura czasowa",
)
_FORMS_SCORE = re.compile(r"\[(?:score|punktzahl|punkte|puntuacion|punteggio|feedback)\]|^total score$", re.IGNORECASE)
_KAHOOT_REPORT = {"final scores", "kahoot summary", "rawreportdata data"}

GOOGLE_FORMS = (
    "These are the answers to a Google form, not the quiz itself: Google does not export its questions with the right"
    " answers. Copy them into a sheet with the columns Question, Answer 1 to Answer 4 and Correct answer."
)
KAHOOT_REPORT = "This is Kahoot's report of a game, not the quiz; export the quiz itself as a spreadsheet."

# What lies in a zip file, and what that makes it.
_PARTS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "imsmanifest.xml": "a package without questions in QTI 1.2, 2.1, 2.2 or 3, of which Quizhall reads packages",
    "moodle_backup.xml": "a Moodle backup; export the question bank itself",
    "content.xml": "an OpenDocument file; save it as .xlsx or .csv and try again",
    "Index/Document.iwa": "an Apple Numbers, Pages or Keynote file; export it as .xlsx and try again",
}


_BEGINNING = 100_000


def refuse(source: Source) -> None:
    """Raises FormatError for a file that can be called by its name; returns for all others."""
    packed = source.archive()
    if sheets := source.sheets():
        _refuse_sheets(sheets)
        is_surely_one = packed is not None or source.has_extension(".csv", ".tsv")
        # Copied from a spreadsheet it has tabs; commas are in every text.
        is_asked = is_surely_one or "\t" in source.text()[:_BEGINNING]
        if is_asked and (unclear := unclear_table(sheets, is_surely_one=is_surely_one)):
            raise unclear
        if packed is not None:
            raise FormatError("This spreadsheet has no table with questions, answers and the right ones.")
    if packed is not None:
        raise FormatError(f"This is {_kind_of_archive(packed)}.")


def _refuse_sheets(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        first = sheet.rows[0]
        if fold(first.cell(0)).startswith(_TIMESTAMP) or sum(bool(_FORMS_SCORE.search(c)) for c in first.cells) > 1:
            raise FormatError(GOOGLE_FORMS)
    if any(fold(sheet.name) in _KAHOOT_REPORT for sheet in sheets):
        raise FormatError(KAHOOT_REPORT)


def _kind_of_archive(packed: Archive) -> str:
    found = (what for name, what in _PARTS.items() if name in packed)
    return next(found, "a zip file without a quiz that Quizhall can read")
