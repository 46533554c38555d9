"""Pictures that a quiz file brings: found by what refers to them, known by their first bytes. Decodes none of them."""

import hashlib
import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from formats.archive import Archive
from formats.intermediate import FormatError

FindPicture = Callable[[str], bytes | None]
"""The file that a reference in a text means; None when the package does not hold it."""

_KNOWN = ((b"\x89PNG\r\n", "png"), (b"\xff\xd8\xff", "webp"), (b"GIF8", "webp"))
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_SHOWN = 120


def no_picture(reference: str) -> bytes | None:
    return None


def read_picture(reference: str, find: FindPicture) -> tuple[str, bytes | None, str]:
    """(name, its bytes, ""), or ("", None, why it cannot come along); the why is "" where the loss is told anyway.

    The name is that of an image of ours (game.quiz.IMAGE_NAME), so that a question that shows it is whole.
    """
    data, why = find_file(reference, find, "picture")
    if data is None:
        return "", None, why
    kind = "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""
    kind = kind or next((kind for beginning, kind in _KNOWN if data.startswith(beginning)), "")
    if not kind:
        what = (
            "SVG drawings can contain programs" if b"<svg" in data[:1000].lower() else "It is no PNG, JPEG, WebP or GIF"
        )
        return "", None, f"The picture was left out: {reference[:_SHOWN]}. {what}."
    return f"{hashlib.sha256(data).hexdigest()}.{kind}", data, ""


def find_file(reference: str, find: FindPicture, what: str) -> tuple[bytes | None, str]:
    """(its bytes, ""), or (None, why it cannot come along), the why as read_picture's."""
    if find is no_picture or reference.startswith("data:"):
        return None, ""
    if _ELSEWHERE.match(reference):
        return None, f"The {what} is not in the file and was not fetched: {reference[:_SHOWN]}"
    data = find(reference)
    return data, "" if data is not None else f"The {what} is not in the file: {reference[:_SHOWN]}"


def in_archive(packed: Archive, *folders: str) -> FindPicture:
    """References are looked for below each of these folders, as they stand, unquoted, and in any case."""
    lower = {name.lower(): name for name in packed.names}

    def find(reference: str) -> bytes | None:
        for path in _spellings(reference):
            for folder in folders:
                whole = _flattened(f"{folder}/{path}")
                name = whole if whole in packed else lower.get(whole.lower())
                if name is not None:
                    try:
                        return packed.read(name)
                    except FormatError:
                        return None
        return None

    return find


def _spellings(reference: str) -> Iterable[str]:
    path = reference.strip().replace("\\", "/")
    bare = re.split(r"[?#]", path)[0]
    return dict.fromkeys((path, unquote(path), bare, unquote(bare)))


def _flattened(path: str) -> str:
    """Without `.` and `..`; what would lead out of the package leads nowhere."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)
