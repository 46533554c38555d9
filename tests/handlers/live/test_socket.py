"""What is refused before the upgrade, and how: the limits of the settings, and whose token may come which way."""

import json
from typing import Any

import pytest
from sample_rooms import SINGLE
from tornado.httpclient import HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect


@pytest.fixture
def config_values() -> dict[str, Any]:
    return {"ws_max_connections": 2, "ws_max_connections_per_ip": 1, "rate_limit_ws": "5/minute"}


async def connect(base_url: str, token: str | None, query: str = "", **headers: str) -> WebSocketClientConnection:
    address = base_url.replace("http", "ws", 1) + "/ws" + query
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    return await websocket_connect(HTTPRequest(address, headers=bearer | headers))


async def refused(*args: Any, **headers: str) -> tuple[int, str, HTTPResponse]:
    """(status, code, answer) of a handshake that must not succeed."""
    with pytest.raises(HTTPClientError) as caught:
        await connect(*args, **headers)
    answer = caught.value.response
    assert answer is not None
    error = json.loads(answer.body)["error"]
    assert error["message"].endswith(".")
    return caught.value.code, error["code"], answer


async def seat_of(here: Any) -> str:
    """A participant's token."""
    room = await here.room(await here.teacher("host@school.example"), SINGLE)
    seat = await here.services.participants.join(room["pin"], "Ada")
    return str(seat["token"])


async def close(socket: WebSocketClientConnection) -> None:
    socket.close()
    await socket.read_message()


@pytest.mark.gen_test
async def test_without_a_token_that_counts_there_is_no_socket(here, app, http_server, base_url):
    """401 before the upgrade, with what would be needed."""
    for token in (None, "nonsense"):
        status, code, answer = await refused(base_url, token)
        assert (status, code) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.gen_test
async def test_only_a_participants_token_may_stand_in_the_address(here, app, http_server, base_url):
    """Addresses end up in places where a teacher's token must not be."""
    teacher = await here.teacher()
    token = (await here.services.accounts.login("t@school.example", "a long password"))[0]
    assert (await refused(base_url, None, f"?token={token}"))[:2] == (401, "unauthorized")
    assert teacher.kind == "account"
    await close(await connect(base_url, None, f"?token={await seat_of(here)}"))


@pytest.mark.gen_test
async def test_one_address_may_have_so_many_sockets(here, app, http_server, base_url):
    """429 for one more, while the node has room."""
    token = await seat_of(here)
    first = await connect(base_url, token)
    assert (await refused(base_url, token))[:2] == (429, "rate_limited")
    await close(first)


@pytest.mark.gen_test
async def test_a_full_node_takes_no_more(here, app, http_server, base_url):
    """503, whoever asks."""
    token = await seat_of(here)
    identity = await here.services.accounts.authenticate(token)
    others = [here.connect(identity) for _ in range(2)]
    assert (await refused(base_url, token))[:2] == (503, "overloaded")
    for connection in others:
        here.services.hub.unregister(connection)


@pytest.mark.gen_test
async def test_too_many_handshakes_are_told_when_to_come_back(here, app, http_server, base_url):
    """429 with Retry-After and what is left of the rate."""
    for _ in range(5):
        assert (await refused(base_url, None))[0] == 401
    status, code, answer = await refused(base_url, None)
    assert (status, code) == (429, "rate_limited")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-RateLimit-Limit"] == "5"
    assert answer.headers["X-RateLimit-Remaining"] == "0"
