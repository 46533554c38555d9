"""Specification of realtime/wire.py, and of wire.c where it was compiled: then both are held against each other too."""

import asyncio
import gc
import importlib.util
import select
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime import wire as used
from realtime.frames import BINARY, CLOSE, PING, TEXT, FrameDecoder, encode_frame, mask

SOURCE = Path(__file__).parents[2] / "realtime" / "wire.py"
KEY = b"\x00a\xff9"


def in_python():
    spec = importlib.util.spec_from_file_location("wire_in_python", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WIRES = [used] if used.__file__ == str(SOURCE) else [used, in_python()]
every_wire = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: Path(wire.__file__).suffix)


@pytest.fixture
def line():
    """Both ends of a socket, ours first, that do not wait."""
    ends = socket.socketpair()
    for end in ends:
        end.setblocking(False)
    yield ends
    for end in ends:
        end.close()


def masked(opcode, payload, final=True):
    """A frame as a client sends it."""
    frame = bytearray(encode_frame(opcode, payload))
    frame[0] &= 0xFF if final else 0x7F
    frame[1] |= 0x80
    head = len(frame) - len(payload)
    return bytes(frame[:head]) + KEY + mask(KEY, payload)


def received(wire, data, most):
    ours, peer = socket.socketpair()
    with ours, peer:
        peer.sendall(data)
        return wire.receive(ours.fileno(), most)


@every_wire
@pytest.mark.parametrize("text", ["", "a", "grün 🌲", "x" * 125, "x" * 126, "ü" * 8000])
def test_a_text_that_is_alone_comes_as_one(wire, line, text):
    """Of whatever length one read holds; there is nothing behind it."""
    ours, peer = line
    peer.sendall(masked(TEXT, text.encode()))
    assert wire.receive(ours.fileno(), 20_000) == text
    assert wire.receive(ours.fileno(), 20_000) is None


@every_wire
@pytest.mark.parametrize(
    "data",
    [
        masked(TEXT, b"too long"),
        masked(TEXT, b"one")[:-1],
        masked(TEXT, b"one") + b"\x81",
        masked(TEXT, b"one") * 2,
        masked(TEXT, b"\xff\xfe"),
        masked(TEXT, b"one", final=False),
        masked(BINARY, b"one"),
        masked(PING, b"one"),
        masked(CLOSE, b""),
        encode_frame(TEXT, b"one"),
        b"\x81",
        b"\x81\xff" + b"\x00" * 12,
    ],
)
def test_anything_else_comes_as_it_is(wire, line, data):
    """Byte by byte: a decoder has to look at it."""
    ours, peer = line
    peer.sendall(data)
    assert wire.receive(ours.fileno(), 7) == data


@every_wire
def test_no_text_is_taken_where_none_is_wanted(wire, line):
    """Not even the empty one."""
    ours, peer = line
    peer.sendall(masked(TEXT, b""))
    assert wire.receive(ours.fileno(), -1) == masked(TEXT, b"")


@every_wire
def test_a_peer_that_has_gone_gives_no_bytes(wire, line):
    """By a goodbye, a reset, or because the descriptor is none any more."""
    ours, peer = line
    peer.close()
    assert wire.receive(ours.fileno(), 100) == b""
    assert wire.receive(-1, 100) == b""


@every_wire
def test_a_long_read_has_an_end(wire, line):
    """What does not fit comes with the next."""
    ours, peer = line
    data = bytes(range(256)) * 200
    peer.sendall(data)
    parts = [wire.receive(ours.fileno(), 100), wire.receive(ours.fileno(), 100)]
    assert b"".join(parts) == data
    assert len(parts[0]) == 32 * 1024


@given(
    st.sampled_from((TEXT, BINARY, PING)),
    st.text(max_size=200).map(str.encode) | st.binary(max_size=200),
    st.booleans(),
    st.binary(max_size=3),
    st.integers(0, 20),
    st.sampled_from((-1, 0, 50, 1000)),
)
def test_both_read_the_same(opcode, payload, final, more, cut, most):
    """And a text that comes by itself is the one that a decoder would have given."""
    frame = masked(opcode, payload, final) + more
    data = frame[: len(frame) - cut] or b"\x81"
    found = [received(wire, data, most) for wire in WIRES]
    assert found == found[:1] * len(found)
    if isinstance(found[0], str):
        assert FrameDecoder(most).feed(data) == [(TEXT, found[0])]
    else:
        assert found[0] == data


