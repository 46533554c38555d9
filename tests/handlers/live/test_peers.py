"""Peers over real sockets, with time moved by hand: the dead, the silent, and those whose command breaks."""

import asyncio
import base64
import json
import logging
from typing import Any
from urllib.parse import urlsplit

import pytest
from sample_rooms import SINGLE
from tornado.websocket import websocket_connect

from config import Config
from handlers.live.commands import EVERYONE, Nothing, commands, rpc_error
from jobs.schedule import build_schedule
from realtime.connection import Connection
from realtime.dispatch import Command, Dispatcher
from wiring import build_application

PATIENCE_S = 10
INACTIVE_AFTER_S = 600.0


async def broken(connection: Connection, params: Nothing) -> None:
    raise ZeroDivisionError("a fault of ours")


@pytest.fixture
def app(here: Any, config_values: dict[str, Any]) -> Any:
    """The application, with one command more, whose handler raises."""
    application = build_application(Config(**config_values), here.services)
    table = [*commands(here.services), Command("test.break", EVERYONE, Nothing, broken)]
    application.settings["entrance"].dispatcher = Dispatcher(table, rpc_error)
    return application


async def ask(socket: Any, number: int, method: str, **params: Any) -> Any:
    """The reply; events that come before it are let by."""
    await socket.write_message(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}))
    async with asyncio.timeout(PATIENCE_S):
        while True:
            message = json.loads(await socket.read_message())
            if message.get("id") == number:
                return message


async def until(holds: Any) -> None:
    """Lets the loop turn, in which sockets are read."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(0)


async def player(here: Any, base_url: str, pin: str, name: str) -> tuple[Any, Connection]:
    """A participant in the room over a real socket, and the node's connection to them."""
    seat = await here.services.participants.join(pin, name)
    socket = await websocket_connect(f"{base_url.replace('http', 'ws')}/ws?token={seat['token']}")
    assert "result" in await ask(socket, 0, "room.subscribe", room=pin)
    (connection,) = here.services.hub.connections_of(seat["participant"]["id"])
    return socket, connection


class Mute:
    """A raw socket that answers a ping when it is told to, and nothing else."""

    @classmethod
    async def connect(cls, port: int, token: str) -> "Mute":
        self = cls()
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        key = base64.b64encode(b"0123456789abcdef").decode()
        self.writer.write(
            f"GET /ws?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b" 101 " in await self.reader.readuntil(b"\r\n\r\n")
        return self

    async def pong(self) -> None:
        head = await self.reader.readexactly(2)
        assert head[0] == 0x89
        payload = await self.reader.readexactly(head[1])
        self.writer.write(bytes([0x8A, 0x80 | len(payload), 0, 0, 0, 0]) + payload)


@pytest.mark.gen_test
async def test_a_peer_that_dies_is_gone_within_eighteen_seconds(
    app: Any, http_server: Any, here: Any, base_url: str
) -> None:
    """It had answered until then, and its socket looks as good as the living one's."""
    services, clock = here.services, here.clock
    room = await here.room(await here.teacher(), SINGLE)
    living, of_living = await player(here, base_url, room["pin"], "Mia")
    seat = await services.participants.join(room["pin"], "Tim")
    mute = await Mute.connect(urlsplit(base_url).port or 80, seat["token"])
    (of_mute,) = services.hub.connections_of(seat["participant"]["id"])
    await mute.pong()
    await until(lambda: not of_mute.awaits_pong and not of_living.awaits_pong)
    reading = asyncio.ensure_future(living.read_message())  # so that the client answers its pings
    died_s = clock.monotonic_s()
    while of_mute.is_open:
        clock.advance(services.heartbeat.tick_interval_s)
        services.heartbeat.tick()
        await until(lambda: not of_living.awaits_pong)
    assert 8 <= clock.monotonic_s() - died_s <= 18
    assert services.hub.connections_of(of_mute.user_id) == []
    assert of_living.is_open
    assert of_living.rtt_ms >= 1
    mute.writer.close()
    living.close()
    await reading


@pytest.mark.gen_test
async def test_a_silent_student_stays_while_the_room_runs(app: Any, http_server: Any, here: Any, base_url: str) -> None:
    """When it is over, the node's own job closes them with 4507, and the shard counts it."""
    services = here.services
    room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
    socket, connection = await player(here, base_url, room["pin"], "Mia")
    await services.transitions.command(room["id"], "room.start")
    sweep = build_schedule(services, INACTIVE_AFTER_S)._scheduler.get_job("sweep").func
    here.clock.advance(3 * INACTIVE_AFTER_S)
    await sweep()
    assert connection.is_open
    await services.transitions.command(room["id"], "room.end")
    assert connection.is_open
    await sweep()
    async with asyncio.timeout(PATIENCE_S):
        while await socket.read_message() is not None:
            pass
    socket.close()  # Tornado's client warns otherwise
    assert socket.close_code == 4507
    assert sum(figures["removed_inactive"] for figures in services.hub.stats().values()) == 1
    assert services.hub.connections_of(connection.user_id) == []


@pytest.mark.gen_test
async def test_a_command_that_breaks_is_answered_and_logged(
    app: Any, http_server: Any, here: Any, base_url: str, caplog: Any
) -> None:
    """`internal`, without a word of the cause; the log has the connection's id; it and the others go on."""
    room = await here.room(await here.teacher(), SINGLE)
    mia, of_mia = await player(here, base_url, room["pin"], "Mia")
    tim, _ = await player(here, base_url, room["pin"], "Tim")
    with caplog.at_level(logging.ERROR):
        reply = await ask(mia, 1, "test.break")
    assert (reply["error"]["code"], reply["error"]["data"]["code"]) == (-32603, "internal")
    assert "fault of ours" not in json.dumps(reply)
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert (record.connection, record.command) == (of_mia.id, "test.break")
    assert record.exc_info[0] is ZeroDivisionError
    caplog.clear()
    for socket in (mia, tim):
        assert "server_time" in (await ask(socket, 2, "ping"))["result"]
        socket.close()
        while await socket.read_message() is not None:
            pass
