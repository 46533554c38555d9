"""`admin.subscribe` over a real socket: for admins, once a second, and with the numbers of a room that is played."""

import asyncio
import json
from typing import Any

import pytest
from sample_rooms import SECRETS, SINGLE, keys_of
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PASSWORD = "a long password"


class Peer:
    """One socket that asks and listens."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket
        self._events: list[dict[str, Any]] = []

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The reply; events that come before it are kept."""
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        await self._socket.write_message(json.dumps(request))
        while "id" not in (message := await self._read()):
            self._events.append(message)
        return message

    async def event(self, name: str) -> dict[str, Any]:
        """The params of the next event of this name."""
        while True:
            message = self._events.pop(0) if self._events else await self._read()
            if message.get("method") == name:
                params: dict[str, Any] = message["params"]
                return params

    async def _read(self) -> dict[str, Any]:
        text = await asyncio.wait_for(self._socket.read_message(), 20)
        assert text is not None, f"closed with {self._socket.close_code}"
        message: dict[str, Any] = json.loads(text)
        return message

    async def closed(self) -> int | None:
        """The close code, when it comes."""
        while await asyncio.wait_for(self._socket.read_message(), 20) is not None:
            pass
        self._socket.close()  # Tornado wants to be told, also when it was the other side
        return self._socket.close_code

    async def close(self) -> None:
        self._socket.close()
        await self.closed()


async def connect(base_url: str, token: str) -> Peer:
    request = HTTPRequest(base_url.replace("http", "ws", 1) + "/ws", headers={"Authorization": f"Bearer {token}"})
    return Peer(await websocket_connect(request))


async def token_of(here: Any, email: str) -> str:
    token, _ = await here.services.accounts.login(email, PASSWORD)
    return str(token)


@pytest.mark.gen_test
async def test_an_admin_sees_a_room_being_played(here, app, http_server, base_url):
    """The reply has what was, the events what comes: the answer of a phone shows in both the node and the room."""
    await here.admin()
    room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
    admin = await connect(base_url, await token_of(here, "root@school.example"))
    reply = (await admin.ask("admin.subscribe"))["result"]
    assert reply["stats"]["totals"]["participants"] == 0
    seat = await here.services.participants.join(room["pin"], "Ada")
    phone = await connect(base_url, seat["token"])
    assert "result" in await phone.ask("room.subscribe", room=room["pin"])
    await here.services.transitions.command(room["id"], "room.start")
    assert "result" in await phone.ask("answer.submit", room=room["pin"], round=1, answer={"choices": [1]}, id="a")
    here.clock.advance(1)
    await here.services.admin_stats.tick()
    stats = await admin.event("admin.stats")
    assert (stats["totals"]["connections"], stats["totals"]["answers_per_s"]) == (2, 1)
    assert (stats["rooms"][0]["connected"], stats["rooms"][0]["answered"]) == (1, 1)
    for peer in (admin, phone):
        await peer.close()


@pytest.mark.gen_test
async def test_nobody_else_may_watch(here, app, http_server, base_url):
    """A teacher and a participant are forbidden, and get nothing."""
    room = await here.room(await here.teacher(), SINGLE)
    seat = await here.services.participants.join(room["pin"], "Ada")
    for token in (await token_of(here, "t@school.example"), seat["token"]):
        peer = await connect(base_url, token)
        assert (await peer.ask("admin.subscribe"))["error"]["data"]["code"] == "forbidden"
        await peer.close()
    assert here.services.hub.subscribers("admin") == 0


@pytest.mark.gen_test
async def test_an_admin_who_signs_out_is_told_to_go(here, app, http_server, base_url):
    """4500, which does not come back."""
    await here.admin()
    token = await token_of(here, "root@school.example")
    admin = await connect(base_url, token)
    await admin.ask("admin.subscribe")
    await here.services.accounts.logout(await here.services.accounts.authenticate(token))
    assert await admin.closed() == 4500
    assert here.services.hub.subscribers("admin") == 0


@pytest.mark.gen_test
async def test_an_admin_who_looks_at_a_room_sees_what_a_screen_sees(here, app, http_server, base_url):
    """Any room, nothing that gives an answer away before the reveal, and no say in it."""
    await here.admin()
    room = await here.room(await here.teacher(), SINGLE | {"explanation": "Two and two."}, read_time_s=0)
    await here.services.transitions.command(room["id"], "room.start")
    admin = await connect(base_url, await token_of(here, "root@school.example"))
    reply = (await admin.ask("room.subscribe", room=room["pin"]))["result"]
    assert reply["snapshot"]["phase"] == "OPEN"
    assert not SECRETS & keys_of(reply)
    for command in ("round.close", "room.next", "room.end"):
        assert (await admin.ask(command, room=room["pin"]))["error"]["data"]["code"] == "forbidden"
    await here.services.transitions.command(room["id"], "round.close")
    assert (await admin.event("round.closed"))["key"] == {"choices": [1]}
    await admin.close()
