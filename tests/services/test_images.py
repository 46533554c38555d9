"""What is made of a picture that somebody sent, and what is not taken for one."""

import contextlib
import hashlib

import pytest
from pictures import BLUE, RED, file_of, halves, photo, png_of_size, read, with_exif
from PIL import Image

from services import images
from services.errors import Invalid
from services.images import remake


@pytest.mark.parametrize(
    ("format", "said"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/gif")]
)
def test_pictures_of_four_formats_are_taken(format, said):
    """Each as the type that it is, or without one; what comes out is ours."""
    made = remake(file_of(photo(), format), said)
    assert (made.width, made.height) == (300, 200)
    # A GIF has few colours from the start.
    ours = ("image/png", "PNG") if format == "GIF" else ("image/webp", "WEBP")
    assert (made.type, read(made.data).format) == ours
    assert remake(file_of(photo(), format), "application/octet-stream").width == 300


def test_the_name_is_the_hash_of_what_is_stored():
    """So that the same picture is one, and its name can never mean another."""
    made = remake(file_of(halves()))
    assert made.id == f"{hashlib.sha256(made.data).hexdigest()}.png"
    assert remake(file_of(halves())) == made
    assert remake(file_of(halves(42))).id != made.id


def test_few_colours_are_kept_exactly():
    """A drawing comes as PNG, pixel by pixel."""
    made = remake(file_of(halves(), "GIF"))
    assert made.type == "image/png"
    assert read(made.data).convert("RGB").tobytes() == halves().tobytes()


@pytest.mark.parametrize(("orientation", "top_left"), [(1, RED), (3, BLUE), (6, RED), (8, BLUE)])
def test_a_photo_is_turned_upright(orientation, top_left):
    """As its EXIF says, of which nothing is left."""
    made = remake(with_exif(halves(400, 200), orientation))
    assert (made.width, made.height) == ((400, 200) if orientation in (1, 3) else (200, 400))
    pixel = read(made.data).convert("RGB").getpixel((20, 20))
    assert max(abs(a - b) for a, b in zip(pixel, top_left, strict=True)) < 24


@pytest.mark.parametrize("picture", [photo(), halves()])
def test_nothing_else_of_the_file_is_kept(picture):
    """Neither EXIF nor where it was taken nor a remark, in either format of ours."""
    sent = with_exif(picture)
    assert b"A telling phone" in sent
    assert b"a secret remark" in sent
    made = remake(sent)
    assert not read(made.data).getexif()
    assert b"telling" not in made.data
    assert b"remark" not in made.data


@pytest.mark.parametrize(
    ("sent", "made"), [((3200, 1000), (1600, 500)), ((100, 4000), (40, 1600)), ((1600, 900), (1600, 900))]
)
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_large_pictures_are_scaled_down(sent, made, format):
    """To 1600 pixels on the longer side; smaller ones stay as they are."""
    picture = remake(file_of(halves(*sent), format))
    assert (picture.width, picture.height) == made
    assert read(picture.data).size == made


def test_only_the_first_picture_of_a_gif_is_kept():
    """It stands still."""
    first, second = halves(), Image.new("RGB", (40, 20), BLUE)
    made = remake(file_of(first, "GIF", save_all=True, append_images=[second]))
    assert getattr(read(made.data), "n_frames", 1) == 1
    assert read(made.data).convert("RGB").getpixel((2, 2)) == RED


@pytest.mark.parametrize(("mode", "format"), [("RGBA", "PNG"), ("LA", "PNG"), ("RGBA", "GIF"), ("RGBA", "WEBP")])
def test_holes_become_white(mode, format):
    """Black lines on nothing must not vanish on a dark page."""
    clear = Image.new("RGBA", (30, 30), (0, 0, 0, 0)).convert(mode)
    made = remake(file_of(clear, format))
    assert read(made.data).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_shown(mode):
    """Black and white, grey, palettes, sixteen bits, print colours."""
    picture = Image.new("I;16", (30, 20), 40_000) if mode == "I;16" else halves(30, 20, mode)
    made = remake(file_of(picture, "JPEG" if mode == "CMYK" else "PNG"))
    assert (made.width, made.height) == (30, 20)


@pytest.mark.parametrize(
    ("data", "said", "sentence"),
    [
        (b"", "", images.NOT_AN_IMAGE),
        (b"GIF89a", "", images.NOT_AN_IMAGE),
        (b"<html><script>alert(1)</script>", "image/png", images.NOT_AN_IMAGE),
        (b"PK\x03\x04" + bytes(100), "image/png", images.NOT_AN_IMAGE),
        (file_of(halves(), "BMP"), "image/bmp", images.NOT_AN_IMAGE),
        (file_of(halves(), "TIFF"), "image/tiff", images.NOT_AN_IMAGE),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", images.IS_SVG),
        (b"<SVG onload='alert(1)'>", "image/png", images.IS_SVG),
        (b"\0\0\0\x18ftypheic" + bytes(100), "image/heic", images.IS_HEIC),
        (file_of(halves()), "image/jpeg", images.LIES.format(said="jpeg", kind="PNG")),
        (file_of(halves(), "GIF"), "image/svg+xml", images.LIES.format(said="svg+xml", kind="GIF")),
        (file_of(photo(), "JPEG")[:-900], "image/jpeg", images.BROKEN.format(kind="JPEG")),
        (bytes(images.FILE_MOST + 1), "", images.TOO_LARGE),
        (png_of_size(6000, 5001), "image/png", images.TOO_MANY_PIXELS.format(size="6000 × 5001")),
        (png_of_size(2**31 - 1, 2**31 - 1), "", images.TOO_MANY_PIXELS.format(size="2147483647 × 2147483647")),
    ],
)
def test_what_is_refused_is_told_in_one_sentence(data, said, sentence):
    """What is no picture, or not what it says, or too much; before anything of it is decoded."""
    with pytest.raises(Invalid) as refused:
        remake(data, said)
    assert refused.value.message == sentence
    assert refused.value.details["problems"] == [{"field": "file", "reason": sentence}]


def test_the_limits_themselves_are_possible(monkeypatch):
    """Exactly as many pixels, and exactly as many bytes."""
    monkeypatch.setattr(images, "PIXELS_MOST", 40 * 20)
    monkeypatch.setattr(images, "FILE_MOST", len(file_of(halves())))
    assert remake(file_of(halves())).width == 40


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_damaged_file_is_refused_wherever_the_damage_is(format):
    """Never with an error of the decoder's own."""
    whole = file_of(photo(60, 40), format)
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        for data in (whole[:at], whole[:at] + b"\xff\x00\xff\x7f" + whole[at + 4 :]):
            with contextlib.suppress(Invalid):
                assert remake(data).width <= images.SIDE_MOST
