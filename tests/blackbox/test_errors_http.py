"""What the HTTP API refuses as a whole: who one is, addresses, methods, bodies, limits."""

import asyncio
from collections.abc import Callable

import pytest
from blackbox_class import SINGLE, Classroom, details_name, run
from blackbox_http import Api, Json
from blackbox_process import OTHER_TEACHER, PASSWORD, TEACHER, Service

pytestmark = pytest.mark.process
UNKNOWN_ID = "6f0c1f3e-0000-4000-8000-000000000000"


def test_without_a_token_everything_of_a_teacher_is_401(nobody: Api, api: Api) -> None:
    """Also with one that is not one."""
    room = Classroom(api).room
    calls = [
        ("GET", "/api/v1/quizzes"), ("POST", "/api/v1/quizzes"), ("GET", f"/api/v1/quizzes/{UNKNOWN_ID}"),
        ("POST", "/api/v1/quizzes/import"), ("POST", "/api/v1/rooms"),
        ("GET", f"/api/v1/rooms/{room.id}/results"), ("GET", f"/api/v1/rooms/{room.id}/events"),
        ("GET", f"/api/v1/rooms/{room.id}/participants"), ("POST", f"/api/v1/rooms/{room.id}/screen"),
    ]  # fmt: skip
    for caller in (nobody, Api(nobody.port, "not.a.token")):
        for method, path in calls:
            reply = caller.call(method, path, {} if method == "POST" else None)
            assert (reply.status, reply.error["code"]) == (401, "unauthorized"), (method, path, reply.body)


def test_another_teachers_things_are_not_mine(api: Api, other: Api) -> None:
    """Forbidden or not there, never given; and nothing is changed."""
    room = Classroom(api).room
    quiz_id = api.quiz([SINGLE])
    calls: list[tuple[str, str, Json | None]] = [
        ("GET", f"/api/v1/rooms/{room.id}/results", None),
        ("GET", f"/api/v1/rooms/{room.id}/results.csv", None),
        ("GET", f"/api/v1/rooms/{room.id}/events?after=0", None),
        ("GET", f"/api/v1/rooms/{room.id}/participants", None),
        ("POST", f"/api/v1/rooms/{room.id}/screen", {}),
        ("GET", f"/api/v1/quizzes/{quiz_id}", None), ("DELETE", f"/api/v1/quizzes/{quiz_id}", None),
        ("POST", "/api/v1/rooms", {"quiz_id": quiz_id}),
    ]  # fmt: skip
    for method, path, body in calls:
        reply = other.call(method, path, body)
        assert reply.status in (403, 404), (method, path, reply.body)
        assert reply.error["code"] in ("forbidden", "not_found")
    api.expect(200, "GET", f"/api/v1/quizzes/{quiz_id}")


def test_a_participants_token_opens_nothing_of_the_teachers(api: Api) -> None:
    """A valid token of the wrong role is refused."""
    room = Classroom(api)
    pupil = Api(api.port, room.seat().token)
    for path in ("/api/v1/quizzes", f"/api/v1/rooms/{room.room.id}/results"):
        reply = pupil.call("GET", path)
        assert (reply.status, reply.error["code"]) == (403, "forbidden"), path


def test_unknown_addresses_and_methods_answer_in_the_same_shape(api: Api) -> None:
    """404 and 405 of the router itself are JSON under /api."""
    for path in ("/api/v1/nothing", "/api/v2/quizzes", f"/api/v1/quizzes/{UNKNOWN_ID}",
                 f"/api/v1/rooms/{UNKNOWN_ID}/results", "/api/v1/quizzes/not-an-id"):  # fmt: skip
        reply = api.call("GET", path)
        assert (reply.status, reply.error["code"]) == (404, "not_found"), path
    for method, path in (("DELETE", "/api/v1/login"), ("PUT", "/api/v1/rooms"), ("PATCH", "/api/v1/quizzes")):
        reply = api.call(method, path, {} if method != "DELETE" else None)
        assert reply.status == 405, (method, path, reply.status)
        assert reply.error["code"]


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b"7", b'{"quiz_id": NaN}', b""])
def test_a_malformed_body_is_refused_in_the_same_shape(api: Api, body: bytes) -> None:
    """Not JSON, not an object, nothing at all."""
    reply = api.call("POST", "/api/v1/rooms", body, headers={"Content-Type": "application/json"})
    assert reply.status in (400, 422), reply.status
    assert reply.error["message"]


def test_bad_settings_are_named(api: Api) -> None:
    """Each setting with a value that it cannot have, and one that nobody knows."""
    quiz_id = api.quiz([SINGLE])
    for name, value in (("scoring", "luck"), ("read_time_s", -1), ("read_time_s", "5"), ("auto_advance", 1),
                        ("late_join", None), ("colour", "red")):  # fmt: skip
        reply = api.call("POST", "/api/v1/rooms", {"quiz_id": quiz_id, "settings": {name: value}})
        details_name(reply, name)


def test_a_wrong_password_is_401_and_too_many_are_429(make_service: Callable[..., Service]) -> None:
    """The limit is told in the headers, with the time to wait; a right password is no way round it."""
    nobody = Api(make_service(RATE_LIMIT_LOGIN="3/5minutes").port)
    for _ in range(3):
        reply = nobody.call("POST", "/api/v1/login", {"email": TEACHER, "password": "wrong"})
        assert (reply.status, reply.error["code"]) == (401, "unauthorized")
    reply = nobody.call("POST", "/api/v1/login", {"email": TEACHER, "password": PASSWORD})
    assert (reply.status, reply.error["code"]) == (429, "rate_limited")
    assert int(reply.headers["Retry-After"]) > 0
    assert reply.headers["X-RateLimit-Limit"] == "3"
    assert reply.headers["X-RateLimit-Remaining"] == "0"
    assert reply.headers["X-RateLimit-Reset"]


def test_an_unknown_account_looks_like_a_wrong_password(nobody: Api) -> None:
    """Nobody learns who has an account."""
    replies = [
        nobody.call("POST", "/api/v1/login", {"email": email, "password": "wrong"})
        for email in (OTHER_TEACHER, "nobody@school.example")
    ]
    assert replies[0].status == replies[1].status == 401
    assert replies[0].body == replies[1].body
    details_name(nobody.call("POST", "/api/v1/login", {"email": TEACHER}), "password")


def test_health_says_what_the_contract_lists(nobody: Api) -> None:
    """The fields that others' monitoring reads."""
    health = nobody.expect(200, "GET", "/health")
    assert set(health) >= {"status", "timestamp", "uptime_seconds", "redis", "database", "websocket"}
    assert set(health["database"]) >= {"status", "ping_ms"}
    assert set(health["websocket"]) >= {"active_connections", "total_unique_users"}
    assert nobody.expect(200, "GET", "/api/v1/openapi.json")["openapi"].startswith("3.1")


def test_requests_that_are_no_http_end_in_an_answer(service: Service) -> None:
    """The port answers or closes; it does not hang and does not die."""

    async def speak() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
        writer.write(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
        await asyncio.wait_for(reader.read(), 10)
        writer.close()
        await writer.wait_closed()

    run(speak())
    assert Api(service.port).call("GET", "/health").status == 200
