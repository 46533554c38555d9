"""A GIFT question while it is read: its texts made plain, and what the teacher must be told about them."""

import re
from typing import Any

from formats import markup
from formats.gift_scan import unescape
from formats.intermediate import MAX_EXPLANATION

_FORMAT = re.compile(r"\s*+\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_SHOWN_LOSSES = 3


class Draft:
    """Collects warnings `(code, message)`, notes for the teacher, and texts in the format that the stem declares."""

    def __init__(self) -> None:
        self.warnings: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.fields: dict[str, Any] = {}
        self._lost: list[str] = []
        self._format = "moodle"

    def warn(self, code: str, message: str) -> None:
        if (code, message) not in self.warnings:
            self.warnings.append((code, message))

    def stem(self, raw: str) -> str:
        """Plain text of the question itself; its format is the default of all texts after it."""
        match = _FORMAT.match(raw)
        if match:
            self._format = match[1].lower()
        return self.long_text(raw)

    def long_text(self, raw: str) -> str:
        """Plain text that keeps its lines."""
        format, body = self._formatted(raw)
        if format != "markdown":
            body = "\n".join(line.strip() for line in body.split("\n"))
        return _without_gaps(self._plain(body, format))

    def short_text(self, raw: str) -> str:
        r"""Plain text on one line, unless a line break was written as \n."""
        format, body = self._formatted(raw)
        body = " ".join(line.strip() for line in body.split("\n"))
        return _without_gaps(self._plain(body, format))

    def feedback(self, answer: str, raw: str) -> None:
        """Feedback on an answer that is not a choice has no place on the phones; the teacher keeps it."""
        if text := self.short_text(raw):
            self.notes.append(f"{answer}: {text}")

    def finish(self) -> dict[str, Any]:
        """The fields of the question, whole."""
        if self._lost:
            shown = ", ".join(self._lost[:_SHOWN_LOSSES])
            more = len(self._lost) - _SHOWN_LOSSES
            self.warn("markup_lost", f"Not taken over: {shown}{f' and {more} more' if more > 0 else ''}.")
        for name, text in (("explanation", self.fields.get("explanation")), ("notes", "\n".join(self.notes))):
            if text:
                self.fields[name] = self._shortened(name, text)
        return self.fields

    def _shortened(self, name: str, text: str) -> str:
        if len(text) <= MAX_EXPLANATION:
            return text
        self.warn("text_shortened", f"The {name} was longer than {MAX_EXPLANATION} characters and was cut.")
        return text[: MAX_EXPLANATION - 1].rstrip() + "…"

    def _formatted(self, raw: str) -> tuple[str, str]:
        match = _FORMAT.match(raw)
        return (match[1].lower(), raw[match.end() :]) if match else (self._format, raw)

    def _plain(self, body: str, format: str) -> str:
        text = unescape(body)
        if format == "html":
            return markup.from_html(text, self._lost)
        if format == "markdown":
            return markup.from_markdown(text, self._lost)
        return text if format == "plain" else markup.from_unmarked(text, self._lost)


def _without_gaps(text: str) -> str:
    """Without blanks at line ends and without more than one empty line at a time."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()
