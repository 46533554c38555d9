"""What a log may say about a request's address."""

import logging

import pytest

from handlers.access_log import redact


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("/", "/"),
        ("/?pin=123456", "/?pin=123456"),
        ("/ws?token=secret", "/ws?token=***"),
        ("/ws?a=1&ticket=secret&b=2", "/ws?a=1&ticket=***&b=2"),
        ("/setup?key=secret", "/setup?key=***"),
        ("/ws?TOKEN=secret", "/ws?TOKEN=***"),
        ("/ws?%74oken=secret", "/ws?%74oken=***"),
        ("/ws?+token=secret", "/ws?+token=***"),
        ("/ws?token=a=b&token=c", "/ws?token=***&token=***"),
        ("/ws?x=1?token=secret", "/ws?x=***"),
        ("/login?next=%2Fsetup%3Fkey%3Dsecret", "/login?next=***"),
        ("/login?next=%252Fsetup%253Fkey%253Dsecret", "/login?next=***"),
        ("/login?next=%2Fquizzes", "/login?next=%2Fquizzes"),
    ],
)
def test_what_opens_doors_is_not_shown(uri, shown):
    """However its name is written; the rest stays readable."""
    assert redact(uri) == shown


@pytest.mark.gen_test
async def test_no_secret_reaches_a_log(web, caplog):
    """Not for a page, a missing one, a refused method, a bad request or a refused socket."""
    caplog.set_level(logging.DEBUG)
    for path in (
        "/setup?key=canary",
        "/nowhere?token=canary",
        "/api/v1/quizzes?token=canary",
        "/static/x.js?ticket=canary",
        "/?pin=%ff&token=canary",
    ):
        await web.fetch("GET", path)
        await web.fetch("DELETE", path)
    await web.fetch("GET", "/ws?token=canary")
    assert "canary" not in caplog.text
    assert "/nowhere?token=***" in caplog.text


@pytest.mark.gen_test
async def test_a_defect_is_logged_without_the_secret(web, here, caplog, monkeypatch):
    """With its traceback, and answered without any of it."""

    async def fail(*args):
        raise RuntimeError("defect")

    monkeypatch.setattr(type(here.services.rooms), "door", fail)
    response = await web.fetch("GET", "/j/123456?token=canary")
    assert response.code == 500
    assert "defect" in caplog.text
    assert "canary" not in caplog.text
    assert b"defect" not in response.body
