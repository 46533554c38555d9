"""A file as it was brought, and what it turns out to be: text, an archive, tables. Each is worked out once, by whoever
asks first; what cannot be had raises the same FormatError to everybody."""

from collections.abc import Callable
from typing import Any, TypeVar

from formats import archive, delimited, json_text, text, xlsx
from formats.archive import Archive
from formats.intermediate import FormatError
from formats.sheet import Sheet
from formats.text import Decoded

T = TypeVar("T")


class Source:
    """`filename` is what its owner calls it; nothing is decided by it alone."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.data = data
        self.filename = filename
        self._known: dict[str, Any] = {}

    def has_extension(self, *extensions: str) -> bool:
        return self.filename.lower().endswith(extensions)

    def decoded(self) -> Decoded:
        """The text as it stands there. Raises FormatError for what is no text."""
        return self._once("decoded", lambda: text.decode(self.data))

    def text(self) -> str:
        """The text with one kind of line end and without invisible controls. Raises FormatError."""
        return self._once("text", lambda: text.normalise(self.decoded().text))

    def json(self) -> Any:
        """What the text says as JSON. Raises FormatError, with the place of the fault where it is meant to be JSON."""
        return self._once("json", lambda: json_text.load(self.decoded().text))

    def archive(self) -> Archive | None:
        """None when it is no zip file. Raises FormatError for one that is damaged or not to be trusted."""
        return self._once("archive", lambda: archive.open_archive(self.data))

    def sheets(self) -> list[Sheet]:
        """The visible tables of a workbook, or the one of a delimited text; none when it is neither.

        Raises FormatError for a workbook that cannot be read and for what is no text.
        """
        return self._once("sheets", self._read_sheets)

    def _read_sheets(self) -> list[Sheet]:
        packed = self.archive()
        if packed is not None:
            return xlsx.read_workbook(self.data, packed) if xlsx.is_workbook(packed) else []
        return delimited.read_table(self.text())

    def _once(self, name: str, work_out: Callable[[], T]) -> T:
        if name not in self._known:
            try:
                self._known[name] = work_out()
            except FormatError as error:
                self._known[name] = error
        found: T | FormatError = self._known[name]
        if isinstance(found, FormatError):
            raise found
        return found
