"""Specification of the direct way from the shard's loop into a socket, over real sockets that take little at a time."""

import asyncio
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock import ManualClock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.frames import CLOSE, TEXT, encode_text
from realtime.hub import Hub
from realtime.transport_socket import _OPEN, SocketTransport


class Ear:
    """A receiver that notes the end."""

    is_lost = False

    def on_message(self, message):
        pass

    def on_pong(self, payload):
        pass

    def on_lost(self):
        self.is_lost = True


class Peer:
    """A subscriber of the topic t, and the other end of its socket."""

    def __init__(self, hub, number):
        ours, self.sock = socket.socketpair()
        for sock in (ours, self.sock):
            sock.setblocking(False)
        self.transport = SocketTransport(ours, asyncio.get_running_loop(), 1000)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.ear = Ear()
        self.transport.start(self.ear)
        self.conn = Connection(f"c{number}", f"u{number}", "participant", {}, self.transport, hub._clock, 2000, 20_000)
        hub.register(self.conn)
        hub.subscribe(self.conn, "t")
        self.got = b""
        self.is_at_end = False

    def read(self, size):
        """Whether there was anything."""
        try:
            data = self.sock.recv(size)
        except BlockingIOError:
            return False
        except ConnectionError:
            data = b""
        self.is_at_end = not data
        self.got += data
        return bool(data)

    async def read_all(self):
        idle = 0
        while idle < 3 and not self.is_at_end:
            idle = 0 if self.read(100_000) else idle + 1
            await asyncio.sleep(0)

    def check(self):
        """The invariant of `direct`."""
        may_go = self.transport._state == _OPEN and self.transport.queued == 0
        assert (self.conn.direct is not None) is may_go

    async def end(self):
        self.transport.abort()
        self.sock.close()
        while not self.ear.is_lost:
            await asyncio.sleep(0)


def frames_of(data):
    """(opcode, frame) of each whole frame that a server sent, and what is left."""
    frames = []
    while len(data) >= 2:
        extra = {126: 2, 127: 8}.get(data[1], 0)
        size = int.from_bytes(data[2 : 2 + extra], "big") if extra else data[1]
        end = 2 + extra + size
        if len(data) < max(end, 2 + extra):
            break
        frames.append((data[0] & 0x0F, data[:end]))
        data = data[end:]
    return frames, data


def run(scenario, size=1, slice_size=250):
    async def main():
        hub = Hub(shards=2, clock=ManualClock(), slice_size=slice_size)
        peers = [Peer(hub, number) for number in range(size)]
        try:
            async with asyncio.timeout(10):
                await scenario(hub, *peers)
        finally:
            for peer in peers:
                await peer.end()

    asyncio.run(main())


def test_a_frame_of_which_the_socket_takes_a_part_arrives_whole():
    """The rest goes through the queue, and what follows behind it; then the way is direct again."""

    async def scenario(hub, peer):
        texts = ["a" * 15_000, "b", "c" * 300]
        for text in texts:
            assert hub.broadcast("t", text, ephemeral=False) == 1
            assert peer.conn.direct is None
        await peer.read_all()
        peer.check()
        assert peer.conn.direct is not None
        hub.broadcast("t", "d", ephemeral=False)
        assert peer.transport.queued == 0
        await peer.read_all()
        assert peer.got == b"".join(map(encode_text, [*texts, "d"]))

    run(scenario)


def test_a_socket_that_is_full_queues_the_whole_frame():
    """Nothing of it was taken, nothing of it is lost."""

    async def scenario(hub, peer):
        filling = 0
        while True:  # behind the back of the transport, to the last byte
            try:
                filling += peer.transport._sock.send(b"x")
            except BlockingIOError:
                break
        peer.check()
        assert hub.broadcast("t", "late", ephemeral=False) == 1
        assert peer.transport.queued == len(encode_text("late"))
        await peer.read_all()
        assert peer.got == b"x" * filling + encode_text("late")

    run(scenario)


