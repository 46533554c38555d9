"""Zip files: what is not to be trusted is refused before anything of it is read."""

import struct
import zipfile

import pytest
from workbooks import zipped

from formats import archive
from formats.archive import open_archive
from formats.intermediate import FormatError


def test_the_parts_of_a_good_file_are_read_by_name():
    """Without folders and what systems leave behind."""
    data = zipped(
        [("a.txt", b"A"), ("deep/b.txt", b"B"), ("deep/", b""), ("__MACOSX/._a.txt", b"x"), (".DS_Store", b"")]
    )
    opened = open_archive(data)
    assert opened.names == ["a.txt", "deep/b.txt"]
    assert opened.read("deep/b.txt") == b"B"
    assert "c.txt" not in opened


def test_what_is_no_zip_is_none():
    """Whatever it is called."""
    assert open_archive(b"hello") is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "a/../../b", "x" * 301, "..\\b"])
def test_names_that_lead_elsewhere_are_refused(name):
    """Though nothing is ever written."""
    with pytest.raises(FormatError, match="name that no quiz file has"):
        open_archive(zipped([(name, b"x")]))


def test_a_link_is_refused():
    """It leads elsewhere too."""
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with pytest.raises(FormatError, match="name that no quiz file has"):
        open_archive(zipped([(link, b"/etc/passwd")]))


def test_two_parts_of_one_name_are_refused():
    """Two programs would read two different files."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([("a", b"1"), ("a", b"2")])
    with pytest.raises(FormatError, match="two parts of one name"):
        open_archive(data)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([("bomb", b"\0" * (archive.SMALL * 4))], "packed far more tightly"),
        ([("large", b"x" * (archive.MAX_ENTRY + 1))], "larger than 20 MB"),
        ([(f"{n}", b"x" * archive.MAX_ENTRY) for n in range(6)], "larger than 100 MB"),
        ([(f"{n}", b"") for n in range(archive.MAX_ENTRIES + 1)], "2001 parts"),
    ],
    ids=["ratio", "entry", "total", "entries"],
)
def test_a_bomb_is_refused_unopened(entries, said):
    """By what it says of itself."""
    with pytest.raises(FormatError, match=said):
        open_archive(zipped(entries))


def test_a_part_that_is_longer_than_it_says_is_not_read_on():
    """The size that was checked is the size that is read."""
    data = bytearray(zipped([("a", b"x" * 10_000)]))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 10)
    opened = open_archive(bytes(data))
    with pytest.raises(FormatError, match="damaged"):
        opened.read("a")


def test_a_password_and_an_unusual_packing_are_named():
    """With what to do."""
    data = bytearray(zipped([("a", b"x")]))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FormatError, match="password"):
        open_archive(bytes(data))
    with pytest.raises(FormatError, match="packed in an unusual way"):
        open_archive(zipped([("a", b"x" * 100)], zipfile.ZIP_BZIP2))


def test_a_zip_that_was_cut_off_is_called_damaged():
    """And nothing else."""
    data = zipped([("a", b"x" * 1000)])
    with pytest.raises(FormatError, match="cut off"):
        open_archive(data[: len(data) // 2])
