"""MP3, which is nothing but one frame after the other: all that is no frame is cut off, before, between and behind.

Counting the frames says how long it is, whatever the file says of itself.
"""

import re
import struct

from services.sound_files import NotWhole


class TooLong(Exception):
    pass


# Of Layer III, in kbit/s: MPEG 1, and 2 with 2.5. The first would be a rate of one's own, which browsers do not play.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"3DI")
_BLANKS = re.compile(rb"\0*+")
_CUT_MOST = 1500
"""A frame is shorter: that much may be missing of the last one, as recorders stop in the middle of it."""
_FRAMES_AMISS = 2
"""So many a file may have less than it says: encoders count in more ways than one."""


def trim_mp3(data: bytes, most_s: float) -> tuple[bytes, float]:
    """(the frames, seconds). Raises NotWhole, and TooLong as soon as it is."""
    at, began, seconds, frames = 0, 0, 0.0, 0
    pieces: list[bytes] = []
    while True:
        length, lasts_s = _frame(data, at)
        if length and at + length <= len(data):
            at, seconds, frames = at + length, seconds + lasts_s, frames + 1
            if seconds > most_s:
                raise TooLong
            continue
        pieces.append(data[began:at])
        skipped = _skipped(data, at, is_first=frames == 0)
        if not skipped:
            break
        at = began = at + skipped
    if frames == 0 or not _is_end(data, at) or frames + _FRAMES_AMISS < _said_frames(data, pieces):
        raise NotWhole
    return b"".join(pieces), seconds


def _frame(data: bytes, at: int) -> tuple[int, float]:
    """(its bytes, seconds) of the frame that begins here; (0, 0) where none does."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return 0, 0.0
    version, third = data[at + 1] >> 3 & 3, data[at + 2]
    rate = (_RATES_1 if version == 3 else _RATES_2)[third >> 4]
    if version == 1 or rate == 0 or third >> 2 & 3 == 3:
        return 0, 0.0
    hertz = _HERTZ[version][third >> 2 & 3]
    samples = 1152 if version == 3 else 576
    return samples // 8 * rate * 1000 // hertz + (third >> 1 & 1), samples / hertz


def _skipped(data: bytes, at: int, *, is_first: bool) -> int:
    """Bytes of the ID3 block here, or of the blanks before the first frame. Files that were joined have several."""
    if data[at : at + 3] == b"ID3" and at + 10 <= len(data):
        sizes = data[at + 6 : at + 10]
        footer = 10 if data[at + 5] & 0x10 else 0
        return 10 + footer + (sizes[0] << 21 | sizes[1] << 14 | sizes[2] << 7 | sizes[3])
    if is_first and data[at : at + 1] == b"\0":
        return _BLANKS.match(data, at).end() - at  # type: ignore[union-attr]  # no blanks are blanks too
    return 0


def _is_end(data: bytes, at: int) -> bool:
    """Whether what is left is another tag, part of a frame, or blanks."""
    rest = data[at : at + 16]
    return len(data) - at < _CUT_MOST or rest.startswith(_TAGS) or _BLANKS.fullmatch(data, at) is not None


def _said_frames(data: bytes, pieces: list[bytes]) -> int:
    """How many its first frame says that there are; 0 where it says nothing."""
    first = next(piece for piece in pieces if piece)
    head = first[: _frame(first, 0)[0]]
    for mark in (b"Xing", b"Info"):
        found = head.find(mark, 0, 64)
        if found >= 0 and found + 12 <= len(head):
            flags, count = struct.unpack_from(">II", head, found + 4)
            return int(count) if flags & 1 else 0
    return 0
