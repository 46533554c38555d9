"""The first admin's page."""

import pytest


@pytest.mark.gen_test
async def test_the_link_makes_the_first_admin_and_signs_in(web, here):
    """Once."""
    key = await here.services.accounts.setup_key()
    page = await web.page(f"/setup?key={key}")
    assert page.code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    fields = {"key": key, "name": "Ada", "email": "ada@school.example", "password": "correct horse"}
    response = await web.form("/setup", **fields)
    assert (response.code, response.headers["Location"]) == (303, "/quizzes")
    assert (await web.page("/quizzes")).code == 200
    assert (await web.form("/setup", **fields | {"email": "bo@school.example"})).code == 403
    assert (await web.fetch("GET", f"/setup?key={key}")).headers["Location"] == "/login"


@pytest.mark.gen_test
async def test_what_is_wrong_is_said_and_the_rest_kept(web, here):
    """Name and e-mail stay in the form; the key still works."""
    key = await here.services.accounts.setup_key()
    await web.page(f"/setup?key={key}")
    response = await web.form("/setup", key=key, name="Ada", email="ada@school.example", password="short")
    page = response.body.decode()
    assert response.code == 422
    assert "Must have 10 to 200 characters." in page
    assert 'id="password-fault"' in page
    assert "ada@school.example" in page
    assert key in page
    assert "short" not in page


@pytest.mark.gen_test
async def test_a_wrong_key_opens_nothing(web, here):
    """403 with a hint where the right one is."""
    await here.services.accounts.setup_key()
    await web.page("/setup?key=wrong")
    fields = {"name": "Ada", "email": "ada@school.example", "password": "correct horse"}
    response = await web.form("/setup", key="wrong", **fields)
    assert response.code == 403
    assert "quizhall_session" not in web.cookies
