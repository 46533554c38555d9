"""The containers of sounds, opened as far as it takes to see that they are whole and to empty what is not the sound:
titles, names, comments, covers, places and times. What cannot be cut out is overwritten, so that nothing moves.

NotWhole: bytes are missing or make no sense. MoreThanSound: a film, or several sounds in one file.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple


class NotWhole(Exception):
    pass


class MoreThanSound(Exception):
    pass


# A file that is made of more parts than this was made to keep its reader busy.
PARTS_MOST = 100_000
_WAV_KEPT = (b"fmt ", b"fact", b"data")
_FORMAT_MOST = 40
_STREAMED = 0xFFFFFFFF


def trim_wav(data: bytes) -> bytes:
    """Format and samples alone: a list of texts, an ID3 block, a place or a serial number is another chunk."""
    kept: dict[bytes, bytes] = {}
    at = 12
    for _ in range(PARTS_MOST):
        if at + 8 > len(data):
            break
        name, length = struct.unpack_from("<4sI", data, at)
        if name == b"data" and length == _STREAMED:
            # Written to a pipe, without knowing how long it would become.
            length = len(data) - at - 8
        if at + 8 + length > len(data) or (name == b"fmt " and length > _FORMAT_MOST):
            raise NotWhole
        if name in _WAV_KEPT and name not in kept:
            kept[name] = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    if b"fmt " not in kept or b"data" not in kept:
        raise NotWhole
    chunks = (struct.pack("<4sI", name, len(kept[name])) + kept[name] for name in _WAV_KEPT if name in kept)
    body = b"WAVE" + b"".join(chunk + bytes(len(chunk) % 2) for chunk in chunks)
    return struct.pack("<4sI", b"RIFF", len(body)) + body


class _Page(NamedTuple):
    at: int
    body: int
    end: int


_VORBIS = (b"\x01vorbis", b"\x03vorbis", b"\x01")
_OPUS = (b"OpusHead", b"OpusTags", b"")


def trim_ogg(data: bytes) -> bytes:
    """The second packet, in which all texts and pictures are, says as many blanks instead."""
    pages = list(_pages(data))
    head = data[pages[0].body : pages[0].end]
    found = next((packets for packets in (_VORBIS, _OPUS) if head.startswith(packets[0])), None)
    if found is None:
        # Whatever it is: who asks for the codec will say that it is not played.
        return data
    _, comment, closing = found
    pieces, touched = _second_packet(data, pages)
    length = sum(end - start for start, end in pieces)
    blanks = length - len(comment) - len(closing) - 8
    if blanks < 0 or data[pieces[0][0] : pieces[0][0] + len(comment)] != comment:
        raise NotWhole
    # A vendor's name of blanks, and no entry.
    said = comment + struct.pack("<I", blanks) + b" " * blanks + bytes(4) + closing
    emptied = bytearray(data)
    for start, end in pieces:
        emptied[start:end], said = said[: end - start], said[end - start :]
    for page in touched:
        emptied[page.at + 22 : page.at + 26] = bytes(4)
        emptied[page.at + 22 : page.at + 26] = struct.pack("<I", _ogg_crc(emptied[page.at : page.end]))
    return bytes(emptied)


def _pages(data: bytes) -> Iterator[_Page]:
    """All of one stream. Raises NotWhole, MoreThanSound."""
    at, stream = 0, data[14:18]
    for _ in range(PARTS_MOST):
        segments = at + 27
        if segments > len(data) or data[at : at + 5] != b"OggS\0":
            raise NotWhole
        if data[at + 14 : at + 18] != stream:
            raise MoreThanSound
        body = segments + data[at + 26]
        end = body + sum(data[segments:body])
        if end > len(data):
            raise NotWhole
        yield _Page(at, body, end)
        at = end
        if at == len(data):
            return
    raise NotWhole


def _second_packet(data: bytes, pages: list[_Page]) -> tuple[list[tuple[int, int]], list[_Page]]:
    """(where its bytes are, the pages that they are on); the first packet has the first page to itself."""
    pieces: list[tuple[int, int]] = []
    for number, page in enumerate(pages[1:], start=1):
        start = end = page.body
        is_over = False
        for length in data[page.at + 27 : page.body]:
            end += length
            if length < 255:
                is_over = True
                break
        pieces.append((start, end))
        if is_over:
            return pieces, pages[1 : number + 1]
    raise NotWhole


def _crc_entry(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


_CRC = [_crc_entry(byte) for byte in range(256)]


def _ogg_crc(page: bytes | bytearray) -> int:
    """Ogg's own: none of the library's has its order of bits."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value


# What a player needs of each box; all else is emptied, and becomes what players skip.
_MP4_KEPT = {
    b"": (b"ftyp", b"moov", b"mdat"),
    b"moov": (b"mvhd", b"trak"),
    b"trak": (b"tkhd", b"edts", b"mdia"),
    b"mdia": (b"mdhd", b"hdlr", b"minf"),
}
_MP4_TIMES = (b"mvhd", b"tkhd", b"mdhd")


def trim_mp4(data: bytes) -> bytes:
    """Titles, covers and places are in boxes of their own; when it was recorded stands in front of three others."""
    emptied = bytearray(data)
    handlers: list[bytes] = []
    _empty(emptied, b"", 0, len(emptied), handlers)
    if handlers != [b"soun"]:
        raise MoreThanSound if handlers else NotWhole
    return bytes(emptied)


def _empty(data: bytearray, within: bytes, at: int, end: int, handlers: list[bytes]) -> None:
    for name, start, body, after in _boxes(data, at, end):
        if name not in _MP4_KEPT[within]:
            data[start + 4 : start + 8] = b"free"
            data[body:after] = bytes(after - body)
        elif name in _MP4_KEPT:
            _empty(data, name, body, after, handlers)
        elif name in _MP4_TIMES and after - body >= 20:
            data[body + 4 : body + (20 if data[body] == 1 else 12)] = bytes(16 if data[body] == 1 else 8)
        elif name == b"hdlr":
            handlers.append(bytes(data[body + 8 : body + 12]))


def _boxes(data: bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, start, where its content begins, where it ends) of each, up to the end. Raises NotWhole."""
    for _ in range(PARTS_MOST):
        if at == end:
            return
        if at + 8 > end:
            raise NotWhole
        length, name = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if length == 1 and at + 16 <= end:
            (length,) = struct.unpack_from(">Q", data, body)
            body += 8
        elif length == 0:
            length = end - at
        if length < body - at or at + length > end:
            raise NotWhole
        yield bytes(name), at, body, at + length
        at += length
    raise NotWhole
