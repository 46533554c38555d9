"""Bytes to text for the text formats: encodings, line ends, invisible characters. Knows no quiz format."""

import re
import unicodedata
from dataclasses import dataclass

from formats.intermediate import FormatError, Issue

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a compressed file"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HTML_PAGE = re.compile(r"\s*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_MAX_CONTROL_SHARE = 0.01
_FEW = 4
_NO_TEXT = "This is not a text file, so there is no quiz to read in it."
# Ends between two characters in UTF-16 and UTF-32.
_HEAD = 65_536
_SAMPLE_REACH = 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """`issues` holds at most one warning: the encoding had to be guessed."""

    text: str
    issues: tuple[Issue, ...] = ()


def decode(data: bytes) -> Decoded:
    """Text of a file, encoding guessed where it must be; FormatError when it is no text at all."""
    if not data.strip(b"\x00 \t\r\n"):
        raise FormatError("The file is empty.")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise FormatError(f"This is {what}, not a quiz file.")
    # The beginning tells most of what is no text, long before 20 MB of it are decoded.
    if _is_binary(_decode(data[:_HEAD]).text):
        raise FormatError(_NO_TEXT)
    decoded = _decode(data)
    if _is_binary(decoded.text):
        raise FormatError(_NO_TEXT)
    if _HTML_PAGE.match(decoded.text):
        raise FormatError("This is a web page, not a quiz file; please export the quiz itself.")
    return decoded


def normalise(text: str) -> str:
    """One kind of line end, NFC, no invisible controls. No-break spaces and bidi marks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def storable(text: str) -> str:
    """The text without what a database or a UTF-8 socket refuses: controls and halves of surrogate pairs."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def title_from_filename(filename: str) -> str:
    """`unit_3-rivers.gift.txt` gives `unit 3-rivers`; a title for quizzes that bring none."""
    name = re.split(r"[/\\]", storable(filename))[-1]
    name = re.sub(r"(?:\.[A-Za-z0-9]{1,8})+\Z", "", name).replace("_", " ")
    return " ".join(name.split())[:200] or "Imported quiz"


def _is_binary(text: str) -> bool:
    controls = len(text) - len(_CONTROLS.sub("", text))
    return controls > max(_FEW, len(text) * _MAX_CONTROL_SHARE)


def _decode(data: bytes) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            try:
                return Decoded(body.decode(encoding))
            except UnicodeDecodeError:
                if encoding == "utf-8":
                    return _guess(body)
                return _warned(body.decode(encoding, "replace"), encoding.upper(), "\ufffd")
    if wide := _wide(data):
        return Decoded(data.decode(wide))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _guess(data)


def _wide(data: bytes) -> str:
    """The UTF-16 flavour of text without a mark at its start: every other byte of Latin text is zero."""
    head = data[:4096]
    if len(data) % 2 or not head.count(0):
        return ""
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.4 * len(zeros):
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return ""


def _guess(data: bytes) -> Decoded:
    text = data.decode("utf-8", "surrogateescape")
    broken = len(_SURROGATES.findall(text))
    intact = len(text) - len(text.encode("ascii", "ignore")) - broken
    # A file that is UTF-8 nearly everywhere has a few broken bytes; cp1252 for all of it would spoil the rest.
    if intact > broken:
        first = _SURROGATES.search(text)
        odd = _cp1252_byte(first) if first else ""
        return _warned(_SURROGATES.sub(_cp1252_byte, text), "UTF-8 with broken bytes", odd)
    text = data.decode("cp1252", "replace")
    first = _NOT_ASCII.search(text)
    return _warned(text, "Windows-1252", first.group() if first else "")


def _cp1252_byte(escaped: re.Match[str]) -> str:
    return bytes([ord(escaped.group()) - 0xDC00]).decode("cp1252", "replace")


def _warned(text: str, encoding: str, odd: str) -> Decoded:
    at = max(text.find(odd), 0)
    sample = " ".join(storable(text[max(0, at - _SAMPLE_REACH) : at + _SAMPLE_REACH]).split())
    line = normalise(text[:at]).count("\n") + 1
    message = f"The file is not plain UTF-8; it was read as {encoding}. Please check accents, as here: “{sample}”."
    return Decoded(text, (Issue("warning", f"line {line}", "encoding_guessed", message),))
