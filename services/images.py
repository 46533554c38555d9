"""Makes a picture that somebody sent fit to be shown: decoded, turned upright, scaled down, encoded anew.

Nothing of the file itself is kept, so nothing that hides in it is: no EXIF, no place where it was taken, no script.
Owns what counts as a picture; storing it is media.py's.
"""

import hashlib
import io

from PIL import GifImagePlugin, Image, ImageCms, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from services.errors import Invalid
from services.medium import Medium

FILE_MOST = 10 * 1024 * 1024
PIXELS_MOST = 30_000_000
SIDE_MOST = 1600
QUALITY = 82
# Drawings and screenshots: without loss, unless that takes more than twice as much.
FEW_COLOURS = 256
WORTH_IT = 2

# No other decoder sees a byte.
READERS = [reader.format for reader in (PngImagePlugin.PngImageFile, JpegImagePlugin.JpegImageFile)]
READERS += [reader.format for reader in (WebPImagePlugin.WebPImageFile, GifImagePlugin.GifImageFile)]
# By Pillow's name: ours, and what a browser calls it. MPO is what some phones write into a .jpg: several pictures.
FORMATS = {
    "PNG": ("PNG", "image/png"),
    "JPEG": ("JPEG", "image/jpeg"),
    "MPO": ("JPEG", "image/jpeg"),
    "WEBP": ("WebP", "image/webp"),
    "GIF": ("GIF", "image/gif"),
}
TYPES = {"webp": "image/webp", "png": "image/png"}

TOO_LARGE = "The file is larger than 10 MB. Save it smaller and try again."
TOO_MANY_PIXELS = "The image has {size} pixels, at most 30 million are possible. Scale it down and try again."
NOT_AN_IMAGE = "This is not an image that Quizhall can read. It takes PNG, JPEG, WebP and GIF."
BROKEN = "This {kind} image is damaged and cannot be read to its end."
IS_SVG = "SVG drawings can contain programs, so Quizhall does not take them. Save it as PNG and try again."
IS_HEIC = "Quizhall cannot read HEIC photos. Save it as JPEG and try again."
LIES = "The file says that it is {said}, but it is {kind}. Save it as what it is and try again."

# Pillow would warn at a number of its own; every size is looked at below, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def remake(data: bytes, said_type: str = "") -> Medium:
    """The picture of a file; `said_type` is the media type that came with it, if any. Raises Invalid.

    Takes up to a few seconds and 300 MB: for an executor, one at a time.
    """
    if len(data) > FILE_MOST:
        raise unusable(TOO_LARGE)
    try:
        with Image.open(io.BytesIO(data), formats=READERS) as opened:
            kind, media_type = FORMATS[opened.format or ""]
            _check(opened, kind, media_type, said_type)
            upright = _upright(opened, kind)
    # What a hostile file makes a decoder raise is not one kind of error; the list is what Pillow's own tests meet.
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, EOFError, OverflowError, MemoryError) as error:
        raise unusable(_no_image(data)) from error
    return _encoded(upright)


def unusable(sentence: str) -> Invalid:
    return Invalid(sentence, [{"field": "file", "reason": sentence}])


def _check(opened: Image.Image, kind: str, media_type: str, said_type: str) -> None:
    if said_type.startswith("image/") and said_type.replace("jpg", "jpeg") != media_type:
        raise unusable(LIES.format(said=said_type.removeprefix("image/"), kind=kind))
    if opened.width * opened.height > PIXELS_MOST:
        raise unusable(TOO_MANY_PIXELS.format(size=f"{opened.width} × {opened.height}"))


def _upright(opened: Image.Image, kind: str) -> Image.Image:
    """In RGB as a screen shows it, on white, at most SIDE_MOST on each side."""
    # A JPEG can be decoded smaller at once; the other formats take no notice.
    opened.draft("RGB", (SIDE_MOST, SIDE_MOST))
    try:
        opened.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise unusable(BROKEN.format(kind=kind)) from error
    image = _in_bytes(opened)
    image.thumbnail((SIDE_MOST, SIDE_MOST), Image.Resampling.LANCZOS)
    return _on_paper(ImageOps.exif_transpose(image))


def _in_bytes(image: Image.Image) -> Image.Image:
    """In a mode that can be scaled and shown: no palettes, no more than 8 bits a channel."""
    if image.mode.startswith("I") or image.mode == "F":
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "1"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _on_paper(image: Image.Image) -> Image.Image:
    """In the colours of a screen, on white: on a dark page the black lines of a drawing with holes would be gone."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        return paper.convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that says nothing: the colours are taken as they are
    return image.convert("RGB")


def _encoded(image: Image.Image) -> Medium:
    # Pillow writes what it read along, if it is told nothing else.
    image.info.clear()
    ending, data = "webp", _saved(image, "WEBP", quality=QUALITY, method=4)
    if image.getcolors(FEW_COLOURS) is not None:
        few = image.quantize(FEW_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        drawn = _saved(_exact(few, image), "PNG", optimize=True)
        if len(drawn) <= WORTH_IT * len(data):
            ending, data = "png", drawn
    name = f"{hashlib.sha256(data).hexdigest()}.{ending}"
    return Medium(name, TYPES[ending], image.width, image.height, data)


def _exact(few: Image.Image, image: Image.Image) -> Image.Image:
    """With a palette when that loses nothing, as it should with so few colours."""
    return few if few.convert("RGB").tobytes() == image.tobytes() else image


def _saved(image: Image.Image, format: str, **options: int) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def _no_image(data: bytes) -> str:
    start = data[:1000].lower()
    if b"<svg" in start:
        return IS_SVG
    if start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"mif1", b"heim", b"hevc"):
        return IS_HEIC
    return NOT_AN_IMAGE
