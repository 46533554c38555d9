"""Specification of realtime/handover.py; what the transports do is in test_transport.py."""

import asyncio
import gc
import weakref
from types import SimpleNamespace

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import websocket_connect

from realtime import handover
from realtime.handover import AUTO, SOCKET, STREAM, HandoverHandler
from realtime.transport_socket import SocketTransport
from realtime.transport_tornado import TornadoTransport


class Handler(HandoverHandler):
    """Takes what the test asked for and remembers it."""

    choice, taken, made = AUTO, None, None

    def open(self, where):
        """`where` is the rest of the path, which comes here as Tornado promises."""
        assert where == "here"
        Handler.made = weakref.ref(self)
        Handler.taken = self.take_transport(Handler.choice)
        if Handler.taken is None:
            self.close(4003, "internal")
            return
        transport = Handler.taken
        receiver = SimpleNamespace(
            on_message=lambda message: transport.close(4000, "done"), on_pong=print, on_lost=lambda: None
        )
        transport.start(receiver)


def connect(choice, has_readers=True):
    """One connection; returns the transport, the close code and whether the handler outlived the handshake."""
    Handler.choice = choice

    async def scenario():
        listener, port = bind_unused_port()
        server = HTTPServer(Application([("/(.*)", Handler)]))
        server.add_sockets([listener])
        async with asyncio.timeout(10):
            client = await websocket_connect(f"ws://127.0.0.1:{port}/here")
            client.write_message("x")
            for _ in range(5):
                await asyncio.sleep(0)
            gc.collect()
            is_kept = Handler.made() is not None
            assert await client.read_message() is None
            client.close()  # Tornado's client warns otherwise, also of what the service closed
        server.stop()
        await server.close_all_connections()
        return client.close_code, is_kept

    code, is_kept = asyncio.run(scenario())
    return Handler.taken, code, is_kept


def test_auto_takes_the_socket_and_lets_the_handler_go():
    """With its request, headers and stream: that is most of what a connection costs in Tornado."""
    transport, code, is_kept = connect(AUTO)
    assert isinstance(transport, SocketTransport)
    assert (code, is_kept) == (4000, False)


def test_the_stream_is_taken_when_asked_for():
    """And where the loop cannot watch sockets."""
    transport, code, is_kept = connect(STREAM)
    assert isinstance(transport, TornadoTransport)
    assert (code, is_kept) == (4000, True)


def test_where_the_socket_cannot_be_had_auto_goes_on_over_the_stream(monkeypatch):
    """As on Windows."""
    monkeypatch.setattr(handover, "_has_readers", lambda: False)
    transport, code, _ = connect(AUTO)
    assert isinstance(transport, TornadoTransport)
    assert code == 4000


def test_where_the_socket_cannot_be_had_socket_refuses(monkeypatch):
    """Whoever asked for it wants to know."""
    monkeypatch.setattr(handover, "_has_readers", lambda: False)
    assert connect(SOCKET)[:2] == (None, 4003)


def test_the_handshake_is_answered_in_few_words(caplog):
    """Nothing about the server, its clock or an extension; the accept value is that of RFC 6455's example."""
    sent = b"GET /here HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    sent += b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    sent += b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
    assert answer_of(Handler, sent, b"\r\n\r\n").split(b"\r\n") == [
        b"HTTP/1.1 101 Switching Protocols",
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        b"",
        b"",
    ]
    assert not caplog.records


def test_a_handler_that_fails_to_open_costs_its_connection(caplog):
    """Logged with its traceback; the peer sees the end at once."""

    class Failing(Handler):
        def open(self, where):
            raise RuntimeError("defect")

    sent = b"GET /here HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    sent += b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    assert answer_of(Failing, sent, None).startswith(b"HTTP/1.1 101 ")
    assert "RuntimeError: defect" in caplog.text


def test_a_peer_that_is_gone_before_the_101_is_no_defect(caplog):
    """While the database was asked who it is; it was logged with a traceback."""

    class Asking(Handler):
        async def prepare(self):
            self.request.connection.stream.close()

    sent = b"GET /here HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    sent += b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    assert answer_of(Asking, sent, None) == b""
    assert not caplog.records


def answer_of(handler, sent, until):
    """What a bare peer reads up to `until`, or to the end of the connection."""

    async def scenario():
        listener, port = bind_unused_port()
        server = HTTPServer(Application([("/(.*)", handler)], log_function=lambda handler: None))
        server.add_sockets([listener])
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            said = await (reader.readuntil(until) if until else reader.read())
        writer.close()
        await writer.wait_closed()
        server.stop()
        await server.close_all_connections()
        return said

    return asyncio.run(scenario())


def test_a_handler_that_is_not_open_has_no_transport():
    """Made too early it would have nothing to hold."""
    with pytest.raises(ValueError, match="no open WebSocket"):
        TornadoTransport(SimpleNamespace(ws_connection=None))
