"""Specification of realtime/transport_tornado.py, over real sockets."""

import asyncio
import base64
import gc
import socket
import struct
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from clock import SystemClock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.hub import Hub
from realtime.transport_tornado import TornadoTransport

HIGH = 64 * 1024


class Handler(WebSocketHandler):
    """As the seam will be: makes a connection, registers it, passes on what happens to it."""

    def initialize(self, rig):
        self.rig = rig

    def open(self):
        number = len(self.rig.connections) + 1
        transport = TornadoTransport(self)
        self.conn = Connection(f"c{number}", f"u{number}", "participant", {}, transport, SystemClock(), 1024, HIGH)
        self.rig.connections.append(self.conn)
        self.rig.hub.register(self.conn)
        self.rig.hub.subscribe(self.conn, "t")
        self.rig.opened.put_nowait(self.conn)

    def on_message(self, message):
        self.conn.send(f"echo {message}")

    def on_pong(self, data):
        self.conn.on_pong(data)
        self.rig.pongs.put_nowait(data)

    def on_close(self):
        self.rig.hub.unregister(self.conn)
        self.rig.closed.put_nowait(self.conn)


class Rig:
    """A server on an unused port, and queues of what its handler saw."""

    def __init__(self, port):
        self.port = port
        self.url = f"ws://127.0.0.1:{port}/"
        self.hub = Hub(4, SystemClock())
        self.connections = []
        self.clients = []
        self.opened, self.closed, self.pongs = asyncio.Queue(), asyncio.Queue(), asyncio.Queue()

    async def connect(self):
        """A client that reads, and the service's connection to it."""
        client = await websocket_connect(self.url)
        self.clients.append(client)
        return client, await self.opened.get()

    async def connect_deaf(self):
        """A socket with a small window whose owner reads the greeting and then nothing, and its connection."""
        loop = asyncio.get_running_loop()
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.setblocking(False)
        await loop.sock_connect(sock, ("127.0.0.1", self.port))
        key = base64.b64encode(b"0123456789abcdef").decode()
        await loop.sock_sendall(
            sock,
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode(),
        )
        assert b" 101 " in await loop.sock_recv(sock, 4096)
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
            assert conn.transport.buffered() == 0
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
            assert transport.buffered() == 0
            for is_noticed in (False, True):
                if is_noticed:
                    await rig.closed.get()
                transport.send("x")
                transport.ping(b"x")
                transport.close(4502, "kicked")
                transport.abort()
                assert transport.buffered() == 0
            assert await client.read_message() is None

    asyncio.run(scenario())


def test_a_peer_that_vanishes_leaves_no_unread_errors():
    """Messages to a socket that is reset just then fail in their futures, where nobody looks but us."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            while not conn.transport.buffered():
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
                largest = max(largest, deaf.transport.buffered())
                most_tasks = max(most_tasks, len(asyncio.all_tasks()))
                assert await client.read_message() == text
                assert broadcasts < 10_000
            assert HIGH - 2 * len(text) < largest <= HIGH
            assert deaf.close_code is CloseCode.SLOW_CONNECTION
            assert most_tasks <= tasks_before + 1
            assert deaf.transport.buffered() == 0
            # At once, not after the five seconds for which Tornado waits for an answer to its close.
            began_s = asyncio.get_running_loop().time()
            assert await rig.closed.get() is deaf
            assert asyncio.get_running_loop().time() - began_s < 2
            assert reader.is_open
            assert rig.hub.broadcast("t", text, ephemeral=False) == 1
            assert await client.read_message() == text
            sock.close()

    asyncio.run(scenario())


def test_ephemeral_messages_stop_at_the_low_mark():
    """A peer that is behind is not pushed further behind by what it can miss."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            while conn.transport.buffered() <= 1024:
                conn.send("x" * 1000)
            queued = conn.transport.buffered()
            assert rig.hub.broadcast("t", "progress", ephemeral=True) == 0
            assert conn.transport.buffered() == queued
            assert conn.is_open
            sock.close()

    asyncio.run(scenario())


def test_abort_frees_a_stuck_socket_at_once():
    """The peer sees a reset: nothing of ours stays in the kernel for it."""

    async def scenario():
        async with serving() as rig:
            sock, conn = await rig.connect_deaf()
            while not conn.transport.buffered():
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
            size = conn.transport._stream.socket.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
            assert 64 * 1024 <= size <= 128 * 1024

    asyncio.run(scenario())


def test_a_handler_that_is_not_open_has_no_transport():
    """Made too early it would have nothing to hold."""

    with pytest.raises(ValueError, match="no open WebSocket"):
        TornadoTransport(SimpleNamespace(ws_connection=None))
