"""Specification of realtime/transport_socket.py; what holds for every transport is in test_transport.py."""

import asyncio
import socket
import struct

import pytest

from realtime.frames import encode_close, encode_frame, encode_text, mask
from realtime.transport_socket import SocketTransport

KEY = b"abcd"


def masked(opcode, payload):
    """A frame as a client sends it."""
    frame = bytearray(encode_frame(opcode, payload))
    frame[1] |= 0x80
    head = len(frame) - len(payload)
    return bytes(frame[:head]) + KEY + mask(KEY, payload)


class Ear:
    """A receiver that keeps what it hears."""

    def __init__(self):
        self.heard = []
        self.is_lost = asyncio.Event()

    def on_message(self, message):
        self.heard.append(message)

    def on_pong(self, payload):
        self.heard.append(payload)

    def on_lost(self):
        assert not self.is_lost.is_set(), "lost twice"
        self.is_lost.set()


class Line:
    """A transport and the other end of its socket."""

    def __init__(self, max_size=1000):
        ours, self.peer = socket.socketpair()
        ours.setblocking(False)
        self.peer.setblocking(False)
        self.ear = Ear()
        self.transport = SocketTransport(ours, asyncio.get_running_loop(), max_size)
        self.transport.start(self.ear)

    async def say(self, data):
        await asyncio.get_running_loop().sock_sendall(self.peer, data)

    async def read(self, size):
        """That many bytes, or those until the end."""
        data = b""
        while len(data) < size:
            more = await asyncio.get_running_loop().sock_recv(self.peer, size - len(data))
            if not more:
                break
            data += more
        return data

    def fill(self, size=4000):
        """Writes until the socket takes no more; returns all that was written."""
        frame = encode_text("x" * size)
        written = 0
        while not self.transport.queued:
            self.transport.write(frame)
            written += 1
        return frame * written

    async def end(self):
        self.peer.close()
        await self.ear.is_lost.wait()
        while self.transport._sock.fileno() != -1:
            await asyncio.sleep(0)


def run(scenario):
    async def main():
        async with asyncio.timeout(10):
            await scenario()

    asyncio.run(main())


def test_a_peer_that_catches_up_gets_everything_in_order():
    """Whatever part of a frame the socket took at first."""

    async def scenario():
        line = Line()
        written = line.fill()
        for number in range(200):
            frame = encode_text(f"{number} " + "y" * number * 10)
            line.transport.write(frame)
            written += frame
        assert await line.read(len(written)) == written
        assert line.transport.queued == 0
        line.transport.write(encode_text("direct"))
        assert await line.read(8) == encode_text("direct")
        await line.end()

    run(scenario)


def test_what_is_queued_is_counted_in_bytes():
    """So that whoever writes can keep to a mark."""

    async def scenario():
        line = Line()
        line.fill()
        before = line.transport.queued
        line.transport.write(b"z" * 321)
        assert line.transport.queued == before + 321
        await line.end()

    run(scenario)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (encode_text("unmasked"), 1002),
        (masked(0x1, b"\xff"), 1007),
        (masked(0x1, b"x" * 1001), 1009),
        (masked(0x1, b"x" * 1001) + b"y" * 100_000, 1009),
    ],
    ids=["unmasked", "not UTF-8", "too big", "too big and going on"],
)
def test_a_peer_that_breaks_the_protocol_hears_why(data, code):
    """Also one that is still sending: it is not reset before it could read."""

    async def scenario():
        line = Line()
        await line.say(masked(0x1, b"fine") + data)
        frame = await line.read(1000)
        assert frame[:1] == b"\x88"
        assert int.from_bytes(frame[2:4], "big") == code
        await line.ear.is_lost.wait()
        assert line.ear.heard == ["fine"]
        line.transport.write(encode_text("nothing more"))
        await line.end()

    run(scenario)


def test_after_our_close_nothing_is_listened_to():
    """Until the peer has said its own, and is gone with that."""

    async def scenario():
        line = Line()
        line.transport.close(4502, "kicked")
        line.transport.close(4503, "again")
        line.transport.write(encode_text("more"))
        await line.say(masked(0x1, b"but") + masked(0x8, b"\x11\x96"))
        await line.ear.is_lost.wait()
        assert await line.read(1000) == encode_close(4502, "kicked")
        assert line.ear.heard == []
        await line.end()

    run(scenario)


def test_a_dropped_peer_that_reads_on_gets_the_begun_frame_and_the_reason():
    """What is behind them is lost, and the stream of frames is whole."""

    async def scenario():
        line = Line()
        line.fill(150_000)
        assert isinstance(line.transport._queue[0], memoryview)
        for _ in range(100):
            line.transport.write(encode_text("lost"))
        line.transport.drop(4001, "slow_connection")
        await line.say(masked(0x8, b"\x0f\xa1"))
        data, close = await line.read(10_000_000), encode_close(4001, "slow_connection")
        assert data.endswith(close)
        frame = encode_text("x" * 150_000)
        count, rest = divmod(len(data) - len(close), len(frame))
        assert (data, rest) == (frame * count + close, 0)
        await line.end()

    run(scenario)


def test_a_dropped_peer_that_takes_nothing_is_reset(monkeypatch):
    """After a second, not after the five of the closing handshake."""
    monkeypatch.setattr("realtime.transport_socket.STUCK_S", 0.05)

    async def scenario():
        line = Line()
        line.fill()
        line.transport.drop(4001, "slow_connection")
        assert line.transport.queued < 5000
        async with asyncio.timeout(1):
            await line.ear.is_lost.wait()
        assert line.transport.queued == 0
        await line.end()

    run(scenario)


def test_a_peer_that_does_not_answer_a_close_is_gone_in_the_end(monkeypatch):
    """Within the deadline of the handshake."""
    monkeypatch.setattr("realtime.transport_socket.CLOSE_DEADLINE_S", 0.05)

    async def scenario():
        line = Line()
        line.transport.close(4502, "kicked")
        async with asyncio.timeout(1):
            await line.ear.is_lost.wait()
        await line.end()

    run(scenario)


def test_pings_without_end_are_not_answered_without_end():
    """A peer that reads no pong gets few."""

    async def scenario():
        line = Line()
        line.fill()
        while line.transport.queued < 4096:
            line.transport.write(b"x" * 1000)
        before = line.transport.queued
        for _ in range(100):
            await line.say(masked(0x9, b"there?"))
        await line.say(masked(0x1, b"end"))
        while line.ear.heard != ["end"]:
            await asyncio.sleep(0)
        assert line.transport.queued == before
        await line.end()

    run(scenario)


def test_a_write_to_a_reset_socket_loses_it_in_a_later_turn():
    """A broadcast may be under way: nobody is told from within it."""

    async def scenario():
        line = Line()
        line.transport.pause_reading()
        line.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.peer.close()
        for _ in range(3):
            line.transport.write(encode_text("x"))
            assert not line.ear.is_lost.is_set()
        await line.end()

    run(scenario)
