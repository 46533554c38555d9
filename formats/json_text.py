"""JSON from strangers to what it holds, and the list of records in it, whoever wrote it. Knows no quiz format."""

import json
from typing import Any

from formats.intermediate import FormatError

MAX_CONTAINERS = 500_000
"""Objects and lists in a file: memory for more would be taken before the first question is looked at."""

Record = dict[str, Any]

# What people call the list when it is not the whole document, the likeliest first.
_LISTS = ("results", "questions", "items", "data", "quiz", "trivia", "quizzes")


class _NotFinite(Exception):
    """NaN or Infinity, which are no JSON."""


def load(text: str) -> Any:
    """Raises FormatError with the place of the fault."""
    if text.count("{") + text.count("[") > MAX_CONTAINERS:
        raise FormatError("This JSON file holds far more than a quiz can.")
    try:
        return json.loads(text.lstrip("\ufeff"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FormatError(f"This JSON file is broken at {place}: {error.msg}.") from error
    except _NotFinite as error:
        raise FormatError(f"This JSON file is broken: {error} is not a number in JSON.") from error
    except RecursionError as error:
        raise FormatError("This JSON file is nested far deeper than a quiz can be.") from error
    except ValueError as error:
        raise FormatError("This JSON file is broken: it holds a number with thousands of digits.") from error


def find_lists(document: Any) -> list[tuple[str, list[Any]]]:
    """(its path, the list) of each list of records: the document itself, one in it, or one for each of its topics."""
    if isinstance(document, list):
        nested = [(f"[{at}].", entry) for at, entry in enumerate(document) if isinstance(entry, dict) and _named(entry)]
        if nested and len(nested) == len(document):
            return [(path + name, entries) for path, entry in nested for name, entries in [_named(entry)[0]]]
        return [("questions", document)]
    if not isinstance(document, dict):
        return []
    if found := _named(document):
        return found[:1]
    topics = [(str(name), entries) for name, entries in document.items() if isinstance(entries, list)]
    return [(name, entries) for name, entries in topics if any(isinstance(entry, dict) for entry in entries)]


def _named(document: Record) -> list[tuple[str, list[Any]]]:
    """The lists in it that have one of the usual names, the likeliest first."""
    lower = {str(name).lower(): name for name in document}
    found = [(str(lower[known]), document[lower[known]]) for known in _LISTS if known in lower]
    return [(name, entries) for name, entries in found if isinstance(entries, list)]


def _refuse_constant(name: str) -> None:
    raise _NotFinite(name)
