"""Reads a JSON object field by field and notes every fault on the way. Knows types and limits, no quiz rules."""

import math
import re
from typing import Any

from game.question import Problem

# Databases and spreadsheets refuse these, and nobody can see them.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class Fields:
    """The fields of `data`. A reader that finds a fault notes it and returns the default.

    Problems are shared with the objects around and within; `where` is this object's path, "" outermost.
    """

    def __init__(self, data: object, where: str, problems: list[Problem]) -> None:
        self.where = where
        self.problems = problems
        # What is no object is told once; nothing in it is called missing.
        self.is_object = isinstance(data, dict)
        self._seen: set[str] = set()
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not self.is_object:
            self.problems.append(Problem(where, f"must be an object, not {name_of(data)}"))

    def path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def note(self, name: str, message: str, *, is_unfinished: bool = False) -> None:
        self.problems.append(Problem(self.path(name), message, is_unfinished))

    def note_at(self, path: str, message: str) -> None:
        """A fault of an entry, under its whole path."""
        self.problems.append(Problem(path, message))

    def note_missing(self, name: str) -> None:
        if self.is_object:
            self.note(name, "is missing", is_unfinished=True)

    def raw(self, name: str) -> Any:
        """The value as it came, None when absent; from now on the field counts as known."""
        self._seen.add(name)
        return self._data.get(name)

    def has(self, name: str) -> bool:
        return name in self._data

    def text(self, name: str, most: int, *, least: int = 0) -> str:
        """Text of `least` to `most` characters without the blanks around it; absent or null is ""."""
        value = self.raw(name)
        if value is None and (least == 0 or not self.has(name)):
            if least > 0:
                self.note_missing(name)
            return ""
        if not isinstance(value, str):
            self.note(name, f"must be text, not {name_of(value)}")
            return ""
        if UNPRINTABLE.search(value):
            self.note(name, "contains control characters")
        value = value.strip()
        if len(value) > most:
            self.note(name, f"is {len(value)} characters long, at most {most} are possible")
        elif len(value) < least:
            self.note(name, "must not be empty", is_unfinished=True)
        return value

    def number(self, name: str, low: float, high: float, default: float | None) -> float | None:
        """A finite number from `low` to `high`; absent is the default, null is a fault (ask `raw` before)."""
        value = self.raw(name)
        if not self.has(name):
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.note(name, f"must be a number, not {name_of(value)}")
        elif isinstance(value, float) and not math.isfinite(value):
            self.note(name, "must be a finite number")
        elif not low <= value <= high:
            self.note(name, f"must be from {low:g} to {high:g}", is_unfinished=True)
        else:
            return value
        return default

    def integer(self, name: str, low: int, high: int, default: int) -> int:
        value = self.raw(name)
        if not self.has(name):
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            wrong = "" if isinstance(value, float) else f", not {name_of(value)}"
            self.note(name, f"must be a whole number{wrong}")
        elif not low <= value <= high:
            self.note(name, f"must be from {low} to {high}", is_unfinished=True)
        else:
            return value
        return default

    def flag(self, name: str) -> bool:
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.note(name, f"must be true or false, not {name_of(value)}")
        return False

    def one_of(self, name: str, options: tuple[str, ...]) -> str:
        """One of the options, the first when absent or null."""
        value = self.raw(name)
        if value is None:
            return options[0]
        if isinstance(value, str) and value in options:
            return value
        shown = repr(value[:40]) if isinstance(value, str) else name_of(value)
        self.note(name, f"must be one of {', '.join(options)}, not {shown}")
        return options[0]

    def items(self, name: str, most: int) -> list[tuple[str, Any]]:
        """The entries of a list, each with its path; absent or null is an empty list."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.note(name, f"must be a list, not {name_of(value)}")
            return []
        if len(value) > most:
            self.note(name, f"has {len(value)} entries, at most {most} are possible")
        return [(f"{self.path(name)}[{index}]", entry) for index, entry in enumerate(value[:most])]

    def texts(self, name: str, most: int, longest: int) -> list[str]:
        """A list of texts that are not empty."""
        return [self.entry(path, entry, longest) for path, entry in self.items(name, most)]

    def entry(self, path: str, entry: object, longest: int) -> str:
        """An entry of a list that must be a text which is not empty, told under its own path."""
        return Fields({path: entry}, "", self.problems).text(path, longest, least=1)

    def finish(self) -> None:
        """Notes the fields that nobody read. Call last."""
        for name in self._data:
            if name not in self._seen:
                self.note(str(name)[:100], "unknown field")


def name_of(value: object) -> str:
    """What a JSON value is called in a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list | tuple) else "an object"
