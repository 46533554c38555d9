"""Which formats there are, what each is called, and when one is worth asking.

A format's modules are loaded when a file needs them: all of them together take longer to load than most files to read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from formats.exported import Exported
from formats.intermediate import FormatError, Parsed
from formats.source import Source
from formats.xlsx import is_workbook

_BEGINNING = 100_000
_JSON = (b"{", b"[")

MayBe = Callable[[Source], bool]
"""A cheap look at a file: False where it is certainly none of the format's. A FormatError is that too."""


@dataclass(frozen=True, slots=True)
class Format:
    """`reader` is a module of this package with `detect(source)` and `parse(source)`, which raise FormatError and
    nothing else, whatever the bytes are; `writer` one with `export(quiz)`, or `export(quiz, files)` where it `carries`
    files of these fields of a question's media.
    """

    name: str
    label: str
    extensions: tuple[str, ...]
    may_be: MayBe
    reader: str
    writer: str = ""
    carries: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        return bool(self.writer)

    def detect(self, source: Source) -> float:
        """0 (certainly not) to 1."""
        try:
            return float(_module(self.reader).detect(source)) if self.may_be(source) else 0.0
        except FormatError:
            return 0.0

    def parse(self, source: Source) -> list[Parsed]:
        """The quizzes of the file. Raises FormatError."""
        parsed: list[Parsed] = _module(self.reader).parse(source)
        return parsed

    def export(self, quiz: dict[str, Any], files: Mapping[str, bytes] | None = None) -> Exported:
        """The quiz as a file, with what it could not carry; `files` are its images and sounds by their names."""
        arguments = (files or {},) if self.carries else ()
        exported: Exported = _module(self.writer).export(quiz, *arguments)
        return exported


def _module(name: str) -> Any:
    return import_module(f"formats.{name}")


def _is_table(source: Source) -> bool:
    return bool(source.sheets())


def _is_text(source: Source) -> bool:
    return source.archive() is None and bool(source.text())


def _is_json(source: Source) -> bool:
    return source.data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(_JSON) or source.has_extension(
        ".json"
    )


def _holds(*names: str) -> MayBe:
    """A zip that is no workbook, with a part that is called so, or ends so."""

    def look(source: Source) -> bool:
        packed = source.archive()
        return packed is not None and not is_workbook(packed) and any(n.lower().endswith(names) for n in packed.names)

    return look


def _says(*signs: str) -> MayBe:
    """A text with one of these signs soon."""

    def look(source: Source) -> bool:
        beginning = source.text()[:_BEGINNING] if source.archive() is None else ""
        return any(sign in beginning for sign in signs)

    return look


def _either(*looks: MayBe) -> MayBe:
    return lambda source: any(look(source) for look in looks)


_is_qti12 = _either(_holds("imsmanifest.xml"), _says("<questestinterop"))
_is_qti2 = _either(_holds(".xml", ".qti"), _says("assessmentItem", "assessmentTest", "qti-assessment-"))
_SHEET = (".xlsx", ".csv")

# In the order in which a teacher reads of them.
_ALL = (
    Format("kahoot", "Kahoot spreadsheet", _SHEET, _is_table, "kahoot_xlsx", "kahoot_writer"),
    Format("wayground", "Wayground (Quizizz) spreadsheet", _SHEET, _is_table, "wayground", "wayground_writer"),
    Format("socrative", "Socrative spreadsheet", _SHEET, _is_table, "socrative"),
    Format("csv", "Table of questions (CSV, Excel)", (".csv", ".tsv", ".xlsx"), _is_table, "table", "table_writer"),
    Format("moodle-xml", "Moodle XML", (".xml",), _says("<quiz"), "moodle_xml", "moodle_writer", ("image",)),
    Format("qti", "Canvas (QTI 1.2)", (".zip", ".imscc", ".xml"), _is_qti12, "qti12", "qti12_writer", ("image",)),
    Format("qti2", "QTI 2.1, 2.2 and 3", (".zip", ".xml"), _is_qti2, "qti2"),
    Format("h5p", "H5P", (".h5p",), _holds("h5p.json"), "h5p"),
    Format("gift", "Moodle GIFT", (".gift", ".gift.txt", ".txt"), _is_text, "gift", "gift_writer"),
    Format("aiken", "Aiken", (".txt",), _is_text, "aiken", "aiken_writer"),
    Format("markdown", "Markdown", (".md", ".txt"), _is_text, "markdown", "markdown_writer"),
    Format(
        "zip",
        "Quizhall with images and sounds",
        (".zip",),
        _holds("quiz.json"),
        "quizhall_zip",
        "quizhall_zip",
        ("image", "audio"),
    ),
    Format("json", "Quizhall JSON", (".json",), _is_json, "quizhall_json", "quizhall_json"),
    Format("opentdb", "Open Trivia Database (JSON)", (".json",), _is_json, "opentdb"),
    Format("opentriviaqa", "OpenTriviaQA (text)", (".txt",), _says("#Q"), "opentriviaqa"),
    Format("json-list", "List of questions and answers (JSON)", (".json",), _is_json, "json_records"),
)
FORMATS: dict[str, Format] = {format.name: format for format in _ALL}
