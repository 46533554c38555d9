"""TLS that ends in the service itself: the engine goes over Tornado's stream, and a whole round is played so."""

import asyncio
import json
import logging
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sample_rooms import SINGLE
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from config import Config
from realtime.transport_tornado import TornadoTransport
from wiring import build_application


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(certificate, key) that this machine signed for itself."""
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run([*command, *named, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files


class Tls:
    """The application over TLS on a free port, and clients that check its certificate."""

    def __init__(self, here: Any, certificate: tuple[Path, Path], transport: str) -> None:
        serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        serving.load_cert_chain(*certificate)
        self._trusting = ssl.create_default_context(cafile=certificate[0])
        application = build_application(Config(ws_transport=transport), here.services)
        self._server = HTTPServer(application, ssl_options=serving)
        listening, self._port = bind_unused_port()
        self._server.add_sockets([listening])

    def open(self, token: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        address = f"wss://localhost:{self._port}/ws"
        return connect(address, ssl=self._trusting, additional_headers=headers, proxy=None)

    async def close(self) -> None:
        self._server.stop()
        await self._server.close_all_connections()


async def call(socket: Any, method: str, **params: Any) -> dict[str, Any]:
    """The result of one command; events that come before it are passed over."""
    await socket.send(json.dumps({"jsonrpc": "2.0", "id": method, "method": method, "params": params}))
    async with asyncio.timeout(10):
        while True:
            message = json.loads(await socket.recv())
            if message.get("id") == method:
                return dict(message["result"])


@pytest.mark.gen_test
async def test_a_round_is_played_over_tls(here, certificate):
    """Join, subscribe, answer, receipt; the grade comes as an event."""
    tls = Tls(here, certificate, "auto")
    host = await here.teacher("host@school.example")
    room = await here.room(host, SINGLE, read_time_s=0)
    pin = room["pin"]
    seat = await here.services.participants.join(pin, "Mia")
    async with tls.open(seat["token"]) as phone:
        assert (await call(phone, "room.subscribe", room=pin))["snapshot"]["phase"] == "LOBBY"
        (connection,) = here.services.hub.connections()
        assert type(connection.transport) is TornadoTransport
        await here.services.transitions.command(room["id"], "room.start")
        given = {"room": pin, "round": 1, "answer": {"choices": [1]}, "id": "a1"}
        assert (await call(phone, "answer.submit", **given))["status"] == "stored"
        async with asyncio.timeout(10):
            while (event := json.loads(await phone.recv()))["method"] != "answer.graded":
                pass
        assert event["params"]["round"] == 1
    await tls.close()


@pytest.mark.gen_test
async def test_a_plain_socket_cannot_be_had_over_tls(here, certificate, caplog):
    """`socket` says so in the log and closes; it never takes a socket whose bytes it cannot read."""
    caplog.set_level(logging.ERROR)
    tls = Tls(here, certificate, "socket")
    room = await here.room(await here.teacher("host@school.example"), SINGLE)
    seat = await here.services.participants.join(room["pin"], "Mia")
    async with tls.open(seat["token"]) as phone:
        with pytest.raises(ConnectionClosedError) as closed:
            await phone.recv()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4003, "internal")
    assert "WS_TRANSPORT must be auto or stream" in caplog.text
    assert not list(here.services.hub.connections())
    await tls.close()
