"""A GIFT question while it is read: its texts made plain, in the format that each of them declares."""

import re

from formats import marks, markup
from formats.draft import Draft
from formats.gift_scan import unescape

_FORMAT = re.compile(r"\s*+\[(html|moodle|plain|markdown)\]", re.IGNORECASE)


class GiftDraft(Draft):
    """Texts in the format that the stem declares."""

    def __init__(self) -> None:
        super().__init__()
        self._format = "moodle"

    def begin(self, raw: str) -> None:
        """The format of the question itself is the default of all its texts."""
        if match := _FORMAT.match(raw):
            self._format = match[1].lower()
        self.has_formulas = self._format != "plain"

    def stem(self, raw: str) -> str:
        """Plain text of the question itself; its format is the default of all texts after it."""
        self.begin(raw)
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

    def _formatted(self, raw: str) -> tuple[str, str]:
        match = _FORMAT.match(raw)
        return (match[1].lower(), raw[match.end() :]) if match else (self._format, raw)

    def _plain(self, body: str, format: str) -> str:
        text = marks.without(unescape(body))
        if format == "html":
            return markup.from_html(text, self.lost)
        if format == "markdown":
            return markup.from_markdown(text, self.lost)
        return text if format == "plain" else markup.from_unmarked(text, self.lost)


def _without_gaps(text: str) -> str:
    """Without blanks at line ends and without more than one empty line at a time."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    joined = marks.joined("\n".join(lines).strip())
    return joined if marks.bare(joined).strip() else ""
