"""Specification of the contract in realtime/transport.py: over real sockets, the same for every transport."""

import asyncio
import base64
import gc
import logging
import socket
import struct
from contextlib import asynccontextmanager

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import websocket_connect

from clock import SystemClock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.frames import encode_text
from realtime.handover import SOCKET, STREAM, HandoverHandler
from realtime.hub import Hub
from realtime.transport_socket import SocketTransport
from realtime.transport_tornado import TornadoTransport

HIGH = 64 * 1024
CLASSES = {SOCKET: SocketTransport, STREAM: TornadoTransport}


@pytest.fixture(params=[SOCKET, STREAM], autouse=True)
def choice(request):
    """Every test here holds for both."""
    Rig.choice = request.param
    return request.param


class Echo:
    """A receiver that answers, and keeps what it hears for the test."""

    def __init__(self, rig, conn):
        self.rig = rig
        self.conn = conn

    def on_message(self, message):
        self.rig.messages.append(message)
        self.conn.send(f"echo {message}")

    def on_pong(self, payload):
        self.conn.on_pong(payload)
        self.rig.pongs.put_nowait(payload)

    def on_lost(self):
        self.rig.hub.unregister(self.conn)
        self.rig.closed.put_nowait(self.conn)


class Handler(HandoverHandler):
    """As the seam does: makes a connection, registers it, and begins to receive."""

    def initialize(self, rig):
        self.rig = rig

    def open(self):
        number = len(self.rig.connections) + 1
        transport = self.take_transport(self.rig.choice)
        assert isinstance(transport, CLASSES[self.rig.choice])
        conn = Connection(f"c{number}", f"u{number}", "participant", {}, transport, SystemClock(), 1024, HIGH)
        self.rig.connections.append(conn)
        self.rig.hub.register(conn)
        self.rig.hub.subscribe(conn, "t")
        self.rig.opened.put_nowait(conn)
        transport.start(Echo(self.rig, conn))


class Rig:
    """A server on an unused port, and queues of what its handler saw."""

    choice = SOCKET

    def __init__(self, port):
        self.port = port
        self.url = f"ws://127.0.0.1:{port}/"
        self.hub = Hub(4, SystemClock())
        self.connections = []
        self.clients = []
        self.messages = []
        self.opened, self.closed, self.pongs = asyncio.Queue(), asyncio.Queue(), asyncio.Queue()

    async def connect(self):
        """A client that reads, and the service's connection to it."""
        client = await websocket_connect(self.url)
        self.clients.append(client)
        return client, await self.opened.get()

    async def connect_deaf(self, more=b""):
        """A socket with a small window whose owner reads the greeting and then nothing, and its connection.

        `more` is sent together with the handshake.
        """
        loop = asyncio.get_running_loop()
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.setblocking(False)
        await loop.sock_connect(sock, ("127.0.0.1", self.port))
        key = base64.b64encode(b"0123456789abcdef").decode()
        await loop.sock_sendall(
            sock,
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            + more,
        )
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += await loop.sock_recv(sock, 1)
        assert b" 101 " in head
        return sock, await self.opened.get()


@asynccontextmanager
async def serving():
    """Ends with a check that asyncio had nothing to complain of: no error unread, no task left running."""
    complaints = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))
    before = asyncio.all_tasks()
    listener, port = bind_unused_port()
    rig = Rig(port)
    server = HTTPServer(Application([("/", Handler, {"rig": rig})]))
    server.add_sockets([listener])
    async with asyncio.timeout(10):
        yield rig
        server.stop()
        for client in rig.clients:
            client.close()  # Tornado's client warns otherwise, also of what the service closed
        for conn in rig.connections:
            conn.transport.abort()
        while list(rig.hub.connections()):
            await rig.closed.get()
        await server.close_all_connections()
        if left := asyncio.all_tasks() - before:
            await asyncio.wait(left)
    gc.collect()
    await asyncio.sleep(0)
    assert complaints == []


async def read_to_the_end(sock):
    while await asyncio.get_running_loop().sock_recv(sock, 65536):
        pass


def test_texts_go_both_ways():
    """In order, whatever the script they are in."""

    async def scenario():
        async with serving() as rig:
            client, conn = await rig.connect()
            for text in ("one", "zwö", "三"):
                conn.send(text)
            client.write_message("four")
            assert [await client.read_message() for _ in range(4)] == ["one", "zwö", "三", "echo four"]
            assert conn.transport.queued == 0
            client.close()
            assert await rig.closed.get() is conn

    asyncio.run(scenario())


