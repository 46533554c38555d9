"""Who gets a socket, how it is taken away, and with which close code."""

import asyncio
import http.client
import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from blackbox_class import Classroom, classroom, refused, run
from blackbox_http import Api
from blackbox_live import Peer, Player
from blackbox_process import OTHER_TEACHER, PASSWORD, TEACHER, Service
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

pytestmark = pytest.mark.process
SECRET = "a secret of these tests, long enough for HS256"


async def open_socket(
    port: int, *, query: str = "", protocols: tuple[str, ...] = (), **headers: str
) -> ClientConnection:
    """A bare upgrade with just these headers."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return await connect(
        f"ws://127.0.0.1:{port}/ws{query}", additional_headers=sent, proxy=None, close_timeout=2,
        subprotocols=[Subprotocol(name) for name in protocols] or None,
    )  # fmt: skip


async def upgrade_status(port: int, **how: Any) -> int:
    """101, or the status with which the upgrade is refused."""
    try:
        socket = await open_socket(port, **how)
    except InvalidStatus as error:
        return error.response.status_code
    await socket.close()
    return 101


def bearer(token: str) -> tuple[str, str]:
    return ("quizhall.v1", f"bearer.{token}")


class Browser:
    """A teacher who signed in with the form: the cookies and the xsrf token that a page would have."""

    def __init__(self, port: int, email: str) -> None:
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self._cookies: SimpleCookie = SimpleCookie()
        self._xsrf = self._hidden_xsrf(self.fetch("GET", "/login")[1])
        status, _ = self.post("/login", email=email, password=PASSWORD)
        assert status in (302, 303), status
        self._xsrf = self._hidden_xsrf(self.fetch("GET", "/quizzes")[1])

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        return self.fetch("POST", path, urlencode(fields | {"_xsrf": self._xsrf}))

    def fetch(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "Origin": self.origin}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            for value in reply.headers.get_all("Set-Cookie") or ():
                self._cookies.load(value)
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    @staticmethod
    def _hidden_xsrf(page: str) -> str:
        found = re.search(r'<[^>]*name="_?xsrf"[^>]*>', page)
        assert found, "no xsrf token on the page"
        value = re.search(r'(?:value|content)="([^"]+)"', found[0])
        assert value, found[0]
        return value[1]


def test_without_a_valid_token_there_is_no_upgrade(make_service: Callable[..., Service]) -> None:
    """401 for none, garbage, an expired one, another key, another algorithm, no algorithm at all."""
    service = make_service(JWT_SECRET_KEY=SECRET)
    api = Api(service.port).login()
    token = Classroom(api).seat().token
    claims = jwt.decode(token, options={"verify_signature": False})
    assert {"sub", "exp", "iat", "iss", "aud", "jti", "role", "ver", "room"} <= set(claims)
    expired = jwt.encode(claims | {"iat": 1_000_000, "exp": 1_000_060}, SECRET, "HS256")
    bad = [
        "garbage", "a.b.c", token[:-4] + "AAAA", expired,
        jwt.encode(claims, SECRET[::-1], "HS256"), jwt.encode(claims, SECRET + "0" * 64, "HS512"),
        jwt.encode(claims, SECRET * 2, "HS384"), jwt.encode(claims, None, "none"),
        jwt.encode(claims | {"aud": "others"}, SECRET, "HS256"),
        jwt.encode(claims | {"iss": "others"}, SECRET, "HS256"),
        jwt.encode({name: value for name, value in claims.items() if name != "exp"}, SECRET, "HS256"),
    ]  # fmt: skip

    async def knock() -> None:
        assert await upgrade_status(service.port) == 401
        for one in bad:
            assert await upgrade_status(service.port, protocols=bearer(one)) == 401, one
            assert await upgrade_status(service.port, Authorization=f"Bearer {one}") == 401, one
            assert await upgrade_status(service.port, query=f"?token={one}") == 401, one
        assert await upgrade_status(service.port, protocols=bearer(token)) == 101
        assert await upgrade_status(service.port, Authorization=f"Bearer {token}") == 101
        assert await upgrade_status(service.port, query=f"?token={token}") == 101
        # In the address it is for participants only.
        assert await upgrade_status(service.port, query=f"?token={api.token}") == 401

    run(knock())
    assert token not in service.log_text(), "a token is in the log"
    assert str(api.token) not in service.log_text(), "a token is in the log"


def test_the_browsers_cookie_needs_our_own_origin(service: Service) -> None:
    """No Origin, a foreign one, `null`: refused. Our own, or Sec-Fetch-Site: same-origin, opens."""
    browser = Browser(service.port, TEACHER)

    async def knock() -> None:
        port = service.port
        foreign = ("http://evil.example", f"http://127.0.0.1:{port + 1}", "null")
        assert await upgrade_status(port, Cookie=browser.cookie) in (401, 403)
        for origin in foreign:
            assert await upgrade_status(port, Cookie=browser.cookie, Origin=origin) in (401, 403), origin
        refused_site = await upgrade_status(port, Cookie=browser.cookie, Sec_Fetch_Site="cross-site")
        assert refused_site in (401, 403)
        assert await upgrade_status(port, Cookie=browser.cookie, Origin=browser.origin) == 101
        assert await upgrade_status(port, Cookie=browser.cookie, Sec_Fetch_Site="same-origin") == 101

    run(knock())


def test_a_foreign_page_gets_no_socket_with_a_token_either(service: Service, api: Api) -> None:
    """Browsers say where a page comes from; ALLOWED_ORIGINS is unset."""
    token = Classroom(api).seat().token

    async def knock() -> None:
        own = f"http://127.0.0.1:{service.port}"
        assert await upgrade_status(service.port, protocols=bearer(token), Origin="http://evil.example") == 403
        assert await upgrade_status(service.port, protocols=bearer(token), Origin=own) == 101

    run(knock())


def test_signing_out_closes_the_sockets_and_kills_the_token(service: Service) -> None:
    """4500 to every socket of that sign-in; the cookie opens nothing afterwards."""
    browser = Browser(service.port, OTHER_TEACHER)

    async def play() -> None:
        socket = await open_socket(service.port, Cookie=browser.cookie, Origin=browser.origin)
        before = browser.cookie
        status, _ = await asyncio.to_thread(browser.post, "/logout")
        assert status in (302, 303)
        await asyncio.wait_for(socket.wait_closed(), 10)
        assert socket.close_code == 4500
        assert await upgrade_status(service.port, Cookie=before, Origin=browser.origin) == 401

    run(play())


def test_of_four_sockets_of_a_participant_the_oldest_goes(api: Api) -> None:
    """4501 to the oldest; the other three hear everything; it counts as one participant."""

    async def play() -> None:
        async with classroom(api) as room:
            first = await room.player("Ada")
            seat = {"token": first.token, "participant": {"id": first.id, "nickname": "Ada"}}
            tabs = [Player(api.port, room.room.pin, seat) for _ in range(3)]
            room.players += tabs
            for tab in tabs:
                await tab.join_room()
            assert await first.lost() == 4501
            room.players.remove(first)
            await room.open()
            assert room.host.events[max(room.host.events)]["method"] == "round.opened"
            room.players.append(first)
            public = api.expect(200, "GET", f"/api/v1/rooms/{room.room.pin}")
            assert public["participants"] == 1
            receipt = await tabs[0].submit(1, {"choices": [1]}, "one")
            assert await tabs[1].submit(1, {"choices": [1]}, "one") == receipt

    run(play())


def test_who_is_kicked_hears_it_and_is_closed(api: Api) -> None:
    """`participant.kicked`, then 4502; the old token is good for nothing; without a ban one may return."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player("Ada", "device-1")
            await room.host.command("participant.kick", participant=player.id)
            assert await player.lost() == 4502
            assert player.frames[-1]["method"] == "participant.kicked"
            assert player.frames[-1]["params"]["participant"] == player.id
            assert await shut_out(player)
            again = await room.player("Ada", "device-1")
            assert again.you is not None

    run(play())


