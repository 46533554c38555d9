"""Statements for many rows at once, in a few fixed sizes, which the driver keeps prepared.

One statement for many rows is one call into the database, for which Python's lock is given up once, not for each row.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

_SIZES = (256, 64, 16, 4, 1)


def statements(before: str, row: str, after: str) -> dict[int, str]:
    """By how many rows they take; `row` is what stands for one of them."""
    return {size: before + ", ".join([row] * size) + after for size in _SIZES}


def in_sizes(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """(where it starts, how many, the values of all of them) for each statement to be run."""
    start = 0
    for size in _SIZES:
        while len(rows) - start >= size:
            yield start, size, tuple(chain.from_iterable(rows[start : start + size]))
            start += size