def test_pings_measure_the_round_trip():
    """The client's pong comes back with our payload."""

    async def scenario():
        async with serving() as rig:
            _client, conn = await rig.connect()
            assert conn.rtt_ms == 0
            conn.ping()
            await rig.pongs.get()
            assert 1 <= conn.rtt_ms < 5_000
            assert not conn.awaits_pong

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("reason", "arrives"),
    [("", "kicked"), ("see you", "see you"), ("ü" * 100, "ü" * 61)],
    ids=["default", "own", "too long"],
)
def test_a_close_says_why(reason, arrives):
    """With code and reason, the latter cut to what a frame holds and never within a character."""

    async def scenario():
        async with serving() as rig:
            client, conn = await rig.connect()
            conn.close(CloseCode.KICKED, reason)
            assert await client.read_message() is None
            assert (client.close_code, client.close_reason) == (4502, arrives)
            assert await rig.closed.get() is conn

    asyncio.run(scenario())


def test_a_closed_socket_is_left_in_peace():
    """Whatever is asked of it: no exception now, none in a future later."""

    async def scenario():
        async with serving() as rig:
            client, conn = await rig.connect()
            transport = conn.transport
            transport.abort()
            assert transport.queued == 0
            for is_noticed in (False, True):
                if is_noticed:
                    await rig.closed.get()
                transport.write(encode_text("x"))
                transport.drop(4001, "slow")
                transport.pause_reading()
                transport.resume_reading()
                transport.ping(b"x")
                transport.close(4502, "kicked")
                transport.abort()
                assert transport.queued == 0
            assert await client.read_message() is None

    asyncio.run(scenario())


def test_a_peer_that_vanishes_leaves_no_unread_errors():
    """Messages to a socket that is reset just then fail in their futures, where nobody looks but us."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            while not conn.transport.queued:
                conn.send("x" * 1000)
            conn.send("one more in the queue")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()
            assert await rig.closed.get() is conn
            assert not conn.send("too late")

    asyncio.run(scenario())


def test_a_peer_that_never_reads_is_closed_and_memory_is_bounded():
    """28 MB were seen in the buffer of one such peer; now it ends at the mark, and the others miss nothing."""

    async def scenario():
        async with serving() as rig:
            sock, deaf = await rig.connect_deaf()
            client, reader = await rig.connect()
            text = "x" * 1000
            largest = 0
            broadcasts = 0
            most_tasks = tasks_before = len(asyncio.all_tasks())
            while deaf.is_open:
                rig.hub.broadcast("t", text, ephemeral=False)
                broadcasts += 1
                largest = max(largest, deaf.transport.queued)
                most_tasks = max(most_tasks, len(asyncio.all_tasks()))
                assert await client.read_message() == text
                assert broadcasts < 10_000
            assert HIGH - 2 * len(text) < largest <= HIGH
            assert deaf.close_code is CloseCode.SLOW_CONNECTION
            assert most_tasks <= tasks_before + 1
            assert deaf.transport.queued <= 2 * len(text)
            # Within a second, not after the five seconds for which Tornado waits for an answer to its close.
            began_s = asyncio.get_running_loop().time()
            assert await rig.closed.get() is deaf
            assert asyncio.get_running_loop().time() - began_s < 2
            assert reader.is_open
            assert rig.hub.broadcast("t", text, ephemeral=False) == 1
            assert await client.read_message() == text
            sock.close()

    asyncio.run(scenario())


def test_peers_that_never_read_go_and_the_others_see_no_difference(caplog):
    """Each is closed when it passes the mark and its socket is free a second later, with one line in the log."""
    caplog.set_level(logging.INFO)

    async def scenario():
        async with serving() as rig:
            deaf = [await rig.connect_deaf() for _ in range(5)]
            readers = [await rig.connect() for _ in range(20)]
            loop, passed, freed = asyncio.get_running_loop(), {}, {}
            number = 0
            while len(freed) < len(deaf):
                text = f"{number} ".ljust(1000, "x")
                rig.hub.broadcast("t", text, ephemeral=False)
                number += 1
                for _, conn in deaf:
                    if not conn.is_open:
                        passed.setdefault(conn, loop.time())
                while not rig.closed.empty():
                    freed[rig.closed.get_nowait()] = loop.time()
                for client, _ in readers:
                    assert await client.read_message() == text
            assert all(freed[conn] - passed[conn] < 1.5 for _, conn in deaf)
            assert all(conn.close_code is CloseCode.SLOW_CONNECTION for _, conn in deaf)
            for sock, _ in deaf:
                sock.close()

    asyncio.run(scenario())
    assert [record.message for record in caplog.records if "slow" in record.message] == [
        "closing a slow connection"
    ] * 5
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


def test_ephemeral_messages_stop_at_the_low_mark():
    """A peer that is behind is not pushed further behind by what it can miss."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            while conn.transport.queued <= 1024:
                conn.send("x" * 1000)
            queued = conn.transport.queued
            assert rig.hub.broadcast("t", "progress", ephemeral=True) == 0
            assert conn.transport.queued == queued
            assert conn.is_open
            sock.close()

    asyncio.run(scenario())


