"""A question of Moodle XML while it is read: its texts made plain, and what the teacher must be told about them."""

import math
from typing import Any
from xml.etree.ElementTree import Element

from formats import markup
from formats.intermediate import MAX_EXPLANATION, Skip

_SHOWN_LOSSES = 3
# The weights that Moodle offers, in percent; others are mistakes of those who wrote the file.
_GRADES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5]
_GRADES += [11.11111, 10, 5, 0]


class MoodleDraft:
    def __init__(self, element: Element) -> None:
        self.element = element
        self.warnings: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.fields: dict[str, Any] = {}
        self._lost: list[str] = []

    def warn(self, code: str, message: str) -> None:
        if (code, message) not in self.warnings:
            self.warnings.append((code, message))

    def raw(self, path: str) -> str:
        """The text of a child without blanks around it, "" when there is none."""
        return (self.element.findtext(path) or "").strip()

    def plain(self, element: Element | None, *, is_line: bool = False) -> str:
        """Plain text of an element with a `text` child; without a format it is HTML, as in Moodle."""
        if element is None:
            return ""
        text = element.findtext("text") or (element.text or "")
        format = (element.get("format") or "html").strip()
        if format == "markdown":
            text = markup.from_markdown(text, self._lost)
        elif format == "html" and ("<" in text or "&" in text):
            text = markup.from_html(text, self._lost)
        elif format == "moodle_auto_format":
            text = markup.from_unmarked(text, self._lost)
        lines = [" ".join(line.split()) for line in text.split("\n")]
        if is_line:
            return " ".join(filter(None, lines))
        kept: list[str] = []
        for line in lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        return "\n".join(kept).strip()

    def answers(self) -> list[tuple[Element, float, str]]:
        """(element, weight -1 to 1, feedback) of each."""
        return [
            (answer, self._weight(answer.get("fraction")), self.plain(answer.find("feedback"), is_line=True))
            for answer in self.element.findall("answer")
        ]

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

    def finish(self) -> dict[str, Any]:
        """The fields of the question, whole. Raises Skip."""
        if not self.fields["prompt"]:
            raise Skip("no_text", "This question has no text.")
        if explanation := self.plain(self.element.find("generalfeedback")):
            self.fields["explanation"] = self._shortened("explanation", explanation)
        if self.notes:
            self.fields["notes"] = self._shortened("notes", "\n".join(self.notes))
        has_file = any(True for _ in self.element.iter("file")) or self.element.find("image_base64") is not None
        if has_file and not any(lost.startswith("picture") for lost in self._lost):
            self.warn("picture_lost", "Its picture or recording did not come along; add it yourself.")
        if self._lost:
            shown, more = ", ".join(self._lost[:_SHOWN_LOSSES]), len(self._lost) - _SHOWN_LOSSES
            self.warn("markup_lost", f"Not taken over: {shown}{f' and {more} more' if more > 0 else ''}.")
        return self.fields

    def _shortened(self, name: str, text: str) -> str:
        if len(text) <= MAX_EXPLANATION:
            return text
        self.warn("text_shortened", f"The {name} was longer than {MAX_EXPLANATION} characters and was cut.")
        return text[: MAX_EXPLANATION - 1].rstrip() + "…"
