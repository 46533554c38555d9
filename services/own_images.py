"""Images that come back from where they went: what is nothing but what images.py writes is kept byte for byte, since
encoding it again would lose a little each time. All else is made anew."""

import hashlib
import io

from PIL import Image

from services.images import SIDE_MOST, TYPES, remake
from services.medium import Medium

_PNG = b"\x89PNG\r\n\x1a\n"
# What Pillow writes of a picture without holes; any other chunk may hold what nobody sees.
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
_WEBP_PICTURES = (b"VP8 ", b"VP8L")
_RIFF_HEAD = 20


def kept_or_remade(data: bytes) -> Medium:
    """Raises Invalid for what is no picture."""
    return _kept(data) or remake(data)


def _kept(data: bytes) -> Medium | None:
    ending = "webp" if _is_bare_webp(data) else "png" if _is_bare_png(data) else ""
    if not ending:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=[ending.upper()]) as image:
            if max(image.size) > SIDE_MOST or getattr(image, "is_animated", False):
                return None
            image.load()
            size = image.size
    # As images.remake, which then finds the words for it.
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, EOFError, OverflowError, MemoryError):
        return None
    return Medium(f"{hashlib.sha256(data).hexdigest()}.{ending}", TYPES[ending], *size, data)


def _is_bare_webp(data: bytes) -> bool:
    """The picture and nothing else: no place, no camera, no profile, nothing behind it."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or data[12:16] not in _WEBP_PICTURES:
        return False
    length = int.from_bytes(data[16:20], "little")
    whole = _RIFF_HEAD + length + length % 2
    return len(data) == whole and int.from_bytes(data[4:8], "little") == whole - 8


def _is_bare_png(data: bytes) -> bool:
    if not data.startswith(_PNG):
        return False
    at, name = len(_PNG), b""
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name not in _PNG_CHUNKS:
            return False
        at += 12 + length
        if name == b"IEND":
            break
    return name == b"IEND" and at == len(data)