def test_abort_frees_a_stuck_socket_at_once():
    """The peer sees a reset: nothing of ours stays in the kernel for it."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            while not conn.transport.queued:
                conn.send("x" * 1000)
            conn.abort()
            assert await rig.closed.get() is conn
            assert rig.hub.connections_of(conn.user_id) == []
            with pytest.raises(ConnectionResetError):
                await read_to_the_end(sock)
            sock.close()

    asyncio.run(scenario())


def test_the_kernel_holds_little_for_a_peer():
    """Its send buffer is set; Linux doubles what it is told."""

    async def scenario():
        async with serving() as rig:
            _client, conn = await rig.connect()
            sock = conn.transport._sock if rig.choice == SOCKET else conn.transport._stream.socket
            assert 64 * 1024 <= sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 128 * 1024
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    asyncio.run(scenario())


def masked(opcode, payload, *, final=True):
    """A frame as a client sends it, of at most 125 bytes."""
    return bytes(((0x80 if final else 0) | opcode, 0x80 | len(payload))) + bytes(4) + payload


def test_what_came_with_the_handshake_is_read():
    """Tornado may have it in its own buffer already."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf(masked(1, b"early") + masked(1, b"bird"))
            sock.setblocking(False)
            assert await read_until(sock, b"echo bird") == encode_text("echo early") + encode_text("echo bird")
            assert rig.messages == ["early", "bird"]
            assert conn.is_open
            sock.close()

    asyncio.run(scenario())


async def read_until(sock, end):
    data = b""
    while not data.endswith(end):
        more = await asyncio.get_running_loop().sock_recv(sock, 65536)
        assert more, data
        data += more
    return data


def test_the_peer_may_say_goodbye():
    """Its close is answered with the same code, the socket ends after that, and what it sent before counts."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(sock, masked(1, b"last words") + masked(8, b"\x03\xe9"))
            assert (await read_until(sock, b"\x88\x02\x03\xe9")).startswith(encode_text("echo last words"))
            assert await loop.sock_recv(sock, 100) == b""
            assert await rig.closed.get() is conn
            assert not conn.is_open
            sock.close()

    asyncio.run(scenario())


def test_a_message_may_come_in_pieces():
    """With a ping between them, which is answered."""

    async def scenario():
        async with serving() as rig:
            sock, _conn = await rig.connect_deaf()
            pieces = masked(1, b"one ", final=False) + masked(9, b"there?") + masked(0, b"two")
            for number in range(len(pieces)):
                await asyncio.get_running_loop().sock_sendall(sock, pieces[number : number + 1])
                await asyncio.sleep(0)
            expected = b"\x8a\x06there?" + encode_text("echo one two")
            assert await read_until(sock, b"two") == expected
            sock.close()

    asyncio.run(scenario())


def test_a_paused_peer_waits_and_loses_nothing():
    """What is read already still comes; the rest comes when it is wanted again, in order."""

    async def scenario():
        async with serving() as rig:
            client, conn = await rig.connect()
            conn.transport.pause_reading()
            client.write_message("0")
            for number in range(1, 4):
                client.write_message(str(number))
            for _ in range(20):
                await asyncio.sleep(0)
            assert len(rig.messages) <= 1
            conn.transport.resume_reading()
            assert [await client.read_message() for _ in range(4)] == ["echo 0", "echo 1", "echo 2", "echo 3"]

    asyncio.run(scenario())
