"""Zip files, opened only as far as they can be trusted: their entries, sizes and names are checked before any is read.

Nothing of them is ever written to a disk.
"""

import io
import stat
import zipfile
import zlib

from formats.intermediate import FormatError

MAX_ENTRIES = 2_000
MAX_ENTRY = 20 * 1024 * 1024
MAX_TOTAL = 100 * 1024 * 1024
MAX_RATIO = 200
"""Bytes that one byte of an entry may become; real spreadsheets reach 60."""
SMALL = 2 * 1024 * 1024
"""An entry up to here may be packed as tightly as it likes."""
MAX_NAME = 300

_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for bytes that are no zip file in one way or another.
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)


class Archive:
    """The files of a zip by name, without folders and without what operating systems leave in it."""

    def __init__(self, opened: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> None:
        self._opened = opened
        self._entries = entries

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Raises FormatError for an entry that is damaged or longer than it says."""
        try:
            return self._opened.read(self._entries[name])
        except _DAMAGED as error:
            raise FormatError(f"This zip file is damaged: its part “{_shown(name)}” cannot be read.") from error


def open_archive(data: bytes) -> Archive | None:
    """None when these bytes do not begin like a zip file. Raises FormatError with one sentence."""
    if not data.startswith(_BEGINNINGS):
        return None
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        listed = opened.infolist()
    except _DAMAGED as error:
        raise FormatError("This zip file is damaged or was cut off; please save or download it again.") from error
    if len(listed) > MAX_ENTRIES:
        raise FormatError(f"This zip file has {len(listed)} parts; a quiz file has at most {MAX_ENTRIES}.")
    if sum(entry.file_size for entry in listed) > MAX_TOTAL:
        raise FormatError(f"Unpacked, this file would be larger than {MAX_TOTAL // 1024**2} MB.")
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        _check(entry, entries)
        if not entry.is_dir() and not _is_litter(entry.filename):
            entries[entry.filename] = entry
    return Archive(opened, entries)


def _check(entry: zipfile.ZipInfo, before: dict[str, zipfile.ZipInfo]) -> None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if not name or len(name) > MAX_NAME or parts[0] in ("", "~") or parts[0].endswith(":") or ".." in parts or is_link:
        raise FormatError(f"This zip file holds a part with a name that no quiz file has: “{_shown(name)}”.")
    if name in before:
        raise FormatError(f"This zip file holds two parts of one name: “{_shown(name)}”.")
    if entry.flag_bits & _ENCRYPTED:
        raise FormatError("This file is protected with a password; please save it without one.")
    if entry.compress_type not in _PACKINGS:
        raise FormatError("This zip file is packed in an unusual way; please pack it again as a plain zip file.")
    if entry.file_size > MAX_ENTRY:
        message = f"One part of this file, “{_shown(name)}”, would be larger than {MAX_ENTRY // 1024**2} MB unpacked."
        raise FormatError(message)
    if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise FormatError("This file is packed far more tightly than a quiz can be; it was not opened.")


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith("._") or name.endswith(".DS_Store")


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name[-60:])
