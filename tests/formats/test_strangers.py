"""Files that are no quiz, or none that can be read, are called by their names."""

import pytest
from workbooks import workbook, zipped

import formats

FORMS = b"Timestamp,Total score,What is 2+2?,What is 2+2? [Score]\n2026/01/02 10:00,1.00 / 1,4,1.00 / 1\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FORMS, "Google form"),
        (workbook(("Form responses 1", [["Zeitstempel", "Name"], ["02.01.2026", "Ada"]])), "Google form"),
        (workbook(("Overview", [["My kahoot"]]), ("Final Scores", [["Rank", "Player"]])), "Kahoot's report"),
        (workbook(("S", [["Name", "Points"], ["Ada", 3]])), "the import page asks for it"),
        (workbook(("S", [["Only names"], ["Ada"]])), "no table with questions"),
        (zipped([("word/document.xml", b"<w/>")]), "Word document"),
        (zipped([("ppt/presentation.xml", b"<p/>")]), "PowerPoint"),
        (zipped([("content.xml", b"<o/>"), ("mimetype", b"")]), "OpenDocument"),
        (zipped([("readme.txt", b"hello")]), "without a quiz"),
        (zipped([("h5p.json", b"{}")]), "H5P package is not whole"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<?xml version='1.0'?><questestinterop/>", "QTI 1.2"),
        (
            zipped([("imsmanifest.xml", b"<manifest/>"), ("a.xml", b"<lesson/>")]),
            "without questions in QTI 1.2",
        ),
    ],
)
def test_what_is_no_quiz_is_called_by_its_name(data, said):
    """So that its owner knows what to bring instead."""
    with pytest.raises(formats.FormatError, match=said):
        formats.parse(data, "file")
