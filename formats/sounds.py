"""Sounds that a quiz file brings: found by what refers to them, known by their first bytes. What is in them, and
whether they are whole, services/sounds.py finds out."""

import hashlib

from formats.pictures import FindPicture, find_file

# Pictures are in the box of M4A too.
_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")


def kind_of(data: bytes) -> str:
    """The ending that a sound of ours has, by its first bytes; "" for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    if data[:4] == b"OggS":
        return "ogg"
    if data[4:8] == b"ftyp" and data[8:12] not in _PICTURE_BRANDS:
        return "m4a"
    is_frame = len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2
    return "mp3" if data[:3] == b"ID3" or is_frame else ""


def read_sound(reference: str, find: FindPicture) -> tuple[str, bytes | None, str]:
    """As formats.pictures.read_picture."""
    data, why = find_file(reference, find, "sound")
    if data is None:
        return "", None, why
    kind = kind_of(data)
    if not kind:
        return "", None, f"The sound was left out: {reference[:120]}. It is no MP3, M4A, Ogg or WAV."
    return f"{hashlib.sha256(data).hexdigest()}.{kind}", data, ""
