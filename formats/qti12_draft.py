"""An item of QTI 1.2 while it is read: its texts, what there is to choose from, and what gives points."""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from formats.draft import Draft
from formats.pictures import FindPicture
from formats.qti2_body import hidden, html_of

_FILE_BASE = re.compile(r"(?:\$|%24)IMS[-_]CC[-_]FILE_?BASE(?:\$|%24)/?", re.IGNORECASE)
_EQUATION = re.compile("data-equation-content|math_equation_latex")


class ItemDraft(Draft):
    def __init__(self, item: Element, find: FindPicture) -> None:
        super().__init__(lambda reference: find(_FILE_BASE.sub("", reference)))
        self.item = item
        # The conditions that give points, and what they ask for by what it is the answer to (None: all of it).
        self.right = [condition for condition in item.iter("respcondition") if points(condition) > 0]
        self._equal: dict[str | None, dict[str, None]] = {}
        for name, value in (pair for condition in self.right for pair in equal(condition)):
            for key in (None, name):
                self._equal.setdefault(key, {})[value] = None
        # Canvas marks its own; dollars in its texts are dollars.
        self.has_formulas = any(_EQUATION.search(text.text or "") for text in item.iter("mattext"))

    def text(self, element: Element | None) -> str:
        """Plain text of all material in an element."""
        return self.html(source_of(element))

    def labels(self, within: Element | None = None) -> dict[str, str]:
        """Text of each answer to choose from by its name, "" where it has none."""
        found = self.item if within is None else within
        return {label.get("ident") or "": self.line(source_of(label)) for label in found.iter("response_label")}

    def equal(self, respident: str | None = None) -> list[str]:
        """What is right, all conditions together, or only in answer to one of several things that are asked."""
        return list(self._equal.get(respident, ()))

    def feedback(self, name: str) -> str:
        for told in self.item.iter("itemfeedback"):
            if told.get("ident") == name:
                return self.text(told)
        return ""


def source_of(element: Element | None) -> str:
    """HTML of all material in an element."""
    pieces = []
    for part in element.iter() if element is not None else ():
        if part.tag == "mat_formattedtext":
            pieces.append(f"<div>{part.text or ''}</div>")
        elif part.tag == "mattext":
            pieces.append(f"<div>{_mattext(part)}</div>")
        elif part.tag == "matimage" and part.get("uri"):
            pieces.append(f'<img src="{html.escape(part.get("uri") or "")}">')
        elif part.tag == "mataudio" and part.get("uri"):
            pieces.append(f'<audio src="{html.escape(part.get("uri") or "")}"></audio>')
    return "".join(pieces)


def _mattext(part: Element) -> str:
    """HTML is escaped within it, as Canvas does, or stands there as elements."""
    text = part.text or ""
    if len(part):
        return html_of(part, hidden)
    is_html = part.get("texttype") == "text/html" or "<" in text
    return text if is_html else html.escape(text, quote=False)


def points(condition: Element) -> float:
    """What it adds; feedback conditions add nothing."""
    total = 0.0
    for setvar in condition.iter("setvar"):
        # Blackboard says that it is all there is.
        said = (setvar.text or "").strip()
        try:
            total += 100 if said == "SCORE.max" else float(said or 0)
        except ValueError:
            continue
    return total


def equal(condition: Element) -> Iterator[tuple[str, str]]:
    """(what it is the answer to, value) of all that it asks for; values within `not` are wrong ones."""
    refused = {id(inner) for negation in condition.iter("not") for inner in negation.iter("varequal")}
    for varequal in condition.iter("varequal"):
        if id(varequal) not in refused:
            yield varequal.get("respident") or "", (varequal.text or "").strip()
