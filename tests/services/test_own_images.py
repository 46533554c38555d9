"""Images in a file: ours come back byte for byte, and whatever could hold more than a picture is made anew."""

import pytest
from pictures import file_of, halves, photo, with_exif
from PIL import Image

from services.errors import Invalid
from services.images import remake
from services.own_images import kept_or_remade


@pytest.mark.parametrize("image", [halves(), photo()], ids=["png", "webp"])
def test_what_we_made_stays_as_it_is(image):
    """However often it goes out and comes in."""
    ours = remake(file_of(image))
    assert kept_or_remade(ours.data) == ours
    assert ours.id.endswith((".png", ".webp"))


@pytest.mark.parametrize(
    "data",
    [
        with_exif(photo()),
        file_of(photo(), "WEBP", exif=Image.Exif()),
        file_of(halves(), "WEBP") + b"<script>",
        file_of(halves(), "PNG", dpi=(72, 72)),
        file_of(halves(), "PNG") + b"PK\x03\x04",
        file_of(halves(2000, 10), "PNG"),
        file_of(halves(2000, 10), "WEBP"),
        file_of(halves(), "GIF"),
    ],
    ids=["jpeg", "exif", "tail", "chunk", "png tail", "large png", "large webp", "gif"],
)
def test_everything_else_is_made_anew(data):
    """As if it had been uploaded."""
    assert kept_or_remade(data) == remake(data)
    assert kept_or_remade(data).data != data


@pytest.mark.parametrize("cut", [10, 30, 60])
@pytest.mark.parametrize("image", [halves(), photo()], ids=["png", "webp"])
def test_a_damaged_image_of_ours_is_refused(image, cut):
    """In one sentence."""
    with pytest.raises(Invalid):
        kept_or_remade(remake(file_of(image)).data[:cut])
