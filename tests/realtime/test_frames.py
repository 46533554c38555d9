"""Specification of realtime/frames.py, with the `websockets` library's sans-I/O protocol as the oracle."""

import codecs
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Opcode
from websockets.protocol import SERVER, Protocol, State

from realtime.frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    Frame,
    FrameDecoder,
    encode_close,
    encode_frame,
    encode_text,
    lone_text,
    mask,
)
from realtime.frames import _mask as slow_mask

MOST = 1000
FUZZED = int(os.environ.get("FRAMES_FUZZ", "20000"))
KEY = b"\x11\x22\x33\x44"


def client_frame(opcode, payload=b"", *, final=True, reserved=0, length=None, key=KEY):
    """A frame as a browser sends it; `length` writes a size in a longer form than needed."""
    first = (0x80 if final else 0) | reserved << 4 | opcode
    size = len(payload)
    form = length or (0 if size < 126 else 2 if size < 65536 else 8)
    head = bytes((first, 0x80 | {0: size, 2: 126, 8: 127}[form]))
    head += size.to_bytes(form, "big") if form else b""
    return head + key + bytes(byte ^ key[number % 4] for number, byte in enumerate(payload))


def ours(chunks, most=MOST):
    """(messages and control frames, close code or None) of the decoder."""
    decoder = FrameDecoder(most)
    frames = [tuple(frame) for chunk in chunks for frame in decoder.feed(chunk)]
    return frames, decoder.failure.code if decoder.failure else None


def oracle(data, most=MOST):
    """The same of the other library, which leaves putting fragments together and UTF-8 to its caller."""
    protocol = Protocol(SERVER, state=State.OPEN, max_size=most)
    protocol.receive_data(data)
    frames, opcode, parts, utf8 = [], None, [], None
    for frame in protocol.events_received():
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            if frame.opcode is not Opcode.CONT:
                opcode, parts = frame.opcode, []
                utf8 = codecs.getincrementaldecoder("utf-8")() if frame.opcode is Opcode.TEXT else None
            try:
                parts.append(utf8.decode(frame.data, frame.fin) if utf8 else bytes(frame.data))
            except UnicodeDecodeError:
                return frames, 1007
            if frame.fin:
                frames.append((int(opcode), ("" if utf8 else b"").join(parts)))
        else:
            frames.append((int(frame.opcode), bytes(frame.data)))
    if protocol.parser_exc is None:
        return frames, None
    # It says that it failed in the close frame that it would send; none when the peer had closed already.
    return frames, protocol.close_sent.code if frames[-1:] == [] or frames[-1][0] != Opcode.CLOSE else None


def agree(data, mine, most=MOST):
    """Whether decoder and oracle say the same of these bytes.

    Two things the oracle does otherwise. It judges a frame after its payload, so it is given more when we have judged
    already. And it counts a control frame's size as part of the message that it interrupts, which RFC 6455 does not.
    """
    theirs = oracle(data, most)
    if mine[1] is not None and theirs[1] is None:
        theirs = oracle(data + bytes(2 * 65536), most)
    if mine == theirs:
        return True
    if mine[1] is None and theirs[1] == 1009:
        mine = ours([data + bytes(125)], most)  # the rest of the control frame that the oracle did not wait for
    frames, ahead = mine[0][: len(theirs[0])], mine[0][len(theirs[0]) :]
    if frames != theirs[0] or theirs[1] != 1009:
        return False
    return ahead[0][0] >= CLOSE if ahead else mine[1] in (1002, 1007)


def test_a_server_frame_is_what_the_oracle_writes():
    """Of every length form; the same bytes for everyone, since nothing is masked."""
    for size in (0, 1, 125, 126, 65535, 65536):
        protocol = Protocol(SERVER, state=State.OPEN)
        protocol.send_text(b"x" * size)
        assert encode_frame(TEXT, b"x" * size) == b"".join(protocol.data_to_send())
    assert encode_text("é\ud800") == b"\x81\x03\xc3\xa9?"


@pytest.mark.parametrize(
    ("reason", "arrives"), [("", ""), ("kicked", "kicked"), ("ü" * 100, "ü" * 61), ("x" * 200, "x" * 123)]
)
def test_a_close_frame_fits_a_control_frame(reason, arrives):
    """Its reason is cut between characters."""
    frame = encode_close(4502, reason)
    assert frame[2:4] == (4502).to_bytes(2, "big")
    assert frame[4:].decode() == arrives
    assert len(frame) - 2 == frame[1] <= 125