@pytest.mark.parametrize("way", ["close", "abort", "drop"])
def test_whoever_is_closed_gets_nothing_of_a_broadcast_under_way(way):
    """Its turn would have come later; the others get theirs, and nothing counts as lost."""

    async def scenario(hub, *peers):
        hub.broadcast("t", "x", ephemeral=False)
        late = next(peer for peer in peers if peer.conn.delivered == 0)
        if way == "close":
            late.conn.close(CloseCode.KICKED)
        elif way == "abort":
            late.conn.abort()
        else:
            late.conn._drop_slow(0)
        late.check()
        while hub.fanout.runs:
            await asyncio.sleep(0)
        for peer in peers:
            await peer.read_all()
        assert [peer for peer in peers if (TEXT, encode_text("x")) not in frames_of(peer.got)[0]] == [late]
        assert sum(shard["failed"] for shard in hub.stats().values()) == 0

    run(scenario, size=6, slice_size=2)


def test_a_peer_that_went_without_a_word_costs_only_its_own_message():
    """The send fails; its connection ends in a turn of its own."""

    async def scenario(hub, *peers):
        gone = peers[2]
        gone.sock.close()
        hub.broadcast("t", "x", ephemeral=False)
        gone.check()
        assert not gone.ear.is_lost
        for peer in peers:
            if peer is not gone:
                await peer.read_all()
                assert peer.got == encode_text("x")
        await asyncio.sleep(0)
        assert gone.ear.is_lost

    run(scenario, size=5)


def test_a_reply_comes_behind_a_broadcast_that_began_before():
    """The run has not reached its peer yet; each message is counted once."""

    async def scenario(hub, *peers):
        hub.broadcast("t", "x", ephemeral=False)
        late = next(peer for peer in peers if peer.conn.delivered == 0)
        assert late.conn.send_payload(b"reply")
        while hub.fanout.runs:
            await asyncio.sleep(0)
        await late.read_all()
        assert late.got == encode_text("x") + encode_text("reply")
        assert sum(shard["sent"] for shard in hub.stats().values()) == len(peers) + 1

    run(scenario, size=6, slice_size=2)


SENDING = ("broadcast", "send", "reply", "ephemeral", "each", "own")

steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(SENDING), st.integers(0, 9_000)),
        st.tuples(st.just("read"), st.integers(1, 6_000)),
        st.tuples(st.sampled_from(["turn", "turn", "ping", "close", "abort", "drop", "hang up"]), st.just(0)),
    ),
    max_size=30,
)


def send(hub, peer, step, text):
    """The texts that were accepted."""
    if step == "send":
        return [text] * peer.conn.send(text)
    if step == "reply":
        return [text] * peer.conn.send_payload(text.encode())
    if step == "each":
        before = peer.conn.is_open
        hub.send_each([peer.conn.user_id], lambda user: text, ephemeral=False)
        return [text] * (before and peer.conn.is_open)
    if step == "own":
        return [text, f"own {text}"] * hub.broadcast("t", text, ephemeral=False, own=lambda user: f"own {text}")
    return [text] * hub.broadcast("t", text, ephemeral=step == "ephemeral")


async def play(hub, peer, plan):
    """Does the steps; returns the texts that were accepted."""
    accepted = []
    for number, (step, size) in enumerate(plan):
        text = f"{number}:" + "x" * size
        if step in SENDING:
            accepted += send(hub, peer, step, text)
        elif step == "read":
            peer.read(size)
        elif step == "turn":
            await asyncio.sleep(0)
        elif step == "ping":
            peer.conn.ping()
        elif step == "close":
            peer.conn.close(CloseCode.KICKED)
        elif step == "abort":
            peer.conn.abort()
        elif step == "drop":
            if peer.conn.is_open:
                peer.conn._drop_slow(peer.transport.queued)
        else:
            peer.sock.shutdown(socket.SHUT_WR)
        peer.check()
    return accepted


@given(steps)
@settings(deadline=None)
def test_a_peer_gets_a_clean_prefix_of_what_was_accepted(plan):
    """Whatever is sent, read, closed and dropped: whole frames in order, perhaps a close; all if it stays open."""

    async def scenario(hub, peer):
        accepted = await play(hub, peer, plan)
        await peer.read_all()
        peer.check()
        is_open = peer.conn.is_open and peer.transport._state == _OPEN
        frames, rest = frames_of(peer.got)
        opcodes = [opcode for opcode, _ in frames]
        assert CLOSE not in opcodes[:-1]
        texts = [frame for opcode, frame in frames if opcode == TEXT]
        expected = [encode_text(text) for text in accepted]
        assert texts == expected[: len(texts)]
        if is_open:
            assert (len(texts), rest) == (len(expected), b"")

    run(scenario)
