"""From Tornado's handshake to the engine: after the 101 the plain socket changes hands, with what was read of it.

Tornado parses the request, checks it and answers; its frame loop, which costs 14 KiB a connection and four awaits a
frame, never runs. Where the socket cannot be had the same handler goes on over Tornado's stream.
"""

import asyncio
import socket
import sys
from typing import Any, NamedTuple

from tornado.iostream import IOStream, StreamClosedError
from tornado.websocket import WebSocketHandler, WebSocketProtocol, WebSocketProtocol13

from realtime.transport import Transport
from realtime.transport_socket import SocketTransport
from realtime.transport_tornado import TornadoTransport

# What WS_TRANSPORT may be.
AUTO, SOCKET, STREAM = "auto", "socket", "stream"


_SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
_SWITCHING += "Sec-WebSocket-Accept: %s\r\n%s\r\n"


class Taken(NamedTuple):
    """A socket that Tornado has let go of, and the bytes that it had read behind the handshake."""

    sock: socket.socket
    read: bytes


def switching(key: str, subprotocol: str | None) -> bytes:
    """The whole answer to a handshake with that Sec-WebSocket-Key."""
    chosen = f"Sec-WebSocket-Protocol: {subprotocol}\r\n" if subprotocol else ""
    return (_SWITCHING % (WebSocketProtocol13.compute_accept_value(key), chosen)).encode("latin-1")


def can_be_taken(stream: IOStream) -> bool:
    """Not when TLS ends in Tornado, when the loop here cannot watch a socket, or before what we said is sent."""
    # An SSLIOStream is one too; its socket is of no use without it.
    return type(stream) is IOStream and not stream.closed() and not stream.writing() and _has_readers()


def take_socket(stream: IOStream) -> Taken:
    """Of a stream that can be taken."""
    sock = stream.socket
    read = bytes(stream._read_buffer[: stream._read_buffer_size])
    stream.io_loop.remove_handler(stream.fileno())
    # As after its close(), without the closing: whoever holds it still finds that it has ended.
    stream._state = None
    stream._closed = True
    stream.socket = None  # type: ignore[assignment]
    stream._signal_closed()
    return Taken(sock, read)


class HandoverProtocol(WebSocketProtocol13):
    """Tornado's protocol object, that can give its socket away in `open`; then it has nothing left to do."""

    _is_taken = False

    def take_socket(self) -> Taken | None:
        """The socket, or None where it cannot be had; see `can_be_taken`."""
        if not can_be_taken(self.stream):
            return None
        self._is_taken = True
        self.client_terminated = self.server_terminated = True
        return take_socket(self.stream)

    async def _accept_connection(self, handler: WebSocketHandler) -> None:
        """Says 101 in one write: Tornado makes a page's answer of it, which costs as much as parsing the request.

        No extension is agreed upon: we have no use for any.
        """
        header = handler.request.headers.get("Sec-WebSocket-Protocol", "")
        self.selected_subprotocol = handler.select_subprotocol([name.strip() for name in header.split(",")])
        handler.set_status(101)
        handler.application.log_request(handler)
        self.stream = handler.detach()
        try:
            self.stream.write(switching(handler.request.headers["Sec-WebSocket-Key"], self.selected_subprotocol))
        except StreamClosedError:
            return  # gone while it was found out who it is
        try:
            handler.open(*handler.open_args, **handler.open_kwargs)
        except Exception:  # noqa: BLE001 - as in Tornado: a defect of ours costs this connection only
            handler.log_exception(*sys.exc_info())
            self._abort()
            return
        await self._receive_frame_loop()

    async def _receive_frame_loop(self) -> None:
        if not self._is_taken:
            await super()._receive_frame_loop()


def _has_readers() -> bool:
    """Whether the running loop can watch a socket; that of Windows cannot."""
    return type(asyncio.get_running_loop()).add_reader is not asyncio.AbstractEventLoop.add_reader


class HandoverHandler(WebSocketHandler):
    """Call `take_transport` in `open`; what the socket says then comes to that transport's receiver."""

    _over_stream: TornadoTransport | None = None

    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        made = super().get_websocket_protocol()
        return HandoverProtocol(self, False, made.params) if isinstance(made, WebSocketProtocol13) else made

    def take_transport(self, choice: str) -> Transport | None:
        """None when `choice` is the socket and it cannot be had."""
        protocol = self.ws_connection
        if choice != STREAM and isinstance(protocol, HandoverProtocol):
            taken = protocol.take_socket()
            if taken is not None:
                self._let_go()
                loop = asyncio.get_running_loop()
                return SocketTransport(taken.sock, loop, self.max_message_size, taken.read)
        if choice == SOCKET:
            return None
        self._over_stream = TornadoTransport(self)
        return self._over_stream

    def _let_go(self) -> None:
        """Nothing comes to this handler any more: it ends with its request instead of with the socket."""
        self.ws_connection = None
        self._on_close_called = True
        self._break_cycles()

    def on_message(self, message: str | bytes) -> Any:
        return self._over_stream.on_message(message) if self._over_stream is not None else None

    def on_pong(self, data: bytes) -> None:
        if self._over_stream is not None:
            self._over_stream.on_pong(data)

    def on_close(self) -> None:
        if self._over_stream is not None:
            self._over_stream.on_close()
