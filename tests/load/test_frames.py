"""The generator's own end of the WebSocket wire, judged by the `websockets` library."""

import random

import pytest
from websockets.frames import Frame as PeerFrame
from websockets.frames import Opcode as PeerOpcode
from websockets.server import ServerProtocol

from load.errors import LinkError
from load.frames import LARGEST, Frame, FrameReader, Opcode, accept_of, check_response, encode, request

SIZES = [0, 1, 125, 126, 127, 4096, 65535, 65536, 70000]
MASK = b"\x01\xfe\x80\x7f"


def server_frame(opcode, payload, *, fin=True):
    """As a server sends it: unmasked."""
    return PeerFrame(PeerOpcode(opcode), payload, fin).serialize(mask=False)


def test_the_key_of_the_standard_is_answered_as_there():
    """RFC 6455, section 1.3."""
    assert accept_of("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.mark.parametrize("size", SIZES)
def test_another_library_reads_what_is_sent(size):
    """Handshake, then a text of every way of writing its length."""
    key = "dGhlIHNhbXBsZSBub25jZQ=="
    payload = bytes(random.Random(size).choices(b"abcxyz", k=size))
    server = ServerProtocol(max_size=None, subprotocols=["quizhall.v1"])
    server.receive_data(request("127.0.0.1:8888", "/ws", key, {"Sec-WebSocket-Protocol": "quizhall.v1"}))
    [asked] = server.events_received()
    response = server.accept(asked)
    check_response(response.serialize().removesuffix(b"\r\n\r\n"), key)
    server.send_response(response)
    server.receive_data(encode(Opcode.TEXT, payload, MASK))
    [frame] = server.events_received()
    assert (frame.opcode, frame.data) == (PeerOpcode.TEXT, payload)


@pytest.mark.parametrize("size", SIZES)
def test_what_another_library_sends_is_read(size):
    """However the bytes are cut."""
    payload = random.Random(size).randbytes(size)
    data = server_frame(1, payload) + server_frame(9, b"now")
    for cut in {1, 2, 3, 9, 10, 11, len(data) - 1}:
        reader = FrameReader()
        assert reader.feed(data[:cut]) + reader.feed(data[cut:]) == [Frame(1, payload), Frame(9, b"now")]


def test_bytes_may_come_one_by_one():
    """Nothing is given before it is whole."""
    data = server_frame(1, b"x" * 200)
    reader = FrameReader()
    assert [frame for at in range(len(data)) for frame in reader.feed(data[at : at + 1])] == [Frame(1, b"x" * 200)]


def test_fragments_are_joined_around_a_ping():
    """A control frame may stand between the fragments of a message."""
    data = server_frame(1, b"a", fin=False) + server_frame(9, b"") + server_frame(0, b"b") + server_frame(1, b"c")
    assert FrameReader().feed(data) == [Frame(9, b""), Frame(1, b"ab"), Frame(1, b"c")]


@pytest.mark.parametrize(
    "data",
    [
        server_frame(0, b"a"),
        server_frame(1, b"a", fin=False) + server_frame(1, b"b"),
        b"\xc1\x00",
        encode(Opcode.TEXT, b"a", MASK),
        b"\x81\x7f" + (LARGEST + 1).to_bytes(8, "big"),
    ],
    ids=["lone fragment", "new message in an unfinished one", "reserved bit", "masked", "too large"],
)
def test_what_no_server_may_send_is_refused(data):
    """Better a counted error than a wrong figure."""
    with pytest.raises(LinkError) as caught:
        FrameReader().feed(data)
    assert caught.value.code == "bad_frame"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"HTTP/1.1 401 Unauthorized", "upgrade_401"),
        (b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: other", "upgrade_key"),
        (b"HTTP/1.1 101 Switching Protocols", "upgrade_key"),
    ],
)
def test_an_upgrade_that_was_refused_is_named(head, code):
    """The report counts it under that name."""
    with pytest.raises(LinkError) as caught:
        check_response(head, "dGhlIHNhbXBsZSBub25jZQ==")
    assert caught.value.code == code
