"""Texts for the XML that we write: what XML cannot hold is left out, and what must look like itself is escaped."""

import html

from formats.text import storable


def clean(text: str) -> str:
    """XML has no place for some characters, not even escaped."""
    return storable(text).translate({0x0B: "\n", 0x0C: "\n", 0xFFFE: "", 0xFFFF: ""})


def as_html(text: str) -> str:
    return html.escape(clean(text), quote=False).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")
