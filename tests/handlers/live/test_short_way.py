"""The short way in beside the usual one: what it takes, what it leaves, and that nobody can tell the two apart."""

import asyncio
import json
import logging
from typing import Any

import pytest
from sample_rooms import SINGLE
from tornado.httputil import HTTPConnection, HTTPHeaders, RequestStartLine

from realtime.frames import mask
from realtime.transport_socket import SocketTransport

PATIENCE_S = 10
PROXY = "127.0.0.1"
# RFC 6455, 1.3
KEY, ACCEPT = "dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.fixture
def config_values() -> dict[str, Any]:
    return {"rate_limit_ws": "3/minute", "trusted_proxies": (PROXY,), "allowed_origins": ("https://friend.example",)}


class Noting:
    """The way, and what it said each time."""

    def __init__(self, way: Any) -> None:
        self._way = way
        self.said: list[bool] = []

    def take(self, start_line: RequestStartLine, headers: HTTPHeaders, connection: HTTPConnection) -> bool:
        self.said.append(self._way.take(start_line, headers, connection))
        return self.said[-1]


@pytest.fixture
def way(app: Any) -> Noting:
    app.first = Noting(app.first)
    return app.first  # type: ignore[no-any-return]


@pytest.fixture
def seat(io_loop: Any, here: Any) -> dict[str, Any]:
    """A participant's, in a room that the node holds."""

    async def join() -> Any:
        room = await here.room(await here.teacher("host@school.example"), SINGLE)
        return await here.services.participants.join(room["pin"], "Ada") | {"pin": room["pin"]}

    return io_loop.run_sync(join)  # type: ignore[no-any-return]


class Phone:
    """A raw socket that says the handshake word for word."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def open(self, headers: dict[str, str], start: str = "GET /ws HTTP/1.1", behind: bytes = b"") -> str:
        """The head of the answer."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [start, *(f"{name}: {value}" for name, value in headers.items())]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + behind)
        async with asyncio.timeout(PATIENCE_S):
            return (await self.reader.readuntil(b"\r\n\r\n")).decode()

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


def handshake(port: int, token: str, **changed: str | None) -> dict[str, str]:
    """The headers of a browser on one of our pages; None takes one away."""
    headers: dict[str, str | None] = {
        "Host": f"127.0.0.1:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": KEY,
        "Sec-WebSocket-Protocol": f"quizhall.v1, bearer.{token}",
    }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    return {name: value for name, value in headers.items() if value is not None}


@pytest.mark.parametrize(
    ("changed", "status", "is_short"),
    [
        ({}, 101, True),
        ({"Connection": "keep-alive, Upgrade"}, 101, True),
        ({"Sec_Fetch_Site": "same-origin"}, 101, True),
        ({"Origin": None}, 101, True),
        ({"Sec_WebSocket_Protocol": None, "Authorization": "bearer"}, 101, True),
        ({"Origin": "https://friend.example"}, 101, False),
        ({"Origin": "https://evil.example"}, 403, False),
        ({"Origin": "null"}, 403, False),
        ({"Origin": "http://["}, 403, False),
        ({"Origin": "http://own@evil.example"}, 403, False),
        ({"Sec_Fetch_Site": "cross-site"}, 403, False),
        ({"Sec_Fetch_Site": "cross-site", "Origin": None}, 403, False),
        ({"Sec_WebSocket_Protocol": "quizhall.v1"}, 401, False),
        ({"Sec_WebSocket_Protocol": "quizhall.v1, bearer.nonsense"}, 401, False),
        ({"Authorization": "Basic eA=="}, 401, False),
        ({"Sec_WebSocket_Version": "8"}, 426, False),
        ({"Sec_WebSocket_Key": None}, 400, False),
        ({"Upgrade": None}, 400, False),
        ({"Connection": "close"}, 400, False),
        ({"Host": "a b"}, 400, False),
        ({"Host": None}, 400, False),
        ({"Content_Length": "0"}, 101, False),
    ],
)
@pytest.mark.gen_test
async def test_both_ways_say_the_same(
    app: Any, http_port: Any, http_server: Any, way: Noting, seat: Any, changed: Any, status: int, is_short: bool
) -> None:
    """The short way takes what a browser sends from our own page, and Tornado would have answered alike."""
    if changed.get("Authorization") == "bearer":
        changed = changed | {"Authorization": f"Bearer {seat['token']}"}
    port = http_port
    headers = handshake(port, seat["token"], **changed)
    answers = []
    for first in (way, None):
        app.first = first
        phone = Phone(port)
        answers.append(await phone.open(headers))
        await phone.close()
    assert way.said == [is_short]
    assert answers[0].startswith(f"HTTP/1.1 {status} ")
    if status == 101:
        assert answers[0] == answers[1]
        assert f"Sec-WebSocket-Accept: {ACCEPT}\r\n" in answers[0]
        spoken = "Sec-WebSocket-Protocol: quizhall.v1\r\n" in answers[0]
        assert spoken == ("Sec-WebSocket-Protocol" in headers)
    else:
        assert answers[1].startswith(f"HTTP/1.1 {status} ")