@given(st.binary(min_size=4, max_size=4), st.binary(max_size=300))
def test_masking_is_its_own_inverse(key, payload):
    """And what a loop over the bytes would give; where there is no C for it too."""
    for way in (mask, slow_mask):
        assert way(key, payload) == bytes(byte ^ key[number % 4] for number, byte in enumerate(payload))
        assert way(key, way(key, payload)) == payload


def test_a_message_may_be_cut_anywhere():
    """Also between the frames of a message, which may have pings among them."""
    data = (
        client_frame(TEXT, "Grüße".encode())
        + client_frame(TEXT, b"\xf0\x9f", final=False)
        + client_frame(PING, b"1")
        + client_frame(CONTINUATION, b"\x8e\x93 and", final=False)
        + client_frame(PONG, b"2")
        + client_frame(CONTINUATION, b" more")
        + client_frame(BINARY, bytes(range(256)), length=8)
        + client_frame(CLOSE, b"\x03\xe8bye")
    )
    expected = [
        (TEXT, "Grüße"), (PING, b"1"), (PONG, b"2"), (TEXT, "🎓 and more"), (BINARY, bytes(range(256))),
        (CLOSE, b"\x03\xe8bye"),
    ]  # fmt: skip
    assert ours([data]) == (expected, None) == oracle(data)
    for cut in range(len(data) + 1):
        assert ours([data[:cut], data[cut:]]) == (expected, None)
    assert ours([data[n : n + 1] for n in range(len(data))]) == (expected, None)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (client_frame(TEXT, b"x", reserved=4), 1002),
        (client_frame(PING, b"x", reserved=1), 1002),
        (client_frame(0x3, b"x"), 1002),
        (client_frame(0xB, b"x"), 1002),
        (encode_frame(TEXT, b"unmasked"), 1002),
        (client_frame(PING, b"x", final=False), 1002),
        (client_frame(PING, b"x" * 126), 1002),
        (client_frame(CONTINUATION, b"x"), 1002),
        (client_frame(TEXT, b"x", final=False) + client_frame(TEXT, b"x"), 1002),
        (client_frame(CLOSE, b"\x03"), 1002),
        (client_frame(CLOSE, b"\x03\xed"), 1002),
        (client_frame(CLOSE, b"\x03\xe7"), 1002),
        (client_frame(TEXT, b"x", final=False) + client_frame(CLOSE, b"\x03\xe8"), 1002),
        (client_frame(CLOSE, b"\x03\xe8\xff"), 1007),
        (client_frame(TEXT, b"\xff"), 1007),
        (client_frame(TEXT, b"\xed\xa0\x80"), 1007),
        (client_frame(TEXT, b"\xc3"), 1007),
        (client_frame(TEXT, b"\xc3", final=False) + client_frame(CONTINUATION, b"x"), 1007),
        (client_frame(TEXT, b"\xc3", final=False) + client_frame(CONTINUATION, b""), 1007),
        (client_frame(TEXT, b"x" * (MOST + 1)), 1009),
        (client_frame(BINARY, b"x" * 600, final=False) + client_frame(CONTINUATION, b"x" * 401), 1009),
    ],
    ids=[
        "reserved bit", "reserved bit of a ping", "opcode 3", "opcode 11", "unmasked", "fragmented ping", "long ping",
        "continuation of nothing", "beginning within a message", "half a close code", "code 1005", "code 999",
        "close within a message", "reason not UTF-8", "not UTF-8", "a surrogate", "cut character",
        "character cut by a frame", "character cut by an empty frame", "too big", "too big in parts",
    ],
)  # fmt: skip
def test_what_breaks_the_protocol_ends_it(data, code):
    """With the code that the oracle has for it, wherever the bytes are cut; nothing behind it is read."""
    assert ours([data])[1] == code == oracle(data)[1]
    for cut in range(len(data)):
        decoder = FrameDecoder(MOST)
        decoder.feed(data[:cut])
        decoder.feed(data[cut:])
        assert decoder.failure.code == code
        assert decoder.is_over
        assert decoder.feed(client_frame(TEXT, b"late")) == []


def test_a_size_is_refused_before_its_payload_comes():
    """Else a peer could make us keep what we will not take; one byte less is waited for."""
    decoder = FrameDecoder(MOST)
    assert decoder.feed(client_frame(TEXT, b"x" * (MOST + 1))[:4]) == []
    assert decoder.failure.code == 1009
    huge = bytes((0x81, 0xFF)) + (2**63).to_bytes(8, "big")
    assert ours([huge])[1] == 1009
    assert ours([client_frame(TEXT, b"x" * MOST)]) == ([(TEXT, "x" * MOST)], None)


