"""The quiz formats: which there are, which one a file is in, and the way through the right one. Pure: bytes in."""

from typing import Protocol

from formats import gift, quizhall_json
from formats.intermediate import FormatError, Issue, Parsed, in_parts
from formats.text import decode

__all__ = ["FORMATS", "MAX_BYTES", "Format", "FormatError", "Issue", "Parsed", "detect", "parse"]

MAX_BYTES = 20 * 1024 * 1024


class Format(Protocol):
    """What a format module brings. One that writes has `export(quiz) -> bytes` too.

    `detect` is 0 (certainly not) to 1; `parse` raises FormatError and nothing else, whatever the bytes are.
    """

    NAME: str
    LABEL: str
    EXTENSIONS: tuple[str, ...]

    def detect(self, data: bytes, filename: str) -> float: ...

    def parse(self, data: bytes, filename: str) -> list[Parsed]: ...


FORMATS: dict[str, Format] = {format.NAME: format for format in (gift, quizhall_json)}


def detect(data: bytes, filename: str) -> Format:
    """The format that fits best. Raises FormatError naming what can be read when none does."""
    scores = {name: format.detect(data, filename) for name, format in FORMATS.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0:
        return FORMATS[best]
    # A picture or a web page is called by its name.
    decode(data)
    known = " and ".join(f"{format.LABEL} ({', '.join(format.EXTENSIONS)})" for format in FORMATS.values())
    raise FormatError(f"This is not a quiz file that Quizhall can read. It reads {known}.")


def parse(data: bytes, filename: str, format: str | None = None) -> list[Parsed]:
    """The quizzes of a file, at least one question found in all. Raises FormatError with one plain sentence."""
    if len(data) > MAX_BYTES:
        raise FormatError(f"The file is larger than {MAX_BYTES // 1024**2} MB, the most that can be imported.")
    if not data.strip():
        raise FormatError("The file is empty.")
    if format is not None and format not in FORMATS:
        raise FormatError(f"There is no format “{format}”; Quizhall reads {', '.join(FORMATS)}.")
    chosen = FORMATS[format] if format is not None else detect(data, filename)
    parsed = [part for quiz in chosen.parse(data, filename) for part in in_parts(quiz)]
    if not any(quiz.found for quiz in parsed):
        raise FormatError("There are no questions in this file.")
    return parsed