def test_who_is_banned_stays_out(api: Api) -> None:
    """The same client_id does not get in under another name; another device does."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player("Ada", "device-1")
            await room.host.command("participant.kick", participant=player.id, ban=True)
            assert await player.lost() == 4502
            path = f"/api/v1/rooms/{room.room.pin}/participants"
            for name in ("Ada", "Somebody else"):
                reply = api.call("POST", path, {"nickname": name, "client_id": "device-1"})
                assert (reply.status, reply.error["code"]) == (403, "banned")
            assert await shut_out(player)
            await room.player("Grace", "device-2")

    run(play())


async def shut_out(player: Player) -> bool:
    """The token is refused at the door, or its socket is closed at once, or it may not subscribe."""
    status = await upgrade_status(player.port, protocols=bearer(player.token))
    if status in (401, 403):
        return True
    async with Peer(player.port, player.pin, player.token) as again:
        await refused("forbidden", again.subscribe())
    return True


def test_a_message_over_the_limit_closes_the_socket(api: Api) -> None:
    """Nothing of it is read; others do not notice; a message just below is answered."""

    async def play() -> None:
        async with classroom(api) as room:
            player, other = await room.player(), await room.player()
            head = '{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {}, "x": "'
            text = head + "x" * (16384 - len(head) - 2) + '"}'
            await player.send_raw(text)
            await player.until(lambda: player.frames[-1].get("id") == 1 or None, "answer to 16384 bytes")
            await player.send_raw(text + " ")
            assert await player.lost() in (1009, 4504)
            await room.host.command("room.start")
            await other.event("round.opened", round=1)

    run(play())


def test_a_binary_message_does_no_harm(api: Api) -> None:
    """Only text is spoken: it is answered with an error or the socket is closed as a protocol error."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            await player.send_raw(b"\x00\xff\x00")
            done = await player.until(lambda: "error" in player.frames[-1] or player.close_code, "error or close", 5)
            assert done is True or done in (1003, 1007, 4504)

    run(play())


@pytest.mark.parametrize("transport", ["socket", "stream"])
def test_whoever_holds_the_sockets_a_round_is_played(make_service: Callable[..., Service], transport: str) -> None:
    """WS_TRANSPORT changes nothing that one sees: receipts, events, a close with its reason."""
    api = Api(make_service(WS_TRANSPORT=transport).port).login()

    async def play() -> None:
        async with classroom(api) as room:
            player, other = await room.player("Ada"), await room.player("Grace")
            await room.open()
            receipt = await player.submit(1, {"choices": [1]}, "one")
            assert receipt["status"] == "stored"
            await room.host.command("round.close")
            await other.event("round.closed", round=1)
            await room.host.command("participant.kick", participant=player.id)
            assert await player.lost() == 4502
            await other.send_raw("x" * 20_000)
            assert await other.lost() == 1009

    run(play())
