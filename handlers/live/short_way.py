"""The short way in: a participant's handshake that needs no question is answered as soon as its headers are read.

When a whole lecture hall comes back, nearly all of its handshakes look alike: from our own page, with a token of their
own, to a room that this node holds. For these Tornado need not make a request, a handler and a task. The short way
only ever says yes; whatever is different in the least goes on to LiveHandler, which says what is wrong (docs/adr/0012).
"""

import asyncio
from collections.abc import Awaitable
from typing import Protocol

from tornado.http1connection import HTTP1Connection
from tornado.httputil import HTTPConnection, HTTPHeaders, HTTPMessageDelegate, RequestStartLine, ResponseStartLine

from handlers.access_log import write_line
from handlers.address import client_address
from handlers.headers import HOST
from handlers.live.credentials import SUBPROTOCOL, offered, token_of_headers
from handlers.live.entrance import Entrance
from realtime.handover import STREAM, can_be_taken, switching, take_socket
from realtime.transport_socket import SocketTransport
from services.errors import ServiceError
from services.identity import Identity

PATH = "/ws"
# A request with a body is none of those that browsers make.
BODY = ("Content-Length", "Transfer-Encoding")


class Way(Protocol):
    """Looks at a request before Tornado makes one of it."""

    def take(self, start_line: RequestStartLine, headers: HTTPHeaders, connection: HTTPConnection) -> bool:
        """True when it was answered and its connection has been taken away; nothing happened otherwise."""


class ShortWay:
    def __init__(self, entrance: Entrance, trusted_proxies: tuple[str, ...]) -> None:
        self._entrance = entrance
        self._trusted_proxies = frozenset(trusted_proxies)

    def take(self, start_line: RequestStartLine, headers: HTTPHeaders, connection: HTTPConnection) -> bool:
        if start_line.path != PATH or not isinstance(connection, HTTP1Connection):
            return False
        if not (_is_handshake(start_line, headers) and _is_own_page(headers) and self._is_possible(connection)):
            return False
        began_s = self._entrance.services.clock.monotonic_s()
        peer = connection.context.remote_ip  # type: ignore[attr-defined]
        address = client_address(peer, headers, self._trusted_proxies)
        try:
            identity = self._known(headers)
            if identity is None:
                return False
            self._entrance.check(address)
        except ServiceError:
            return False
        self._hand_over(identity, address, headers, connection)
        self._note(start_line, peer, began_s)
        return True

    def _is_possible(self, connection: HTTP1Connection) -> bool:
        return self._entrance.limits.transport != STREAM and can_be_taken(connection.stream)

    def _known(self, headers: HTTPHeaders) -> Identity | None:
        """Whose token came along, if the answer is in memory. Raises Unauthorized."""
        token = token_of_headers(headers)
        services = self._entrance.services
        return None if token is None else services.doorkeeper.known(services.tokens.read(token))

    def _hand_over(self, identity: Identity, address: str, headers: HTTPHeaders, connection: HTTP1Connection) -> None:
        # Tornado allows this while the headers are being received: its loop for this connection ends.
        taken = take_socket(connection.detach())
        loop = asyncio.get_running_loop()
        transport = SocketTransport(taken.sock, loop, self._entrance.limits.max_message_size, taken.read)
        chosen = SUBPROTOCOL if SUBPROTOCOL in offered(headers) else None
        transport.write(switching(headers["Sec-WebSocket-Key"], chosen))
        self._entrance.come_in(identity, address, transport)

    def _note(self, start_line: RequestStartLine, peer: str, began_s: float) -> None:
        services = self._entrance.services
        took_s = services.clock.monotonic_s() - began_s
        write_line(101, start_line.method, start_line.path, peer, took_s)
        services.figures.request(101, took_s)


def _is_handshake(start_line: RequestStartLine, headers: HTTPHeaders) -> bool:
    """As every browser words it. A header that came twice has a comma in it, and is none of these."""
    return (
        start_line.method == "GET"
        and start_line.version == "HTTP/1.1"
        and headers.get("Upgrade", "").lower() == "websocket"
        and headers.get("Connection", "").lower() in ("upgrade", "keep-alive, upgrade")
        and headers.get("Sec-WebSocket-Version") == "13"
        and "Sec-WebSocket-Key" in headers
        and not any(name in headers for name in BODY)
        and HOST.fullmatch(headers.get("Host", "")) is not None
    )


def _is_own_page(headers: HTTPHeaders) -> bool:
    """From no browser, or from a page of this very address; others are for Tornado and ALLOWED_ORIGINS to judge."""
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = headers.get("Origin")
    return origin is None or origin.lower().partition("://")[2] == headers["Host"].lower()


class BeforeTornado(HTTPMessageDelegate):
    """One request: the short way has the first look, and Tornado gets whatever it leaves."""

    def __init__(self, way: Way, connection: HTTPConnection, usual: HTTPMessageDelegate) -> None:
        self._way = way
        self._connection = connection
        self._usual = usual

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        if isinstance(start_line, RequestStartLine) and self._way.take(start_line, headers, self._connection):
            return None
        return self._usual.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._usual.data_received(chunk)

    def finish(self) -> None:
        self._usual.finish()

    def on_connection_close(self) -> None:
        self._usual.on_connection_close()