@pytest.mark.parametrize(
    "start", ["POST /ws HTTP/1.1", "GET /ws HTTP/1.0", "GET /ws?x=1 HTTP/1.1", "GET /ws/ HTTP/1.1"]
)
@pytest.mark.gen_test
async def test_other_requests_are_left_alone(
    app: Any, http_port: Any, http_server: Any, way: Noting, seat: Any, start: str
) -> None:
    phone = Phone(http_port)
    await phone.open(handshake(phone.port, seat["token"]), start)
    await phone.close()
    assert way.said == [False]


@pytest.mark.gen_test
async def test_who_must_be_asked_about_goes_the_usual_way(
    app: Any, http_port: Any, http_server: Any, way: Noting, here: Any
) -> None:
    """Accounts are looked up in the database, and so is a seat that was taken away."""
    host = await here.teacher("host@school.example")
    token, _ = await here.services.accounts.login("host@school.example", "a long password")
    room = await here.room(host, SINGLE)
    seat = await here.services.participants.join(room["pin"], "Ada")
    await here.services.participants.remove(room["id"], seat["participant"]["id"], ban=False)
    phone = Phone(http_port)
    assert (await phone.open(handshake(phone.port, token))).startswith("HTTP/1.1 101 ")
    await phone.close()
    assert (await phone.open(handshake(phone.port, seat["token"]))).startswith("HTTP/1.1 401 ")
    await phone.close()
    assert way.said == [False, False]


@pytest.mark.gen_test
async def test_the_engine_has_the_socket_and_what_came_behind_the_handshake(
    app: Any, http_port: Any, http_server: Any, way: Noting, seat: Any, here: Any, caplog: Any
) -> None:
    """Known by the address that the proxy names; the access log and the figures have it as any other."""
    caplog.set_level(logging.INFO)
    asked = {"jsonrpc": "2.0", "id": 7, "method": "room.subscribe", "params": {"room": seat["pin"]}}
    said = json.dumps(asked).encode()
    frame = bytes((0x81, 0x80 | len(said))) + b"abcd" + mask(b"abcd", said)
    phone = Phone(http_port)
    headers = handshake(phone.port, seat["token"], X_Forwarded_For="192.0.2.7")
    assert (await phone.open(headers, behind=frame)).startswith("HTTP/1.1 101 ")
    async with asyncio.timeout(PATIENCE_S):
        await phone.reader.readuntil(b'"id":7')
    (connection,) = here.services.hub.connections()
    assert connection.claims["address"] == "192.0.2.7"
    assert type(connection.transport) is SocketTransport
    assert way.said == [True]
    assert f"101 GET /ws ({PROXY})" in caplog.text
    await phone.close()


@pytest.mark.gen_test
async def test_handshakes_are_counted_whichever_way_they_come(
    app: Any, http_port: Any, http_server: Any, way: Noting, seat: Any
) -> None:
    """The fourth of a minute is one too many, and is told so by the usual way."""
    phone = Phone(http_port)
    for _ in range(3):
        assert (await phone.open(handshake(phone.port, seat["token"]))).startswith("HTTP/1.1 101 ")
        await phone.close()
    answer = await phone.open(handshake(phone.port, seat["token"]))
    assert answer.startswith("HTTP/1.1 429 ")
    assert "Retry-After: " in answer
    await phone.close()
    assert way.said == [True, True, True, False]
