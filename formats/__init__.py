"""The quiz formats: which there are, which one a file is in, and the way through the right one. Pure: bytes in."""

from typing import Protocol

from formats import (
    aiken,
    gift,
    h5p,
    json_records,
    kahoot_xlsx,
    markdown,
    moodle_xml,
    opentdb,
    opentriviaqa,
    qti2,
    qti12,
    quizhall_json,
    quizhall_zip,
    socrative,
    table,
    wayground,
)
from formats.intermediate import FormatError, Issue, Parsed, in_parts
from formats.source import Source
from formats.strangers import refuse

__all__ = ["FORMATS", "MAX_BYTES", "Format", "FormatError", "Issue", "Parsed", "detect", "parse"]

MAX_BYTES = 20 * 1024 * 1024


class Format(Protocol):
    """What a format module brings. One that writes has `export(quiz) -> Exported` too, or with `CARRIES_IMAGES`
    `export(quiz, images)`, where `images` are files by the names that the quiz has for them, the sounds among them
    with `CARRIES_SOUNDS`.

    `detect` is 0 (certainly not) to 1; both raise FormatError and nothing else, whatever the bytes are.
    """

    NAME: str
    LABEL: str
    EXTENSIONS: tuple[str, ...]

    def detect(self, source: Source) -> float: ...

    def parse(self, source: Source) -> list[Parsed]: ...


# In the order in which a teacher reads of them.
FORMATS: dict[str, Format] = {
    format.NAME: format
    for format in (
        kahoot_xlsx,
        wayground,
        socrative,
        table,
        moodle_xml,
        qti12,
        qti2,
        h5p,
        gift,
        aiken,
        markdown,
        quizhall_zip,
        quizhall_json,
        opentdb,
        opentriviaqa,
        json_records,
    )
}


def detect(source: Source) -> Format:
    """The format that fits best. Raises FormatError, which names what the file is, where that is known."""
    scores = {name: _score(format, source) for name, format in FORMATS.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0:
        return FORMATS[best]
    refuse(source)
    raise FormatError("This is not a quiz file that Quizhall can read; the import page lists those that it reads.")


def _score(format: Format, source: Source) -> float:
    try:
        return format.detect(source)
    except FormatError:
        return 0.0


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
