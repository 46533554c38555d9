"""Delimited text (CSV, TSV) to a table of texts: finds out what parts the cells. Knows no quiz format."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from formats.sheet import Sheet
from formats.sheet_writer import restored

DELIMITERS = ",;\t|"
_LOOKED_AT = 60
# Excel's own word for what parts the cells.
_SEP_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_LEAST_SHARE = 0.5


def read_table(text: str) -> list[Sheet]:
    """One sheet without a name; none when the text does not look like a table."""
    text = text.lstrip("\ufeff")
    if named := _SEP_LINE.match(text):
        delimiter, text = named[1], text[named.end() :]
    else:
        delimiter = _delimiter(text)
    if not delimiter:
        return []
    sheet = Sheet("")
    try:
        for number, cells in enumerate(_records(text, delimiter), start=1):
            sheet.add(number, [restored(cell) for cell in cells])
    except csv.Error:
        # A field of more than 128 KB is no field of a quiz.
        return []
    return [sheet] if sheet.rows else []


def _delimiter(text: str) -> str:
    """What gives the most even table; "" when nothing does."""
    best, found = (0.0, 0), ""
    for delimiter in DELIMITERS:
        try:
            rows = [row for row in islice(_records(text, delimiter), _LOOKED_AT) if any(row)]
        except csv.Error:
            continue
        if not rows:
            continue
        width, count = Counter(map(len, rows)).most_common(1)[0]
        share = count / len(rows)
        if width > 1 and share >= _LEAST_SHARE and (share, width) > best:
            best, found = (share, width), delimiter
    return found


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
