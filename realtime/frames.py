"""WebSocket frames (RFC 6455) as a server reads and writes them: bytes in, messages out. No I/O, no extensions.

What a server sends is not masked, so one encoded frame serves every connection. No errors are raised here: what
breaks the protocol ends the decoder and is told by its `failure`.
"""

import codecs
import contextlib
import struct
from collections.abc import Callable
from typing import NamedTuple

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

NORMAL_CLOSURE = 1000
PROTOCOL_VIOLATION = 1002
INVALID_DATA = 1007
MESSAGE_TOO_BIG = 1009

_FINAL, _RESERVED, _OPCODE = 0x80, 0x70, 0x0F
_MASKED, _LENGTH = 0x80, 0x7F
_CONTROL = 0x8
_KNOWN = {CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG}
_CONTROL_MOST = 125
_pack_medium = struct.Struct("!BBH").pack
# What may stand in a close frame: section 7.4.1 and what IANA registered since.
_CLOSE_CODES = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014}


class Frame(NamedTuple):
    """A whole message or one control frame. The payload of TEXT is a str, of everything else bytes."""

    opcode: int
    payload: str | bytes


class Failure(NamedTuple):
    """Why a connection has to end: the close code, and a reason for whoever debugs the client."""

    code: int
    reason: str


def encode_frame(opcode: int, payload: bytes) -> bytes:
    """One unfragmented frame."""
    size = len(payload)
    if size < 126:
        return bytes((_FINAL | opcode, size)) + payload
    if size < 0x10000:
        return _pack_medium(_FINAL | opcode, 126, size) + payload
    return bytes((_FINAL | opcode, 127)) + size.to_bytes(8, "big") + payload


def encode_text(text: str) -> bytes:
    # Half a surrogate pair, which no JSON of ours holds, becomes a question mark: nothing is raised in a broadcast.
    return encode_frame(TEXT, text.encode("utf-8", "replace"))


def encode_close(code: int, reason: str = "") -> bytes:
    """The reason is cut to what a control frame holds, never within a character."""
    short = reason.encode("utf-8", "replace")[: _CONTROL_MOST - 2].decode(errors="ignore")
    return encode_frame(CLOSE, code.to_bytes(2, "big") + short.encode())


def _mask(key: bytes, payload: bytes) -> bytes:
    """Masks or unmasks: one operation on two long integers instead of one for each byte."""
    size = len(payload)
    repeated = (key * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(repeated, "little")).to_bytes(size, "little")


mask: Callable[[bytes, bytes], bytes] = _mask
with contextlib.suppress(ImportError):
    # In C, ten times as fast; Tornado has it wherever it could be compiled.
    from tornado.speedups import websocket_mask as mask


def lone_text(data: bytes, max_size: int) -> str | None:
    """What nearly every read of a socket brings: one text in one frame, whole, with nothing before or behind it.

    None when it is anything else, or nothing that a FrameDecoder would take: then one has to look at it.
    """
    size = len(data)
    if size < 6 or data[0] != _FINAL | TEXT:
        return None
    second = data[1]
    if _MASKED <= second < _MASKED | 126:
        start, length = 6, second - _MASKED
    elif second == _MASKED | 126:
        start, length = 8, data[2] << 8 | data[3]
    else:
        return None
    if start + length != size or length > max_size:
        return None
    try:
        return mask(data[start - 4 : start], data[start:]).decode()
    except UnicodeDecodeError:
        return None


