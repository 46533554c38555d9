"""Sounds within HTML: an element that plays one or one of several sources, an object, a link to a file."""

import re
from collections.abc import Callable

TakeSound = Callable[[str], str | None]
"""Asked of each sound by its address: the text in its place, None when it is lost."""

_LINKED = re.compile(r"\.(?:mp3|m4a|ogg|oga|opus|wav)(?:[?#].*)?$", re.IGNORECASE)
_NAME = re.compile(r"[^/?#]*(?=(?:[?#].*)?$)")


class Sounds:
    """`lose(what, address)` is told of each that is not taken."""

    def __init__(self, take: TakeSound, lose: Callable[[str, str | None], None]) -> None:
        self._take = take
        self._lose = lose
        # What stands within <audio> for those who cannot play it is its address; a link says it, or the file's name.
        self._addresses: set[str] = set()
        # Of the <audio> that is open: what was tried in vain.
        self._tried: list[str] | None = None

    def begin(self, tag: str, values: dict[str, str | None]) -> bool:
        """Whether this element is about a sound, and needs no more telling."""
        address = (values.get("src") or values.get("data") or values.get("href") or "").strip()
        if tag == "a":
            return _LINKED.search(address) is not None and self._is_taken(address)
        if tag == "object" and (values.get("type") or "").startswith("audio/"):
            if not self._is_taken(address):
                self._lose("recording", address)
            return True
        if tag in ("audio", "video"):
            self.end()
            self._tried = [] if tag == "audio" else None
        if tag in ("audio", "source") and self._tried is not None and address:
            # A second source is the same sound once more.
            if self._is_taken(address):
                self._tried = None
            else:
                self._tried.append(address)
        return tag in ("audio", "source")

    def end(self) -> None:
        """Of an <audio>, or of the text that it was left open in."""
        if self._tried is not None:
            self._lose("recording", self._tried[0] if self._tried else None)
        self._tried = None

    def is_address(self, text: str) -> bool:
        return text.strip() in self._addresses

    def _is_taken(self, address: str) -> bool:
        if self._take(address) is None:
            return False
        name = _NAME.search(address)
        self._addresses |= {address, name[0] if name else address}
        return True
