"""Image files to upload: made here, so that each test says what is in its own."""

import io
import zlib
from typing import Any

from PIL import Image

RED, BLUE = (200, 0, 0), (0, 0, 200)
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def halves(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """The left half red, the right one blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def photo(width: int = 300, height: int = 200) -> Image.Image:
    """As many colours as a photo has."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 80) for _ in range(3)])


def file_of(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def with_exif(image: Image.Image, orientation: int = 1) -> bytes:
    """A JPEG that tells how it was held, by what, and where."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "A telling phone"
    exif.get_ifd(GPS)[1] = "N"
    return file_of(image, "JPEG", exif=exif, comment=b"a secret remark")


def png_of_size(width: int, height: int) -> bytes:
    """Says that it is that large, and holds nothing: what a decompression bomb begins like."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def read(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
