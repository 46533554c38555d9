"""The quiz formats: which there are, which one a file is in, and the way through the right one. Pure: bytes in."""

from formats.format import FORMATS, Format
from formats.intermediate import FormatError, Issue, Parsed, in_parts
from formats.source import Source

__all__ = ["FORMATS", "MAX_BYTES", "Format", "FormatError", "Issue", "Parsed", "Source", "detect", "parse"]

MAX_BYTES = 20 * 1024 * 1024


def detect(source: Source) -> Format:
    """The format that fits best. Raises FormatError, which names what the file is, where that is known."""
    scores = {name: format.detect(source) for name, format in FORMATS.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0:
        return FORMATS[best]
    from formats.strangers import refuse  # with all that finds columns, for files that are no quiz

    refuse(source)
    raise FormatError("This is not a quiz file that Quizhall can read; the import page lists those that it reads.")


def parse(data: bytes, filename: str, format: str | None = None) -> list[Parsed]:
    """The quizzes of a file, at least one question found in all. Raises FormatError with one plain sentence."""
    if len(data) > MAX_BYTES:
        raise FormatError(f"The file is larger than {MAX_BYTES // 1024**2} MB, the most that can be imported.")
    if not data.strip():
        raise FormatError("The file is empty.")
    if format is not None and format not in FORMATS:
        raise FormatError(f"There is no format “{format}”; Quizhall reads {', '.join(FORMATS)}.")
    source = Source(data, filename)
    chosen = FORMATS[format] if format is not None else detect(source)
    parsed = [part for quiz in chosen.parse(source) for part in in_parts(quiz)]
    if not any(quiz.found for quiz in parsed):
        raise FormatError("There are no questions in this file.")
    return parsed
