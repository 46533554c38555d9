"""What every answer carries, whatever it is about."""

import pytest

from handlers.headers import security_headers

ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/login", 200),
    ("GET", "/nowhere", 404),
    ("DELETE", "/login", 405),
    ("POST", "/login", 403),
    ("GET", "/quizzes", 302),
    ("GET", "/j/999999", 404),
    ("GET", "/health", 200),
    ("GET", "/api/v1/openapi.json", 200),
    ("GET", "/api/v1/nowhere", 404),
    ("GET", "/api/v1/quizzes", 401),
    ("POST", "/api/v1/login", 415),
    ("GET", "/static/css/base.css", 200),
    ("GET", "/static/nowhere.css", 404),
    ("GET", "/?pin=%ff", 400),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
@pytest.mark.gen_test
async def test_every_answer_is_protected(web, method, path, status):
    """Pages, errors, files and the API alike."""
    response = await web.fetch(method, path)
    assert response.code == status
    policy = response.headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "Server" not in response.headers
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/nowhere", "/api/v1/quizzes"])
@pytest.mark.gen_test
async def test_nothing_about_people_is_stored(web, path):
    """Only files may be kept."""
    assert (await web.fetch("GET", path)).headers["Cache-Control"] == "no-store"


def test_hsts_comes_with_tls_only():
    """On plain http it would lock a school's laptop out of itself."""
    assert "Strict-Transport-Security" in security_headers("quiz.example", True)
    assert "Strict-Transport-Security" not in security_headers("quiz.example", False)


@pytest.mark.parametrize("host", ["x;script-src *", "a b", "", "x'y", "[::1", "x" * 300])
def test_a_strange_host_does_not_reach_the_policy(host):
    """The Host header is whatever somebody sends."""
    assert security_headers(host, False)["Content-Security-Policy"].endswith("connect-src 'self'")


@pytest.mark.parametrize("host", ["quiz.example", "192.0.2.2:8888", "[2001:db8::1]:8888"])
def test_the_own_socket_is_allowed(host):
    """For browsers to which 'self' is http alone."""
    assert f"ws://{host}" in security_headers(host, False)["Content-Security-Policy"]
    assert f"connect-src 'self' wss://{host}" in security_headers(host, True)["Content-Security-Policy"]
