"""Makes a sound that somebody sent fit to be played: known by its bytes, found whole, freed of all that is no sound.

The sound itself is not encoded anew, so what a browser cannot play is refused. Owns what counts as a sound; where the
containers keep what is cut out, sound_files.py says.
"""

import hashlib
import io

from tinytag import TinyTag
from tinytag.tinytag import TinyTagException

from formats.sounds import kind_of
from services.images import TOO_LARGE, unusable
from services.medium import Medium
from services.sound_files import MoreThanSound, NotWhole, trim_mp4, trim_ogg, trim_wav
from services.sound_mp3 import TooLong, trim_mp3

FILE_MOST = 10 * 1024 * 1024
DURATION_MOST_S = 600
TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav"}
NAMES = {"mp3": "MP3", "m4a": "M4A", "ogg": "Ogg", "wav": "WAV"}

TOO_LONG = "The sound is longer than 10 minutes, which is the most. Cut it and try again."
NOT_A_SOUND = "This is not a sound that Quizhall can read. It takes MP3, M4A (AAC), Ogg (Vorbis, Opus) and WAV."
NOT_TAKEN = "Not every phone plays {kind} files, so Quizhall takes none. Save the sound as MP3 or M4A and try again."
NOT_PLAYED = "What is in this {kind} file is not played by every phone. Save the sound as MP3 or M4A and try again."
MORE_THAN_SOUND = "This {kind} file holds more than one sound, perhaps a film. Save its sound as MP3 and try again."
BROKEN = "This {kind} sound is damaged or cut off. Save or download it again and try once more."
SILENT = "This {kind} file says nothing of how long it is, or is empty. Save it again, best as MP3 or M4A."

# As tinytag calls what is in a container. Browsers play these, on all systems of the last years.
_PLAYED = {
    "m4a": ("mp4a.40.2", "mp4a.40.5", "mp4a.40.29"),
    "ogg": ("vorbis", "opus"),
    # Whole numbers and fractions, as they are.
    "wav": ("1", "3"),
}
_TRIMS = {"m4a": trim_mp4, "ogg": trim_ogg, "wav": trim_wav}
_OTHERS = (
    (b"fLaC", "FLAC"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"#!AMR", "AMR"),
    (b"0&\xb2u\x8ef\xcf\x11", "WMA"),
    (b"MThd", "MIDI"),
    (b"FORM", "AIFF"),
    (b"caff", "CAF"),
    (b"\xff\xf1", "bare AAC"),
    (b"\xff\xf9", "bare AAC"),
)


def is_sound(data: bytes, said_type: str = "") -> bool:
    """Whether the file begins like a sound, or is none of ours and came as one."""
    return bool(kind_of(data) or _other(data)) or said_type.startswith("audio/")


def prepare(data: bytes) -> Medium:
    """The sound of a file without what else is in it. Raises Invalid.

    Takes up to half a second and some copies of the file: for an executor, one at a time.
    """
    if len(data) > FILE_MOST:
        raise unusable(TOO_LARGE)
    kind = kind_of(data)
    if not kind:
        other = _other(data)
        raise unusable(NOT_TAKEN.format(kind=other) if other else NOT_A_SOUND)
    try:
        trimmed, seconds = trim_mp3(data, DURATION_MOST_S) if kind == "mp3" else _trimmed(kind, data)
    except TooLong as error:
        raise unusable(TOO_LONG) from error
    except MoreThanSound as error:
        raise unusable(MORE_THAN_SOUND.format(kind=NAMES[kind])) from error
    except NotWhole as error:
        raise unusable(BROKEN.format(kind=NAMES[kind])) from error
    if seconds > DURATION_MOST_S:
        raise unusable(TOO_LONG)
    duration_ms = round(seconds * 1000)
    if duration_ms <= 0:
        raise unusable(SILENT.format(kind=NAMES[kind]))
    return Medium(f"{hashlib.sha256(trimmed).hexdigest()}.{kind}", TYPES[kind], 0, 0, trimmed, duration_ms)


def _trimmed(kind: str, data: bytes) -> tuple[bytes, float]:
    """(the file without its tags, seconds). Raises NotWhole, MoreThanSound, Invalid."""
    trimmed = _TRIMS[kind](data)
    try:
        told = TinyTag.get(file_obj=io.BytesIO(trimmed), tags=False)
    except TinyTagException as error:
        raise NotWhole from error
    codec = (told.mime_type or "").partition('codecs="')[2].rstrip('"')
    if codec not in _PLAYED[kind]:
        raise unusable(NOT_PLAYED.format(kind=NAMES[kind]))
    return trimmed, told.duration or 0.0


def _other(data: bytes) -> str:
    return next((name for beginning, name in _OTHERS if data.startswith(beginning)), "")