def test_many_frames_of_one_read_come_together():
    """In one list, in order."""
    decoder = FrameDecoder(MOST)
    data = b"".join(client_frame(TEXT, b"%d" % number) for number in range(100))
    assert decoder.feed(data) == [Frame(TEXT, str(number)) for number in range(100)]


def test_empty_frames_leave_nothing_behind():
    """A message may have a million of them."""
    decoder = FrameDecoder(MOST)
    decoder.feed(client_frame(TEXT, b"a", final=False))
    for _ in range(1000):
        assert decoder.feed(client_frame(CONTINUATION, b"", final=False)) == []
    assert len(decoder._parts) == 1
    assert decoder.feed(client_frame(CONTINUATION, b"b")) == [Frame(TEXT, "ab")]


pieces = st.builds(
    client_frame,
    st.sampled_from([CONTINUATION, TEXT, BINARY, PING, PONG] * 3 + [CLOSE]),
    st.one_of(st.text(max_size=40).map(str.encode), st.binary(max_size=20), st.just(b"\x03\xe8")),
    final=st.sampled_from([True, True, False]),
    length=st.sampled_from([None, None, 2, 8]),
    key=st.binary(min_size=4, max_size=4),
)


@given(st.lists(pieces, max_size=6).map(b"".join))
def test_wherever_the_bytes_are_cut_the_oracle_agrees(data):
    """Same messages, or the same close code after the same messages."""
    whole = ours([data])
    assert agree(data, whole)
    for cut in range(1, len(data)):
        assert ours([data[:cut], data[cut:]]) == whole


def fuzzed(chance):
    """Frames that are mostly right, then a few bytes that are not."""
    frames = []
    for _ in range(chance.randrange(1, 5)):
        payload = chance.choice([b"", b"x", "ü🎓".encode(), b"\x03\xe8", chance.randbytes(chance.randrange(140))])
        opcode = chance.choice([CONTINUATION, TEXT, TEXT, BINARY, PING, PONG, CLOSE, chance.randrange(16)])
        reserved = chance.choice([0] * 20 + [1, 2, 4])
        frames.append(client_frame(opcode, payload, final=chance.random() < 0.7, reserved=reserved))
    data = bytearray(b"".join(frames))
    for _ in range(chance.choice([0, 0, 1, 3])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data) + 1)])])


def test_nothing_that_a_peer_sends_confuses_the_decoder():
    """FRAMES_FUZZ inputs (20,000; a million is an evening's walk), each cut at random, against the oracle."""
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    for number in range(FUZZED):
        data = fuzzed(chance)
        cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(4)))
        chunks = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
        assert agree(data, ours(chunks, 200), 200), (seed, number, data.hex())


def test_the_opcodes_are_those_of_the_oracle():
    """By name."""
    names = {"CONT": CONTINUATION, "TEXT": TEXT, "BINARY": BINARY, "CLOSE": CLOSE, "PING": PING, "PONG": PONG}
    assert {opcode.name: int(opcode) for opcode in Opcode} == names


@given(
    st.sampled_from((TEXT, BINARY, CONTINUATION, PING, CLOSE)),
    st.text(max_size=300).map(str.encode) | st.binary(max_size=300),
    st.booleans(),
    st.sampled_from((None, 2, 8)),
    st.binary(max_size=2),
)
def test_a_lone_text_is_what_a_decoder_would_give(opcode, payload, final, length, more):
    """Whatever else comes is left to one: other frames, wrong ones, parts of one, and those with something behind."""
    if length is None or len(payload) > 125:
        length = None
    data = client_frame(opcode, payload, final=final, length=length) + more
    frames, code = ours([data], 200)
    text = lone_text(data, 200)
    if text is not None:
        assert (frames, code) == ([(TEXT, text)], None)
    else:
        is_lone = len(frames) == 1 and frames[0][0] == TEXT and not more and code is None
        assert not is_lone or length == 8
    for cut in range(min(len(data), 16)):
        assert not lone_text(data[:cut], 200) or ours([data[:cut]], 200)[0] == [(TEXT, lone_text(data[:cut], 200))]


def test_a_decoder_is_idle_between_messages():
    """Then nothing of it has to be kept."""
    decoder = FrameDecoder(MOST)
    assert decoder.is_idle
    for part, is_idle in ((client_frame(TEXT, b"a", final=False), False), (client_frame(CONTINUATION, b"b"), True)):
        decoder.feed(part)
        assert decoder.is_idle is is_idle
    decoder.feed(client_frame(TEXT, b"abc")[:5])
    assert not decoder.is_idle
    decoder.feed(client_frame(TEXT, b"abc")[5:] + client_frame(CLOSE))
    assert not decoder.is_idle
