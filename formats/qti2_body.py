"""The body of a QTI 2 item: XHTML within XML, written out as HTML that markup.py reads."""

import html
from collections.abc import Callable
from xml.etree.ElementTree import Element

from formats.gaps import without_places
from formats.intermediate import Skip

Handle = Callable[[Element], str | None]
"""What stands in an element's place; None for the element as it is."""

DEEPEST = 100
# Shown when something has been answered, or to others than those who are asked.
HIDDEN = ("feedbackBlock", "feedbackInline", "templateBlock", "templateInline", "printedVariable", "stylesheet")
_KEPT = ("src", "alt", "alttext", "href", "data", "type")


def html_of(element: Element, handle: Handle, depth: int = 0) -> str:
    """All that is in the element, without itself. Raises Skip."""
    if depth > DEEPEST:
        raise Skip("too_deep", "This question is nested far deeper than a question can be.")
    pieces = [_text(element.text)]
    for child in element:
        # Comments have no name.
        if isinstance(child.tag, str):
            given = handle(child)
            pieces.append(_written(child, handle, depth) if given is None else given)
        pieces.append(_text(child.tail))
    return "".join(pieces)


def inner(element: Element) -> str:
    """All that is in it and is shown from the beginning."""
    return html_of(element, hidden)


def hidden(element: Element) -> str | None:
    return "" if element.tag in HIDDEN else None


def _written(element: Element, handle: Handle, depth: int) -> str:
    attributes = "".join(
        f' {name}="{html.escape(value)}"' for name in _KEPT if (value := element.get(name)) is not None
    )
    return f"<{element.tag}{attributes}>{html_of(element, handle, depth + 1)}</{element.tag}>"


def _text(text: str | None) -> str:
    return html.escape(without_places(text or ""), quote=False)
