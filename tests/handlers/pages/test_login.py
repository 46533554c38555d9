"""Signing in and out in a browser."""

import pytest
from web import EMAIL, PASSWORD

from config import Config
from handlers.pages.login import safe_next


@pytest.mark.gen_test
async def test_signing_in_leads_on(teacher, web):
    """To the list of quizzes, with a cookie that scripts cannot read."""
    await web.page("/login")
    response = await web.form("/login", email=EMAIL, password=PASSWORD)
    assert (response.code, response.headers["Location"]) == (303, "/quizzes")
    cookie = next(c for c in response.headers.get_list("Set-Cookie") if c.startswith("quizhall_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert (await web.page("/quizzes")).code == 200
    assert (await web.page("/login")).headers["Location"] == "/quizzes"


@pytest.mark.gen_test
async def test_a_wrong_password_keeps_the_email(teacher, web):
    """The password is typed anew."""
    await web.page("/login")
    response = await web.form("/login", email=EMAIL, password="wrong horse", next="/quizzes/import")
    assert response.code == 401
    assert EMAIL.encode() in response.body
    assert b"wrong horse" not in response.body
    assert b"/quizzes/import" in response.body
    assert "quizhall_session" not in web.cookies


@pytest.mark.gen_test
async def test_a_page_that_needs_an_account_comes_back_after_it(teacher, web):
    """With its query."""
    response = await web.fetch("GET", "/host/123456?a=1")
    assert (response.code, response.headers["Location"]) == (302, "/login?next=%2Fhost%2F123456%3Fa%3D1")
    await web.page(response.headers["Location"])
    response = await web.form("/login", email=EMAIL, password=PASSWORD, next="/host/123456?a=1")
    assert response.headers["Location"] == "/host/123456?a=1"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\/evil.example", "evil", "", "/a\r\nX: y", "/\t/e"],
)
def test_nobody_is_led_to_another_site(target):
    """Signing in goes on within ours."""
    assert safe_next(target) == "/quizzes"


@pytest.mark.gen_test
async def test_a_form_without_its_token_is_refused(teacher, web):
    """And tells a person what to do."""
    await web.page("/login")
    web.xsrf = "2|00000000|00000000000000000000000000000000|1"
    response = await web.form("/login", email=EMAIL, password=PASSWORD)
    assert response.code == 403
    assert b"reload" in response.body
    web.cookies.clear()
    assert (await web.form("/login", email=EMAIL, password=PASSWORD)).code == 403


@pytest.mark.gen_test
async def test_signing_out_ends_the_session_for_good(signed_in):
    """The cookie does not work any more, wherever a copy of it is."""
    copy = dict(signed_in.cookies)
    response = await signed_in.form("/logout")
    assert (response.code, response.headers["Location"]) == (303, "/")
    assert "quizhall_session" not in signed_in.cookies
    signed_in.cookies = copy
    assert (await signed_in.page("/quizzes")).code == 302


@pytest.mark.gen_test
async def test_signing_out_needs_the_form(signed_in):
    """A link or an image of another site cannot do it."""
    assert (await signed_in.fetch("GET", "/logout")).code == 405
    signed_in.xsrf = ""
    assert (await signed_in.form("/logout")).code == 403
    assert (await signed_in.page("/quizzes")).code == 200


class TestTooOften:
    @pytest.fixture
    def config_values(self):
        return {"rate_limit_login": "1/hour"}

    @pytest.mark.gen_test
    async def test_the_form_says_to_wait(self, teacher, web):
        """With the headers that programs read."""
        await web.page("/login")
        await web.form("/login", email=EMAIL, password="wrong horse")
        response = await web.form("/login", email=EMAIL, password=PASSWORD)
        assert response.code == 429
        assert int(response.headers["Retry-After"]) > 3000
        assert response.headers["X-RateLimit-Remaining"] == "0"


def test_the_cookie_is_bound_to_tls_when_there_is_tls():
    """Config knows it from the public address."""
    from handlers.session import cookie_name

    assert Config(public_url="https://quiz.example").is_https
    assert cookie_name(True) == "__Host-quizhall_session"
    assert cookie_name(False) == "quizhall_session"
