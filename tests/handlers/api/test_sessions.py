"""Signing in for programs, and what a token is good for."""

import pytest
from web import EMAIL, PASSWORD, Web, fields_of


@pytest.fixture
def config_values():
    return {"rate_limit_login": "3/5minutes"}


@pytest.mark.gen_test
async def test_a_password_becomes_a_token(teacher, web):
    """Token and user, and what is left of the attempts; no cookie comes along."""
    response = await web.fetch(
        "POST",
        "/api/v1/login",
        b'{"email": "ada@school.example", "password": "correct horse"}',
        Content_Type="application/json",
    )
    assert response.code == 200
    assert response.headers["X-RateLimit-Limit"] == "3"
    assert response.headers["X-RateLimit-Remaining"] == "2"
    assert "X-RateLimit-Reset" in response.headers
    assert "Set-Cookie" not in response.headers
    _, answer = await web.json("POST", "/api/v1/login", {"email": EMAIL, "password": PASSWORD})
    assert answer["user"] == {"id": answer["user"]["id"], "email": EMAIL, "name": "Ada", "role": "teacher"}
    web.token = answer["token"]
    assert (await web.json("GET", "/api/v1/quizzes"))[0] == 200


@pytest.mark.gen_test
async def test_a_wrong_password_is_401(teacher, web):
    """With the contract's error."""
    status, answer = await web.json("POST", "/api/v1/login", {"email": EMAIL, "password": "wrong horse"})
    assert (status, answer["error"]["code"]) == (401, "unauthorized")


@pytest.mark.gen_test
async def test_too_many_attempts_are_429(teacher, web):
    """Even with the right password; the answer says when to come back."""
    for _ in range(3):
        await web.json("POST", "/api/v1/login", {"email": EMAIL, "password": "wrong horse"})
    response = await web.fetch(
        "POST",
        "/api/v1/login",
        b'{"email": "ada@school.example", "password": "correct horse"}',
        Content_Type="application/json",
    )
    assert response.code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 300
    assert response.headers["X-RateLimit-Remaining"] == "0"
    status, _ = await web.json("POST", "/api/v1/login", {"email": "bo@school.example", "password": "wrong horse"})
    assert status == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": "a"}, "password"),
        ({"email": 1, "password": "x"}, "email"),
        ({"email": "a", "password": "b", "x": 1}, "x"),
    ],
)
@pytest.mark.gen_test
async def test_a_wrong_field_is_named(web, body, field):
    """Missing, of another type, or unknown."""
    status, answer = await web.json("POST", "/api/v1/login", body)
    assert (status, answer["error"]["code"]) == (422, "invalid")
    assert fields_of(answer) == [field]
    assert answer["error"]["details"][0]["reason"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"email": "\\ud800"}', "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b'{"email": 1e999}', "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b"email=a&password=b", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'"' + b"x" * 70_000 + b'"', "application/json", 413),
    ],
)
@pytest.mark.gen_test
async def test_a_body_that_is_no_json_is_refused(web, body, content_type, status):
    """Never with a 500."""
    response = await web.fetch("POST", "/api/v1/login", body, Content_Type=content_type)
    assert response.code == status
    assert response.headers["Content-Type"].startswith("application/json")


@pytest.mark.gen_test
async def test_signing_out_ends_the_token(teacher):
    """At once, for everything."""
    assert (await teacher.json("POST", "/api/v1/logout"))[0] == 204
    status, answer = await teacher.json("GET", "/api/v1/quizzes")
    assert (status, answer["error"]["details"]) == (401, {"reason": "revoked"})


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "Basic YTpi", "", "bearer a.b.c"])
@pytest.mark.gen_test
async def test_a_token_that_does_not_count_is_401(web, header):
    """Also when a header is there that holds none."""
    response = await web.fetch("GET", "/api/v1/quizzes", Authorization=header)
    assert response.code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.gen_test
async def test_an_expired_token_says_so(teacher, here):
    """So that a page can offer to sign in again."""
    here.clock.advance(15 * 24 * 3600)
    status, answer = await teacher.json("GET", "/api/v1/quizzes")
    assert (status, answer["error"]["details"]) == (401, {"reason": "expired"})


@pytest.mark.gen_test
async def test_a_cookie_reads_but_changes_nothing_without_its_form_token(signed_in):
    """Another site can make a browser send the cookie, but not the header."""
    assert (await signed_in.json("GET", "/api/v1/quizzes"))[0] == 200
    quiz = b'{"title": "T", "questions": [{"kind": "info", "prompt": "Hi"}]}'
    refused = await signed_in.fetch("POST", "/api/v1/quizzes", quiz, Content_Type="application/json")
    assert refused.code == 403
    taken = await signed_in.fetch(
        "POST", "/api/v1/quizzes", quiz, Content_Type="application/json", X_XSRFToken=signed_in.xsrf
    )
    assert taken.code == 201


@pytest.mark.gen_test
async def test_a_participants_token_is_no_teachers(here, teacher, http_client, base_url):
    """It opens the socket, nothing else."""
    ada = await here.services.accounts.identity_of(EMAIL)
    room = await here.room(ada, {"kind": "info", "prompt": "Hi"})
    seat = await here.services.participants.join(room["pin"], "Mia")
    mia = Web(http_client, base_url, seat["token"])
    assert (await mia.json("GET", "/api/v1/quizzes"))[0] == 403
    assert (await mia.json("GET", f"/api/v1/rooms/{room['id']}/results"))[0] == 403
