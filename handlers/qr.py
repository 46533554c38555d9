"""The QR code of an address as an inline SVG, drawn by attributes alone as the Content Security Policy demands."""

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=256)
def qr_svg(address: str) -> Markup:
    """Scales to its box; black on white with the quiet zone that readers need."""
    drawn = segno.make(address, micro=False, error="m").svg_inline(
        dark="#000", light="#fff", border=4, omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno draws it; the address is only in the pattern
