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


def find_list(document: Any) -> tuple[str, list[Any]]:
    """(its name, the list of a document that is one or holds one); ("", []) when there is none."""
    if isinstance(document, list):
        return "questions", document
    if isinstance(document, dict):
        lower = {str(name).lower(): name for name in document}
        for known in _LISTS:
            if known in lower and isinstance(document[lower[known]], list):
                return str(lower[known]), document[lower[known]]
    return "", []


def _refuse_constant(name: str) -> None:
    raise _NotFinite(name)
