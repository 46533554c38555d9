"""What is refused before the upgrade, and how: the limits of the settings, and whose token may come which way."""

import json
import logging
from typing import Any

import pytest
from sample_rooms import SINGLE
from tornado.httpclient import HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect


@pytest.fixture
def config_values() -> dict[str, Any]:
    return {"ws_max_connections": 2, "ws_max_connections_per_ip": 1, "rate_limit_ws": "6/minute"}


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
    for _ in range(6):
        assert (await refused(base_url, None))[0] == 401
    status, code, answer = await refused(base_url, None)
    assert (status, code) == (429, "rate_limited")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-RateLimit-Limit"] == "6"
    assert answer.headers["X-RateLimit-Remaining"] == "0"


@pytest.mark.gen_test
async def test_a_ticket_opens_one_socket(here, app, http_server, base_url, caplog):
    """Once; neither the answer nor any log tells it."""
    caplog.set_level(logging.DEBUG)
    identity = await here.services.accounts.authenticate(await seat_of(here))
    ticket = here.services.tickets.issue(identity)
    socket = await connect(base_url, None, f"?ticket={ticket}")
    (connection,) = here.services.hub.connections()
    assert (connection.user_id, connection.claims["jti"]) == (identity.id, identity.jti)
    await close(socket)
    status, code, answer = await refused(base_url, None, f"?ticket={ticket}")
    assert (status, code) == (401, "unauthorized")
    assert json.loads(answer.body)["error"]["details"] == {"reason": "ticket_used"}
    assert ticket not in answer.body.decode() + caplog.text
    assert "GET /ws?ticket=***" in caplog.text


@pytest.mark.gen_test
async def test_a_ticket_that_does_not_count_opens_none(here, app, http_server, base_url):
    """Garbled, expired, empty; each says why."""
    ticket = here.services.tickets.issue(await here.services.accounts.authenticate(await seat_of(here)))
    here.clock.advance(30)
    for text, reason in ((ticket, "ticket_expired"), (ticket[:-1], "ticket_not_valid"), ("", "ticket_not_valid")):
        status, _, answer = await refused(base_url, None, f"?ticket={text}")
        assert (status, json.loads(answer.body)["error"]["details"]["reason"]) == (401, reason)


@pytest.mark.gen_test
async def test_a_ticket_ends_with_what_it_stands_for(here, app, http_server, base_url):
    """A sign-out, a kick: what happened after the ticket was given out counts."""
    services = here.services
    host = await here.teacher("host@school.example")
    room = await here.room(host, SINGLE)
    seat = await services.participants.join(room["pin"], "Ada")
    participant = await services.accounts.authenticate(seat["token"])
    tickets = {services.tickets.issue(host): "revoked", services.tickets.issue(participant): "no_seat"}
    await services.accounts.logout(host)
    await services.participants.remove(room["id"], participant.id, ban=False)
    for ticket, reason in tickets.items():
        status, _, answer = await refused(base_url, None, f"?ticket={ticket}")
        assert (status, json.loads(answer.body)["error"]["details"]["reason"]) == (401, reason)


@pytest.mark.gen_test
async def test_the_first_proof_that_is_there_decides(here, app, http_server, base_url):
    """Header, sub-protocol, ticket, token: a bad one is not made good by the next."""
    token = await seat_of(here)
    identity = await here.services.accounts.authenticate(token)
    pair = {"Sec-WebSocket-Protocol": "quizhall.v1, bearer.nonsense"}
    assert (await refused(base_url, "nonsense", f"?token={token}"))[0] == 401
    assert (await refused(base_url, None, f"?token={token}", **pair))[0] == 401
    assert (await refused(base_url, None, f"?ticket=nonsense&token={token}"))[0] == 401
    ticket = here.services.tickets.issue(identity)
    await close(await connect(base_url, None, f"?ticket={ticket}&token=nonsense"))


@pytest.mark.gen_test
async def test_a_foreign_page_gets_no_socket(here, app, http_server, base_url):
    """403, with a token that counts; our own page gets one."""
    token = await seat_of(here)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await refused(base_url, token, **headers))[:2] == (403, "forbidden")
    await close(await connect(base_url, token, Origin=base_url))


@pytest.mark.gen_test
async def test_the_sub_protocol_is_answered_only_when_it_was_offered(here, app, http_server, base_url):
    """A browser closes a socket whose server chose what it did not offer."""
    token = await seat_of(here)
    for offered, chosen in (("quizhall.v1", "quizhall.v1"), ("chat, quizhall.v1", "quizhall.v1"), ("chat", None)):
        socket = await connect(base_url, token, **{"Sec-WebSocket-Protocol": offered})
        assert socket.headers.get("Sec-WebSocket-Protocol") == chosen
        await close(socket)


@pytest.mark.gen_test
async def test_what_is_no_handshake_is_refused(here, app, http_server, base_url, http_client):
    """A plain GET, and a version that we do not speak."""
    headers = {"Authorization": f"Bearer {await seat_of(here)}"}
    plain = await http_client.fetch(base_url + "/ws", headers=headers, raise_error=False)
    assert (plain.code, json.loads(plain.body)["error"]["code"]) == (400, "bad_request")
    headers |= {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "x", "Sec-WebSocket-Version": "8"}
    old = await http_client.fetch(base_url + "/ws", headers=headers, raise_error=False)
    assert (old.code, old.headers["Sec-WebSocket-Version"]) == (426, "13")