@every_wire
@pytest.mark.parametrize("size", [0, 125, 126, 4096, 4097, 70_000])
def test_a_text_is_sent_in_one_frame(wire, line, size):
    """What it returns is left of it: nothing, or all where it is not for the short way."""
    ours, peer = line
    payload = b"x" * size
    frame = encode_frame(TEXT, payload)
    left = wire.send_text(ours.fileno(), payload)
    assert left in ((0,) if size <= 4096 else (0, len(frame)))
    peer.setblocking(True)
    assert left or peer.recv(len(frame), socket.MSG_WAITALL) == frame


@every_wire
def test_what_a_full_socket_did_not_take_is_left(wire, line):
    """A part of the last frame, then all of every other; what was taken is whole."""
    ours, peer = line
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    payload = b"y" * 3000
    frame = encode_frame(TEXT, payload)
    lefts = [wire.send_text(ours.fileno(), payload) for _ in range(200)]
    assert lefts[0] == 0
    assert lefts[-1] == len(frame)
    taken = sum(len(frame) - left for left in lefts)
    got = b""
    while len(got) < taken:
        got += peer.recv(taken)
    assert got == (frame * 200)[:taken]


@every_wire
def test_to_a_peer_that_has_gone_all_is_left(wire, line):
    """Without an error, and without the signal that would end the process."""
    ours, peer = line
    peer.close()
    assert wire.send_text(ours.fileno(), b"x") == 3
    assert wire.send_text(-1, b"x") == 3


@every_wire
@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 7, 100])
def test_looking_ahead_changes_nothing(wire, count):
    """However long the list is, and whatever refers to whatever."""
    items = [{"n": [n], "loop": asyncio.Event, "type": int} for n in range(count)]
    for item in items:
        item["itself"] = item
    wire.fetch_ahead(items)
    assert [item["n"] for item in items] == [[n] for n in range(count)]
    gc.collect()


class Watched:
    """Sockets with something to read, and callbacks that note their number."""

    def __init__(self, count):
        self.epoll = select.epoll()
        self.pairs = [socket.socketpair() for _ in range(count)]
        self.fds = [ours.fileno() for ours, _ in self.pairs]
        self.came = []
        self.callbacks = [None] * (max(self.fds) + 1)
        for number, (ours, peer) in enumerate(self.pairs):
            self.epoll.register(ours, select.EPOLLIN)
            self.callbacks[ours.fileno()] = lambda number=number: self.came.append(number)
            peer.send(b"x")

    def close(self):
        self.epoll.close()
        for pair in self.pairs:
            for end in pair:
                end.close()


@pytest.fixture
def watched():
    if not hasattr(select, "epoll"):
        pytest.skip("there is no epoll here")
    watched = Watched(20)
    yield watched
    watched.close()


@every_wire
def test_each_that_is_readable_is_called_once(wire, watched):
    """No more of them than asked for; the others come next."""
    wire.call_readable(watched.epoll, watched.callbacks, 12)
    assert len(watched.came) == 12
    wire.call_readable(watched.epoll, watched.callbacks, 12)
    assert set(watched.came) == set(range(20))


@every_wire
def test_one_that_was_taken_away_meanwhile_is_not_called(wire, watched):
    """By a callback of the same turn."""

    def take_away():
        watched.callbacks[:] = [None] * len(watched.callbacks)
        watched.came.append("last")

    for fd in watched.fds:
        watched.callbacks[fd] = take_away
    wire.call_readable(watched.epoll, watched.callbacks, 20)
    assert watched.came == ["last"]


@every_wire
def test_what_a_callback_raises_comes_out(wire, watched):
    """The others are offered again."""

    def fail():
        raise LookupError("mine")

    first = watched.callbacks[watched.fds[0]]
    watched.callbacks[watched.fds[0]] = fail
    with pytest.raises(LookupError, match="mine"):
        wire.call_readable(watched.epoll, watched.callbacks, 20)
    watched.callbacks[watched.fds[0]] = first
    wire.call_readable(watched.epoll, watched.callbacks, 20)
    assert set(watched.came) == set(range(20))


@every_wire
def test_a_closed_epoll_is_an_error(wire, watched):
    """It is not taken for silence."""
    watched.epoll.close()
    with pytest.raises((ValueError, OSError)):
        wire.call_readable(watched.epoll, watched.callbacks, 1)


@pytest.mark.skipif(len(WIRES) == 1, reason="wire.c was not compiled, or is not used")
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("receive", (1,)),
        ("receive", ("1", 1)),
        ("send_text", (1, "text")),
        ("send_text", (None, b"")),
        ("fetch_ahead", ((),)),
        ("call_readable", (1, (), 1)),
    ],
)
def test_wrong_arguments_are_type_errors(name, args):
    """Nobody reads memory that is not theirs."""
    with pytest.raises(TypeError):
        getattr(used, name)(*args)
