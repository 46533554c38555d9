"""Finding the format of a file: by what is in it, whatever it is called."""

import pytest

import formats
from formats.source import Source

GIFT = b"2 + 2? {=4 ~5}"
JSON = b'{"title": "T", "questions": [{"kind": "info", "prompt": "{=a}"}]}'


@pytest.mark.parametrize("name", ["a.gift", "a.txt", "a.json", "a", "a.png"])
@pytest.mark.parametrize(("data", "format"), [(GIFT, "gift"), (JSON, "json"), (b'[html]"questions" {=a ~b}', "gift")])
def test_the_content_decides(data, name, format):
    """A wrong ending misleads nobody."""
    assert formats.detect(Source(data, name)) is formats.FORMATS[format]


@pytest.mark.parametrize("data", [b"name,score\nAda,3\n", b"What?\nA. x\nB. y\n", b"body { color: red }"])
def test_what_fits_no_format_is_answered_with_where_to_look(data):
    """A list of all of them would be longer than anybody reads."""
    with pytest.raises(formats.FormatError, match="the import page lists those that it reads"):
        formats.detect(Source(data, "quiz.txt"))


def test_a_named_format_is_taken_at_its_word():
    """And an unknown one is answered with those that are known."""
    with pytest.raises(formats.FormatError, match="JSON"):
        formats.parse(GIFT, "a.gift", "json")
    with pytest.raises(formats.FormatError, match="gift, aiken, markdown, zip"):
        formats.parse(GIFT, "a.gift", "docx")


def test_a_file_beyond_the_limit_is_refused_unread():
    """One byte more."""
    with pytest.raises(formats.FormatError, match="20 MB"):
        formats.parse(GIFT.ljust(formats.MAX_BYTES + 1), "a.gift")


def test_every_module_brings_what_the_contract_names():
    """So that a format is one file."""
    for name, format in formats.FORMATS.items():
        assert name == format.NAME
        assert format.LABEL
        assert all(extension.startswith(".") for extension in format.EXTENSIONS)
