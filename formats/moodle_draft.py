"""A question of Moodle XML while it is read: its texts made plain, and the files that they refer to."""

import base64
import binascii
import math
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from formats import marks, markup
from formats.draft import Draft, tidy_lines
from formats.html_reader import TakeFile
from formats.intermediate import Skip

PLUGIN_FILE = "@@PLUGINFILE@@"
# The weights that Moodle offers, in percent; others are mistakes of those who wrote the file.
_GRADES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5]
_GRADES += [11.11111, 10, 5, 0]


class MoodleDraft(Draft):
    def __init__(self, element: Element) -> None:
        super().__init__(self._file)
        self.element = element

    def raw(self, path: str) -> str:
        """The text of a child without blanks around it, "" when there is none."""
        return (self.element.findtext(path) or "").strip()

    def ask(self) -> None:
        """The question's own text, and its picture and sound. Raises Skip."""
        element = self.element.find("questiontext")
        text, format = source_of(element)
        self.ask_text(text, format)

    def ask_text(self, text: str, format: str) -> None:
        """Raises Skip for a question without a text."""
        self.has_formulas = format != "plain_text"
        self.fields["prompt"] = self._tidy(text, format, self.take_file)
        self._take_old_picture()
        self.fields["prompt"] = self.fields["prompt"] or self.fields.get("media", {}).get("alt", "")
        if not self.fields["prompt"]:
            raise Skip("no_text", "This question has no text.")

    def plain(self, element: Element | None, *, is_line: bool = False) -> str:
        """Text, with marks, of an element with a `text` child; without a format it is HTML, as in Moodle."""
        text = self._tidy(*source_of(element), markup.leave_file)
        return " ".join(filter(None, text.split("\n"))) if is_line else text

    def answers(self) -> list[tuple[Element, float, str]]:
        """(element, weight -1 to 1, feedback) of each."""
        return [
            (answer, self._weight(answer.get("fraction")), self.plain(answer.find("feedback"), is_line=True))
            for answer in self.element.findall("answer")
        ]

    def _tidy(self, text: str, format: str, take: TakeFile) -> str:
        text = marks.without(text)
        if format == "markdown":
            text = markup.from_markdown(text, self.lost)
        elif format == "html" and ("<" in text or "&" in text):
            text = markup.from_html(text, self.lost, take)
        elif format == "moodle_auto_format":
            text = markup.from_unmarked(text, self.lost)
        return tidy_lines(text)

    def _weight(self, text: str | None) -> float:
        try:
            weight = float((text or "0").strip().replace(",", ".") or 0) / 100
        except ValueError:
            self.warn("weight_unclear", f"“{(text or '')[:40]}” is no weight; the answer counts nothing.")
            return 0.0
        if not -1 <= weight <= 1:
            self.warn("weight_limited", f"A weight of {text} % was limited to 100 %.")
        elif not any(math.isclose(abs(weight) * 100, grade, abs_tol=0.01) for grade in _GRADES):
            self.warn("weight_unusual", f"Moodle has no weight of {text} %; it was kept as it stands.")
        # NaN is neither below nor above anything.
        return max(-1.0, min(1.0, weight)) if weight == weight else 0.0

    def _take_old_picture(self) -> None:
        """Moodle 1.9 kept one beside the text."""
        self.take_picture(self.raw("image"), "")

    def _file(self, reference: str) -> bytes | None:
        """A file within the question, by the address that its texts have for it."""
        if reference == self.raw("image"):
            return _decoded(self.raw("image_base64"))
        name = unquote(reference.removeprefix(PLUGIN_FILE)).lstrip("/").partition("?")[0]
        for file in self.element.iter("file"):
            path = f"{(file.get('path') or '').strip('/')}/{file.get('name') or ''}".lstrip("/")
            if name in (path, file.get("name")) and reference.startswith(PLUGIN_FILE):
                return _decoded(file.text or "")
        return None


def source_of(element: Element | None) -> tuple[str, str]:
    """(text, format) as they stand there."""
    if element is None:
        return "", "html"
    text = element.findtext("text")
    return (text if text is not None else element.text) or "", (element.get("format") or "html").strip()


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None
