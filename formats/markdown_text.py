"""Texts and marks of our Markdown: a text as it stands, or with every sign escaped, and `{time=30 points=500}`."""

import re
from collections.abc import Iterator
from typing import Any

_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPOKEN = {"n": "\n", "t": "\t"}
_MARKS = re.compile(r"(?:^|[ \t]+)\{([^{}\n]*)\}[ \t]*$")
_MARK = re.compile(r"([a-z_]+)(?:=(\S+))?")

KINDS = frozenset(
    (
        *("single", "multi", "true_false", "poll", "text", "number", "info"),
        *("order", "match", "categorize", "blanks", "hotspot", "scale", "wordcloud", "open"),
    )
)
KEYS = frozenset(("time", "points", "compare", "score", "min", "max", "words", "units", "markup"))
MARK = "quizhall:"
"""In the first lines of what we write."""
ESCAPED = "escaped"
TITLE = "quiz"
NO_ACCENTS = "ignore_accents"

# Before a question, as in “3. Where …” or “Question 3” on a line of its own.
NUMBER = re.compile(
    r"\(?(?:(?:question|frage|aufgabe|q)\s*\d{1,3}(?:[.):]+\s*|[ \t]*\n\s*)|\d{1,3}(?:[.):]+\s+|[ \t]*\n\s*))",
    re.IGNORECASE,
)

# A text with none of these looks the same, formatted or not.
FORMATTING = re.compile(r"[\\*_`~$\[\]<>#|&]|^\s*(?:[-+]|\d+[.)])\s|\n|^\s*[-=]+\s*$|https?:", re.MULTILINE)

Marks = dict[str, str]


def escape(text: str) -> str:
    """One line in which no sign means anything; Markdown elsewhere shows it as it is meant."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n").replace("\t", "\\t")


def unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: _SPOKEN.get(match[1], match[1]), text)


def take_marks(line: str, known: frozenset[str] = KEYS) -> tuple[str, Marks]:
    """(the line without its marks, the marks); braces with anything unknown in them are text."""
    found = _MARKS.search(line)
    if found is None:
        return line, {}
    marks: Marks = {}
    for part in found[1].split():
        match = _MARK.fullmatch(part)
        if match is None:
            return line, {}
        name, value = match[1], match[2]
        if value is None and name in KINDS:
            marks["kind"] = name
        elif value is None and name in (ESCAPED, TITLE, NO_ACCENTS):
            marks[name] = ""
        elif value is not None and name in known:
            marks[name] = value
        else:
            return line, {}
    return (line[: found.start()], marks) if marks else (line, {})


def write_marks(marks: Marks) -> str:
    """As `take_marks` takes them off, with a blank before them; "" for none."""
    parts = [value if name == "kind" else f"{name}={value}" if value else name for name, value in marks.items()]
    return f" {{{' '.join(parts)}}}" if parts else ""


def texts_in(value: Any) -> Iterator[str]:
    """All texts of a question but the name of its kind, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name not in ("kind", "media", "id", "match", "score", "markup", "units", "accepted"):
                yield from texts_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts_in(entry)
