"""A table of texts, whatever file it came from: rows with the number that a spreadsheet program shows."""

from dataclasses import dataclass, field

from formats.intermediate import FormatError
from formats.text import normalise, storable

MAX_ROWS = 20_000
MAX_COLUMNS = 60
"""No kind of quiz sheet has more; what stands further right is not read."""


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` ends with the last one that holds something; cells are trimmed."""

    number: int
    cells: tuple[str, ...]
    # Columns with a formula of which the file holds no result.
    uncomputed: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> str:
        """The text of a column counted from 0; "" for None and beyond the end."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(slots=True)
class Sheet:
    """Rows that hold nothing are left out."""

    name: str
    rows: list[Row] = field(default_factory=list)

    def add(self, number: int, cells: list[str], uncomputed: frozenset[int] = frozenset()) -> None:
        """Raises FormatError for one row too many."""
        tidy = [clean(cell) for cell in cells[:MAX_COLUMNS]]
        while tidy and not tidy[-1]:
            tidy.pop()
        if not tidy and not uncomputed:
            return
        if len(self.rows) >= MAX_ROWS:
            raise FormatError(f"The sheet has more than {MAX_ROWS} rows; please divide it.")
        self.rows.append(Row(number, tuple(tidy), uncomputed))


class ColumnsUnclear(FormatError):
    """There is a table, and somebody must say what its columns are."""

    def __init__(self, table: Sheet, left_out: list[str]) -> None:
        super().__init__("What the columns of this table are cannot be told by itself; the import page asks for it.")
        self.table = table
        # Names of the file's other tables.
        self.left_out = left_out


def clean(text: str) -> str:
    """A cell's text as people see it."""
    return normalise(storable(text)).strip()
