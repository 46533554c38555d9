"""What admins, and nobody else, may read and do over HTTP; and what is written down of it."""

import json
from typing import Any

import pytest
from sample_rooms import SINGLE
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect
from web import EMAIL, PASSWORD, Web, fields_of

NOBODY = "00000000-0000-4000-8000-000000000000"
PIN = "123456"
CALLS = [
    ("GET", "/api/v1/admin/overview", None),
    ("GET", f"/api/v1/admin/rooms/{PIN}", None),
    ("POST", f"/api/v1/admin/rooms/{PIN}/close", None),
    ("POST", f"/api/v1/admin/rooms/{PIN}/participants/{NOBODY}/disconnect", None),
    ("POST", "/api/v1/admin/announcements", {"text": "Hello"}),
    ("GET", "/api/v1/admin/audit", None),
]


@pytest.fixture
def admin(io_loop: Any, here: Any, http_client: Any, base_url: str) -> Web:
    """A program with an admin's token."""

    async def make() -> Web:
        await here.services.accounts.create("root@school.example", "Root", "admin", PASSWORD)
        token, _ = await here.services.accounts.login("root@school.example", PASSWORD)
        return Web(http_client, base_url, token)

    made: Web = io_loop.run_sync(make)
    return made


@pytest.fixture
def room(io_loop: Any, here: Any, teacher: Web) -> dict[str, Any]:
    """A teacher's room in the lobby."""

    async def make() -> dict[str, Any]:
        owner = await here.services.accounts.identity_of(EMAIL)
        made: dict[str, Any] = await here.room(owner, SINGLE, read_time_s=0, close_when_all_answered=False)
        return made

    made: dict[str, Any] = io_loop.run_sync(make)
    return made


async def entries(admin: Web) -> list[dict[str, Any]]:
    """The audit, the newest first."""
    status, page = await admin.json("GET", "/api/v1/admin/audit")
    assert status == 200
    listed: list[dict[str, Any]] = page["entries"]
    return listed


async def sit_down(here: Any, base_url: str, pin: str, nickname: str) -> tuple[str, Any]:
    """(participant id, socket) of a phone that has subscribed."""
    seat = await here.services.participants.join(pin, nickname)
    address = base_url.replace("http", "ws", 1) + "/ws"
    socket = await websocket_connect(HTTPRequest(address, headers={"Authorization": f"Bearer {seat['token']}"}))
    await socket.write_message(
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "room.subscribe", "params": {"room": pin}})
    )
    assert "result" in json.loads(await socket.read_message())
    return seat["participant"]["id"], socket


async def heard(socket: Any, method: str) -> dict[str, Any]:
    """The params of the next event of this name."""
    while True:
        message = json.loads(await socket.read_message())
        if message.get("method") == method:
            params: dict[str, Any] = message["params"]
            return params


async def closed(socket: Any) -> int | None:
    """The code with which the node closes it."""
    while await socket.read_message() is not None:
        pass
    code: int | None = socket.close_code
    socket.close()  # Tornado wants to be told, also when it was the other side
    return code


async def hang_up(socket: Any) -> None:
    socket.close()
    await closed(socket)


@pytest.mark.gen_test
@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_only_admins_are_let_in(method, path, body, web, teacher, admin):
    """Nobody without a token, no teacher; and what they tried is not in the audit."""
    status, answer = await web.json(method, path, body)
    assert (status, answer["error"]["code"]) == (401, "unauthorized")
    status, answer = await teacher.json(method, path, body)
    assert (status, answer["error"]["code"]) == (403, "forbidden")
    assert await entries(admin) == []


@pytest.mark.gen_test
async def test_a_browser_needs_the_token_of_its_page(here, admin, room, http_client, base_url):
    """A cookie alone changes nothing: any page can make a browser send it."""
    browser = Web(http_client, base_url)
    await browser.page("/login")
    await browser.form("/login", email="root@school.example", password=PASSWORD)
    path = f"/api/v1/admin/rooms/{room['pin']}/close"
    assert (await browser.fetch("POST", path)).code == 403
    await browser.page("/quizzes")
    assert (await browser.fetch("POST", path, X_XSRFToken=browser.xsrf)).code == 200
    assert (await browser.fetch("GET", "/api/v1/admin/overview")).code == 200


@pytest.mark.gen_test
async def test_the_overview_is_what_the_socket_tells(here, admin, room):
    """The same shape, once."""
    status, overview = await admin.json("GET", "/api/v1/admin/overview")
    assert status == 200
    assert set(overview) == {"server_time", "history", "stats"}
    assert [line["pin"] for line in overview["stats"]["rooms"]] == [room["pin"]]


@pytest.mark.gen_test
async def test_closing_a_room_is_what_its_host_would_have_done(here, admin, room, base_url):
    """Phones get room.ended; a second time it is over already, and only the first is in the audit."""
    _, phone = await sit_down(here, base_url, room["pin"], "Ada")
    status, answer = await admin.json("POST", f"/api/v1/admin/rooms/{room['pin']}/close")
    assert (status, answer) == (200, {"seq": 1, "phase": "FINISHED"})
    assert (await heard(phone, "room.ended"))["seq"] == 1
    status, answer = await admin.json("POST", f"/api/v1/admin/rooms/{room['pin']}/close")
    assert (status, answer["error"]["code"]) == (410, "room_over")
    (entry,) = await entries(admin)
    assert (entry["action"], entry["room"], entry["target"]) == ("room.close", room["pin"], None)
    assert entry["actor"]["name"] == "Root"
    assert entry["details"] == {"room_id": room["id"], "title": "Test", "seq": 1}
    await hang_up(phone)