class FrameDecoder:
    """Feed it what a socket gives, however it is cut; it never holds more than `max_size` of a message.

    `is_over` is true after a close frame or a failure; what comes then is not looked at.
    """

    __slots__ = ("_max_size", "_need", "_opcode", "_parts", "_rest", "_size", "_utf8", "failure", "is_over")

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size
        self._rest: bytearray | None = None  # an incomplete frame
        self._need = 0  # how many bytes of it there must be before it is worth another look
        self._parts: list[str | bytes] | None = None  # of a message whose last frame has not come
        self._opcode = 0  # of that message
        self._size = 0  # bytes of it so far
        self._utf8: codecs.IncrementalDecoder | None = None
        self.failure: Failure | None = None
        self.is_over = False

    @property
    def is_idle(self) -> bool:
        """Nothing has begun and nothing is over: another decoder would do as well."""
        return self._rest is None and self._parts is None and not self.is_over

    def feed(self, data: bytes) -> list[Frame]:
        """All the messages and control frames that are complete now, in order."""
        frames: list[Frame] = []
        rest = self._rest
        if rest is not None:
            rest += data
            if len(rest) < self._need:
                return frames
            data = bytes(rest)
            self._rest = None
        position, end = 0, len(data)
        while position < end and not self.is_over:
            taken = self._take(data, position, end, frames)
            if not taken:
                self._rest = bytearray(data[position:])
                break
            position = taken
        return frames

    def _take(self, data: bytes, position: int, end: int, frames: list[Frame]) -> int:
        """Reads one frame; returns where the next begins, or 0 and sets `_need` when it is not all there."""
        self._need = 2
        if end - position < 2:
            return 0
        first, second = data[position], data[position + 1]
        head, size = 2, second & _LENGTH
        if failure := self._fault(first, second):
            return self._fail(end, *failure)
        if size > _CONTROL_MOST:
            head = 4 if size == 126 else 10
            self._need = head
            if end - position < head:
                return 0
            size = int.from_bytes(data[position + 2 : position + head], "big")
        opcode = first & _OPCODE
        if opcode >= _CONTROL and size > _CONTROL_MOST:
            return self._fail(end, PROTOCOL_VIOLATION, "control frames hold 125 bytes at most")
        # Looked at before a byte of the payload is waited for: a peer cannot make us keep what we will refuse.
        if opcode < _CONTROL and size + self._size > self._max_size:
            return self._fail(end, MESSAGE_TOO_BIG, f"a message holds {self._max_size} bytes at most")
        start = position + head + 4
        stop = start + size
        self._need = stop - position
        if end < stop:
            return 0
        payload = mask(data[start - 4 : start], data[start:stop])
        if opcode == TEXT and first & _FINAL:
            self._add_text(payload, frames)
        elif opcode < _CONTROL:
            self._add_part(opcode, bool(first & _FINAL), payload, frames)
        elif opcode == CLOSE:
            self._add_close(payload, frames)
        else:
            frames.append(Frame(opcode, payload))
        return stop

    def _fault(self, first: int, second: int) -> tuple[int, str] | None:
        """What is wrong with the first two bytes of a frame."""
        opcode = first & _OPCODE
        if first & _RESERVED:
            return PROTOCOL_VIOLATION, "reserved bits are set"
        if not second & _MASKED:
            return PROTOCOL_VIOLATION, "frames towards a server are masked"
        if opcode not in _KNOWN:
            return PROTOCOL_VIOLATION, "unknown opcode"
        if opcode >= _CONTROL:
            if not first & _FINAL:
                return PROTOCOL_VIOLATION, "control frames are not fragmented"
        elif (opcode == CONTINUATION) is (self._parts is None):
            return PROTOCOL_VIOLATION, "a continuation comes after its beginning, and nothing else does"
        return None

    def _add_text(self, payload: bytes, frames: list[Frame]) -> None:
        try:
            frames.append(Frame(TEXT, payload.decode()))
        except UnicodeDecodeError:
            self._fail(0, INVALID_DATA, "text is UTF-8")

    def _add_part(self, opcode: int, is_final: bool, payload: bytes, frames: list[Frame]) -> None:
        if self._parts is None:
            self._parts = []
            self._opcode = opcode
            # Checked frame by frame: a character may be cut by a frame's end, and a wrong one ends it at once.
            self._utf8 = codecs.getincrementaldecoder("utf-8")() if opcode == TEXT else None
        self._size += len(payload)
        try:
            part = self._utf8.decode(payload, is_final) if self._utf8 is not None else payload
        except UnicodeDecodeError:
            self._fail(0, INVALID_DATA, "text is UTF-8")
            return
        if part:  # a flood of empty frames leaves nothing behind
            self._parts.append(part)
        if is_final:
            empty: str | bytes = b"" if self._utf8 is None else ""
            frames.append(Frame(self._opcode, empty.join(self._parts)))  # type: ignore[arg-type]
            self._parts, self._utf8, self._size = None, None, 0

    def _add_close(self, payload: bytes, frames: list[Frame]) -> None:
        if len(payload) == 1:
            self._fail(0, PROTOCOL_VIOLATION, "a close code has two bytes")
            return
        code = int.from_bytes(payload[:2], "big")
        try:
            payload[2:].decode()
        except UnicodeDecodeError:
            self._fail(0, INVALID_DATA, "the reason of a close is UTF-8")
            return
        if payload and code not in _CLOSE_CODES and not 3000 <= code < 5000:
            self._fail(0, PROTOCOL_VIOLATION, "not a close code")
        elif self._parts is not None:
            self._fail(0, PROTOCOL_VIOLATION, "closed within a message")
        else:
            self.is_over = True
            frames.append(Frame(CLOSE, payload))

    def _fail(self, end: int, code: int, reason: str) -> int:
        self.failure = Failure(code, reason)
        self.is_over = True
        self._rest = self._parts = self._utf8 = None
        return end
