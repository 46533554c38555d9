"""The client's side of the WebSocket wire (RFC 6455), pure: the handshake's two heads, and frames over bytes.

Only what a participant needs: no extensions, and nothing that is sent is fragmented.
"""

import base64
import hashlib
import struct
from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from load.errors import LinkError

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
LARGEST = 64 * 1024 * 1024


class Opcode(IntEnum):
    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Frame(NamedTuple):
    """A whole message, or a control frame."""

    opcode: int
    payload: bytes


def request(authority: str, path: str, key: str, headers: Mapping[str, str]) -> bytes:
    """The head that asks for the upgrade; `key` is 16 random bytes in base64."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {authority}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def accept_of(key: str) -> str:
    """What the answer to this key must carry."""
    return base64.b64encode(hashlib.sha1((key + GUID).encode(), usedforsecurity=False).digest()).decode()


def check_response(head: bytes, key: str) -> None:
    """LinkError unless this is the 101 for `key`; `head` ends before the empty line."""
    first, *lines = head.decode("latin-1").split("\r\n")
    status = first.split(" ")[1] if first.count(" ") else first
    if status != "101":
        raise LinkError(f"the upgrade was answered {first}", f"upgrade_{status}")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    if headers.get("sec-websocket-accept") != accept_of(key):
        raise LinkError("the upgrade was answered for another key", "upgrade_key")


def encode(opcode: int, payload: bytes, mask: bytes) -> bytes:
    """One final frame, masked with these four bytes as a client's must be."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 65536:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
    # One exclusive or of two large numbers: a loop over bytes would be most of the generator's work.
    key = (mask * (size // 4 + 1))[:size]
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
    return head + mask + masked.to_bytes(size, "big")


class FrameReader:
    """Takes bytes as they come, gives whole messages and control frames."""

    def __init__(self) -> None:
        self._rest = b""
        # The opcode and parts of a message whose last fragment has not come.
        self._opcode: int | None = None
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> list[Frame]:
        """LinkError when the bytes are no frames of a server."""
        buffer = self._rest + data if self._rest else data
        frames: list[Frame] = []
        at = 0
        while (found := _sizes(buffer, at)) is not None and len(buffer) >= found[1]:
            start, end = found
            frame = self._take(buffer[at], buffer[start:end])
            if frame is not None:
                frames.append(frame)
            at = end
        self._rest = buffer[at:]
        return frames

    def _take(self, first: int, payload: bytes) -> Frame | None:
        opcode, is_final = first & 0x0F, bool(first & 0x80)
        if first & 0x70:
            raise LinkError("a frame with reserved bits", "bad_frame")
        if opcode >= Opcode.CLOSE:
            return Frame(opcode, payload)
        if (opcode == Opcode.CONTINUATION) is (self._opcode is None):
            raise LinkError("a fragment out of its place", "bad_frame")
        if is_final and self._opcode is None:
            return Frame(opcode, payload)
        self._opcode = opcode if self._opcode is None else self._opcode
        self._parts.append(payload)
        if not is_final:
            return None
        whole = Frame(self._opcode, b"".join(self._parts))
        self._opcode, self._parts = None, []
        return whole


def _sizes(buffer: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` starts and ends; None while its head is not whole."""
    if len(buffer) < at + 2:
        return None
    size = buffer[at + 1]
    if size & 0x80:
        raise LinkError("a masked frame from a server", "bad_frame")
    start = at + 2
    if size == 126:
        start += 2
    elif size == 127:
        start += 8
    if len(buffer) < start:
        return None
    if start > at + 2:
        size = int.from_bytes(buffer[at + 2 : start], "big")
    if size > LARGEST:
        raise LinkError(f"a frame of {size} bytes", "bad_frame")
    return start, start + size