@pytest.mark.gen_test
async def test_disconnecting_somebody_leaves_them_their_seat(here, admin, room, base_url):
    """4507, whose page comes back when its person does something."""
    ada, phone = await sit_down(here, base_url, room["pin"], "Ada")
    _, other = await sit_down(here, base_url, room["pin"], "Bo")
    path = f"/api/v1/admin/rooms/{room['pin']}/participants/{ada}/disconnect"
    assert await admin.json("POST", path) == (200, {"sockets": 1})
    assert await closed(phone) == 4507
    status, page = await admin.json("GET", f"/api/v1/admin/rooms/{room['pin']}")
    assert status == 200
    assert [(person["nickname"], person["state"]) for person in page["participants"]] == [
        ("Ada", "gone"),
        ("Bo", "connected"),
    ]
    (entry,) = await entries(admin)
    assert (entry["action"], entry["room"], entry["target"]) == ("participant.disconnect", room["pin"], ada)
    assert "Ada" not in json.dumps(entry)
    await hang_up(other)


@pytest.mark.gen_test
async def test_who_is_not_there_cannot_be_disconnected(here, admin, room, teacher):
    """Nobody of that id, or a seat in another room: 404, and no entry."""
    owner = await here.services.accounts.identity_of(EMAIL)
    elsewhere = await here.room(owner, SINGLE)
    stranger = await here.services.participants.join(elsewhere["pin"], "Ada")
    for who in (NOBODY, "nonsense", stranger["participant"]["id"]):
        path = f"/api/v1/admin/rooms/{room['pin']}/participants/{who}/disconnect"
        status, answer = await admin.json("POST", path)
        assert (status, answer["error"]["code"]) == (404, "not_found")
    assert await entries(admin) == []


@pytest.mark.gen_test
async def test_an_announcement_reaches_a_room_or_everybody(here, admin, room, teacher, base_url):
    """Those of the other room hear the second one first."""
    owner = await here.services.accounts.identity_of(EMAIL)
    elsewhere = await here.room(owner, SINGLE)
    _, phone = await sit_down(here, base_url, room["pin"], "Ada")
    _, other = await sit_down(here, base_url, elsewhere["pin"], "Bo")
    for body, told in (({"text": "Back at ten", "room": room["pin"]}, 1), ({"text": "Fire drill!"}, 2)):
        assert await admin.json("POST", "/api/v1/admin/announcements", body) == (200, {"connections": told})
    now = here.clock.now_ms()
    expected = [
        {"type": "announcement", "payload": {"text": text}, "timestamp": now} for text in ("Back at ten", "Fire drill!")
    ]
    assert [await heard(phone, "notification.new") for _ in range(2)] == expected
    assert await heard(other, "notification.new") == expected[1]
    newest, oldest = sorted(await entries(admin), key=lambda entry: entry["room"] or "")
    assert (newest["action"], newest["room"], newest["details"]) == ("announcement.send", None, {"text": "Fire drill!"})
    assert oldest["details"] == {"text": "Back at ten", "room_id": room["id"]}
    await hang_up(phone)
    await hang_up(other)


@pytest.mark.gen_test
@pytest.mark.parametrize("text", ["", "  \n ", "x" * 281, "ring\x07", None, 5])
async def test_an_announcement_can_be_read(text, admin):
    """1 to 280 characters of text; else 422 names the field, and nothing is sent or written down."""
    status, answer = await admin.json("POST", "/api/v1/admin/announcements", {"text": text})
    assert (status, fields_of(answer)) == (422, ["text"])
    status, _ = await admin.json("POST", "/api/v1/admin/announcements", {"text": "Hello", "room": "999999"})
    assert status == 404
    assert await entries(admin) == []


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("state=asleep", "state"),
        ("after=x", "after"),
        ("q=" + "x" * 65, "q"),
    ],
)
async def test_a_wrong_query_is_named(query, field, admin, room):
    """422 with the field."""
    status, answer = await admin.json("GET", f"/api/v1/admin/rooms/{room['pin']}?{query}")
    assert (status, fields_of(answer)) == (422, [field])


@pytest.mark.gen_test
async def test_the_audit_is_paged(here, admin):
    """The newest first, each entry once."""
    root = await here.services.accounts.identity_of("root@school.example")
    for number in range(250):
        if number % 3 == 0:
            here.clock.advance(0.001)
        details = {"number": number}
        await here.services.administration.audit.record(root, "room.close", room=None, target=None, details=details)
    found, query = [], ""
    for _ in range(3):
        status, page = await admin.json("GET", "/api/v1/admin/audit" + query)
        assert status == 200
        found += page["entries"]
        query = f"?after={page['next']}"
    assert page["next"] is None
    times = [entry["at"] for entry in found]
    assert times == sorted(times, reverse=True)
    assert {entry["details"]["number"] for entry in found} == set(range(250))
    assert len(found) == 250
    status, page = await admin.json("GET", f"/api/v1/admin/audit?after={NOBODY}")
    assert (status, page) == (200, {"entries": [], "next": None})
