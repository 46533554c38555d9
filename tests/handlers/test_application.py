"""What the HTTP server refuses before any handler sees it: headers that are too long, or that never end."""

import asyncio

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from handlers.application import HEADERS_MOST, serve_http

REQUEST = b"GET /ws HTTP/1.1\r\nHost: localhost\r\n"


class Peer:
    """A bare socket at the service."""

    def __init__(self, app, header_wait_s: float = 30.0) -> None:
        listening, self._port = bind_unused_port()
        self._server: HTTPServer = serve_http(app, [listening], header_wait_s)

    async def answer(self, sent: bytes) -> bytes:
        """All that the service says until it closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(sent)
        async with asyncio.timeout(10):
            said = await reader.read()
        writer.close()
        self._server.stop()
        await self._server.close_all_connections()
        return said


@pytest.mark.gen_test
async def test_headers_that_never_end_are_cut_off(here, app):
    """Whoever sends a line a minute holds no connection."""
    assert await Peer(app, header_wait_s=0.05).answer(REQUEST) == b""


@pytest.mark.gen_test
async def test_headers_that_are_too_long_are_cut_off(here, app):
    """And are not kept meanwhile."""
    said = await Peer(app).answer(REQUEST + b"X-Long: " + b"x" * HEADERS_MOST)
    assert said == b""
