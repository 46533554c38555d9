"""Sounds for tests, made here: each a real file of its kind, with something in it that should not stay."""

import io
import math
import struct
import wave

from services.sound_files import _ogg_crc

SECRET = b"recorded in Mia Example's kitchen"


def wav(seconds: float = 1.0, rate: int = 8000) -> bytes:
    """A tone, the same every second, and a list of texts behind it."""
    tone = b"".join(struct.pack("<h", round(9000 * math.sin(at / 6))) for at in range(rate))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes((tone * math.ceil(seconds))[: round(seconds * rate) * 2])
    text = SECRET + bytes(len(SECRET) % 2)
    told = b"INFOICMT" + struct.pack("<I", len(text)) + text
    whole = file.getvalue() + b"LIST" + struct.pack("<I", len(told)) + told
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


# MPEG 1, Layer III, 128 kbit/s, 44.1 kHz, one channel, and nothing but silence in it.
FRAME = b"\xff\xfb\x90\xc0" + bytes(413)
FRAME_S = 1152 / 44100


def id3(text: bytes = SECRET) -> bytes:
    frame = b"TIT2" + struct.pack(">I", len(text) + 1) + b"\0\0\0" + text
    size = len(frame)
    return b"ID3\x03\0\0" + bytes((size >> 21, size >> 14 & 127, size >> 7 & 127, size & 127)) + frame


def mp3(frames: int = 40, *, said: int | None = None) -> bytes:
    """Silence between an ID3 block and an old tag; `said` is what its first frame says of the frames behind it."""
    head = b""
    if said is not None:
        head = (FRAME[:21] + b"Xing" + struct.pack(">II", 1, said)).ljust(len(FRAME), b"\0")
    return id3() + head + FRAME * frames + b"TAG" + SECRET.ljust(125, b"\0")


def page(body: bytes, number: int, *, flags: int = 0, granule: int = 0, stream: int = 7) -> bytes:
    """Of Ogg, with one packet."""
    lengths = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\0" + struct.pack("<BqIII", flags, granule, stream, number, 0) + bytes([len(lengths)]) + lengths
    whole = head + body
    return whole[:22] + struct.pack("<I", _ogg_crc(whole)) + whole[26:]


def opus(seconds: float = 2.0) -> bytes:
    """Packets of silence, 20 ms each, behind a head and its comments."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)
    entry = b"COMMENT=" + SECRET
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(entry)) + entry
    count = round(seconds / 0.02)
    pages = [page(head, 0, flags=2), page(tags, 1)]
    for at in range(1, count + 1):
        pages.append(page(b"\xf8\xff\xfe", at + 1, flags=4 if at == count else 0, granule=312 + at * 960))
    return b"".join(pages)


def box(name: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">I", len(body) + 8) + name + body


def m4a(seconds: float = 3.0, *, handler: bytes = b"soun", object_type: int = 0x40) -> bytes:
    """The boxes of AAC, with a title, a place and the time when it was recorded; its samples are made up."""
    recorded = struct.pack(">II", 3_900_000_000, 3_900_000_000)
    mvhd = box(b"mvhd", bytes(4), recorded, struct.pack(">II", 1000, round(seconds * 1000)), bytes(80))
    descriptor = b"\x03\x19\0\0\0\x04\x11" + bytes([object_type]) + b"\x15\0\0\0" + bytes(4) + struct.pack(">I", 64000)
    esds = box(b"esds", bytes(4), descriptor + b"\x05\x02\x12\x08\x06\x01\x02")
    mp4a = box(b"mp4a", bytes(6) + b"\0\1" + bytes(8) + struct.pack(">HHHHI", 1, 16, 0, 0, 44100 << 16), esds)
    stbl = box(b"stbl", box(b"stsd", bytes(4), struct.pack(">I", 1), mp4a))
    mdia = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", stbl))
    udta = box(b"udta", box(b"\xa9xyz", SECRET))
    moov = box(b"moov", mvhd, box(b"trak", mdia, udta), udta)
    place = box(b"uuid", bytes(16), SECRET)
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + moov + place + box(b"mdat", b"\x21\x10\x05" * 40)


ALL = {"wav": wav, "mp3": mp3, "ogg": opus, "m4a": m4a}
