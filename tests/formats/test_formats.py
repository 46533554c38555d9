"""Finding the format of a file: by what is in it, whatever it is called."""

import importlib
import subprocess
import sys

import pytest
from workbooks import kahoot

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


@pytest.mark.parametrize("name", formats.FORMATS)
def test_every_module_brings_what_the_contract_names(name):
    """They are loaded when they are needed first, so that a wrong name would be found by a teacher."""
    format = formats.FORMATS[name]
    assert format.label
    assert all(extension.startswith(".") for extension in format.extensions)
    reader = importlib.import_module(f"formats.{format.reader}")
    assert {"detect", "parse"} <= vars(reader).keys()
    if format.is_written:
        assert "export" in vars(importlib.import_module(f"formats.{format.writer}"))


SHEET = kahoot(["2 + 2?", "4", "5", None, None, 20, 1])


@pytest.mark.parametrize(
    ("name", "data", "kept_out"),
    [
        (
            "a.xlsx",
            SHEET,
            "gift moodle_xml qti12 qti2 h5p markdown game.markup",
        ),
        ("a.gift", GIFT, "moodle_xml qti12 qti2 h5p markdown_reader json_records"),
    ],
)
def test_a_file_loads_what_it_needs(name, data, kept_out):
    """Loading everything takes longer than reading most files."""
    code = (
        "import sys, formats, services.quiz_file as q\n"
        f"q.read_quiz_file(sys.stdin.buffer.read(), {name!r})\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())
    unwanted = {module if "." in module else f"formats.{module}" for module in kept_out.split()}
    assert not loaded & unwanted
