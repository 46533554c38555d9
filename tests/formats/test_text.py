"""Bytes to text: every encoding that schools' computers write, and what is no text at all."""

import pytest

import formats
from formats.intermediate import FormatError
from formats.text import decode, normalise, storable, title_from_filename


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_form(encoding):
    """With its mark or without."""
    decoded = decode("Größe {=groß ~klein}".encode(encoding))
    assert decoded.text == "Größe {=groß ~klein}"
    assert decoded.issues == ()


def test_windows_text_is_read_with_a_warning_that_shows_a_sample():
    """So that a teacher sees whether the guess was right."""
    (issue,) = decode("one\r\ntwo\r\nWie heißt das? “Größe”".encode("cp1252")).issues
    assert (issue.severity, issue.where, issue.code) == ("warning", "line 3", "encoding_guessed")
    assert "Wie heißt das?" in issue.message


def test_a_broken_byte_does_not_spoil_a_whole_utf8_file():
    """Only that byte is guessed."""
    decoded = decode("äöü äöü ".encode() + b"\xe9" + " äöü".encode())
    assert decoded.text == "äöü äöü é äöü"
    assert decoded.issues[0].code == "encoding_guessed"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04...", "zip"),
        (b"<!DOCTYPE html><p>x {=a ~b}", "web page"),
        (bytes(range(32)) * 10, "not a text file"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data, sentence):
    """In one sentence, and by the way through the formats too."""
    with pytest.raises(FormatError, match=sentence):
        decode(data)
    with pytest.raises(FormatError, match=sentence):
        formats.parse(data, "quiz.gift")


def test_normalise_leaves_one_kind_of_line_end_and_nothing_invisible():
    """Letters are composed; no-break spaces, joiners and bidi marks stay."""
    assert normalise("a\r\nb\rc\u2028d\ufeff\x07e\u0301\u00a0\u200d\u200f") == "a\nb\nc\nd\u00e9\u00a0\u200d\u200f"


def test_storable_replaces_what_databases_refuse():
    """Controls go, half a surrogate pair becomes the replacement sign."""
    assert storable("a\x00b\ud800c\n") == "ab\ufffdc\n"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("unit_3-rivers.gift.txt", "unit 3-rivers"),
        ("C:\\quiz\\a.json", "a"),
        ("/home/x/b", "b"),
        (".gift", "Imported quiz"),
        ("", "Imported quiz"),
        ("a" * 300, "a" * 200),
    ],
)
def test_a_title_from_a_file_name(name, title):
    """Never empty, never too long."""
    assert title_from_filename(name) == title
