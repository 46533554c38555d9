"""What one witness writes down: JSON lines, one file each, with the milliseconds of one clock for all."""

from pathlib import Path
from typing import Any

import msgspec

from clock import Clock


class Journal:
    """`t` is milliseconds since some start, the same start for every journal of a run."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._file = path.open("ab")

    def note(self, **facts: Any) -> None:
        """One line of whatever there is to say."""
        self._write(msgspec.json.encode(facts)[1:])

    def got(self, node: str, payload: bytes, at_ms: float) -> None:
        """One message as it came, and when; what is no JSON object on one line is kept as text."""
        if payload[:1] == b"{" and b"\n" not in payload:
            self._write(b'"node":"%b","got":%b}' % (node.encode(), payload), at_ms)
        else:
            self.note(node=node, got_text=payload.decode(errors="replace"))

    def said(self, payload: bytes) -> None:
        """One message as it was sent."""
        self._write(b'"said":%b}' % payload)

    def close(self) -> None:
        """What is still unwritten is."""
        self._file.close()

    def _write(self, rest: bytes, at_ms: float | None = None) -> None:
        if at_ms is None:
            at_ms = self._clock.monotonic_s() * 1000
        self._file.write(b'{"t":%.3f,%b\n' % (at_ms, rest))
