"""Sounds are known by their bytes, found whole, and freed of what nobody should hear of."""

import struct

import pytest
from pictures import file_of, photo
from sound_samples import ALL, FRAME, FRAME_S, SECRET, box, id3, m4a, mp3, opus, page, wav

from formats.sounds import kind_of
from services import sounds
from services.errors import Invalid
from services.sound_files import PARTS_MOST
from services.sounds import is_sound, prepare


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        prepare(data)
    assert refused.value.details["problems"] == [{"field": "file", "reason": refused.value.message}]
    return refused.value.message


def outcome(data: bytes) -> object:
    """How long it is, or the sentence; any other error fails the test."""
    try:
        return prepare(data).duration_ms
    except Invalid as refused:
        return refused.message


@pytest.mark.parametrize(("kind", "seconds"), [("wav", 1.0), ("mp3", 40 * FRAME_S), ("ogg", 2.0), ("m4a", 3.0)])
def test_each_kind_is_taken_and_tells_how_long_it_is(kind, seconds):
    """Under the hash of what is kept, which has no name, place or comment any more."""
    given = ALL[kind]()
    made = prepare(given)
    assert SECRET in given
    assert SECRET[:8] not in made.data
    assert (made.id[64:], made.type, made.width, made.height) == (f".{kind}", sounds.TYPES[kind], 0, 0)
    assert made.duration_ms == pytest.approx(seconds * 1000, abs=30)
    assert is_sound(given)


@pytest.mark.parametrize("kind", ALL)
def test_what_comes_back_is_the_same(kind):
    """Of a quiz that went out and comes in again, byte for byte."""
    made = prepare(ALL[kind]())
    assert prepare(made.data) == made


@pytest.mark.parametrize("kind", ALL)
def test_a_file_that_was_cut_off_is_refused(kind):
    """In the middle; an MP3 says so only where it says how many frames it has."""
    given = mp3(said=40) if kind == "mp3" else ALL[kind]()
    assert refusal(given[: len(given) * 2 // 3]) == sounds.BROKEN.format(kind=sounds.NAMES[kind])


@pytest.mark.parametrize("kind", ALL)
def test_a_hostile_file_ends_in_a_sentence(kind):
    """Wherever bytes are wrong, it is taken or refused, and nothing else happens."""
    given = ALL[kind]()
    for at in range(0, min(len(given), 700), 3):
        wrong = given[:at] + b"\xff\xff\xff\xff" + given[at + 4 :]
        assert outcome(wrong)


def test_the_frames_of_an_mp3_are_all_that_stays():
    """Blanks, tags between joined files, an APE tag and half a frame go."""
    whole = id3() + bytes(500) + FRAME * 5 + id3(b"second") + FRAME * 5 + FRAME[:200]
    assert prepare(whole).data == FRAME * 10
    assert prepare(FRAME * 9 + b"APETAGEX" + bytes(9000)).data == FRAME * 9
    assert refusal(FRAME * 9 + b"x" * 9000) == sounds.BROKEN.format(kind="MP3")
    assert refusal(id3()) == sounds.BROKEN.format(kind="MP3")
    assert refusal(b"ID3\x04\0\0\x7f\x7f\x7f\x7f") == sounds.BROKEN.format(kind="MP3")


def test_the_length_is_counted_and_not_believed():
    """An MP3 that says that it is short."""
    frames = int(sounds.DURATION_MOST_S / FRAME_S) - 1
    assert prepare(mp3(frames, said=2)).duration_ms > 590_000
    assert refusal(mp3(frames + 2, said=2)) == sounds.TOO_LONG


def test_limits_are_told():
    """Ten minutes, ten megabytes, and something to hear."""
    assert refusal(m4a(601)) == sounds.TOO_LONG
    assert prepare(m4a(600)).duration_ms == 600_000
    for kind, empty in {"M4A": m4a(0), "WAV": wav(0), "Ogg": opus(0)}.items():
        assert refusal(empty) == sounds.SILENT.format(kind=kind)
    assert refusal(bytes(sounds.FILE_MOST + 1)) == sounds.TOO_LARGE


def test_a_wave_from_a_pipe_has_what_came():
    """It was begun without knowing how long it would become."""
    whole = wav()
    start = whole.index(b"data")
    streamed = whole[: start + 4] + b"\xff\xff\xff\xff" + whole[start + 8 : whole.index(b"LIST")]
    assert prepare(streamed) == prepare(whole)


def test_what_browsers_do_not_play_is_refused():
    """With what to do instead."""
    compressed = wav().replace(b"fmt \x10\0\0\0\1\0", b"fmt \x10\0\0\0\x31\0")
    assert refusal(compressed) == sounds.NOT_PLAYED.format(kind="WAV")
    assert refusal(m4a(object_type=0xDD)) == sounds.NOT_PLAYED.format(kind="M4A")
    assert refusal(page(b"Speex   " + bytes(72), 0, flags=2)) == sounds.NOT_PLAYED.format(kind="Ogg")
    for beginning, name in sounds._OTHERS:
        assert refusal(beginning + bytes(100)) == sounds.NOT_TAKEN.format(kind=name)


def test_a_film_is_no_sound():
    """Nor are two streams in one file."""
    assert refusal(m4a(handler=b"vide")) == sounds.MORE_THAN_SOUND.format(kind="M4A")
    assert refusal(opus() + page(b"OpusHead", 0, stream=8)) == sounds.MORE_THAN_SOUND.format(kind="Ogg")
    assert refusal(box(b"ftyp", b"M4A ") + box(b"moov")) == sounds.BROKEN.format(kind="M4A")


def test_a_file_of_many_parts_is_given_up():
    """Each of them next to nothing."""
    assert refusal(box(b"ftyp", b"M4A ") + box(b"free") * (PARTS_MOST + 1)) == sounds.BROKEN.format(kind="M4A")
    assert refusal(page(b"", 0) * (PARTS_MOST + 1)) == sounds.BROKEN.format(kind="Ogg")
    assert refusal(b"RIFF\0\0\0\0WAVE" + struct.pack("<4sI", b"junk", 0) * (PARTS_MOST + 1)).startswith("This WAV")


def test_pictures_and_letters_are_no_sounds():
    """A picture goes the way of pictures, also one in the box that films come in."""
    assert not any(is_sound(file_of(photo(), format)) for format in ("PNG", "JPEG", "WEBP", "GIF"))
    assert kind_of(b"\0\0\0\x18ftypheic") == ""
    assert is_sound(b"Dear parents", "audio/mpeg")
    assert refusal(b"Dear parents") == sounds.NOT_A_SOUND
