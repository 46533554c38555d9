"""The upload form, the preview, and what is saved of it."""

from urllib.parse import urlencode

import pytest
from web import PASSWORD, Web

GIFT = b"2 + 2 = ? { =4 ~3 }\n\nMatch <b> { =a -> b }\n"


async def brought(browser, file: bytes = GIFT, name: str = "<week> 1.gift") -> str:
    """The address of the preview of a file."""
    await browser.page("/quizzes/import")
    response = await browser.upload("/quizzes/import", file, name, _xsrf=browser.xsrf)
    assert response.code == 303, response.body
    return response.headers["Location"]


@pytest.mark.gen_test
async def test_a_file_is_looked_at_before_anything_is_saved(signed_in, here):
    """Every question of it, those that cannot come along with their place and reason."""
    address = await brought(signed_in)
    for _ in range(2):
        page = await signed_in.page(address)
        text = page.body.decode()
        assert page.code == 200
        assert "2 + 2 = ?" in text
        assert "line 3" in text
        assert "matching question" in text
        assert "<week>" not in text
    ada = await here.services.accounts.identity_of("ada@school.example")
    assert (await here.services.desk.library.page(ada))["quizzes"] == []


@pytest.mark.gen_test
async def test_what_is_ticked_is_saved_under_its_title(signed_in, here):
    """And the way goes on to the quiz."""
    address = await brought(signed_in, b"a {T}\n\nb {F}\n\nc {T}")
    await signed_in.page(address)
    body = urlencode([("_xsrf", signed_in.xsrf), ("keep", "0-0"), ("keep", "0-2"), ("title-0", "Facts <1>")])
    saved = await signed_in.fetch("POST", address, body.encode(), Content_Type="application/x-www-form-urlencoded")
    assert saved.code == 303
    ada = await here.services.accounts.identity_of("ada@school.example")
    (quiz,) = (await here.services.desk.library.page(ada))["quizzes"]
    assert saved.headers["Location"] == f"/quizzes/{quiz['id']}"
    assert quiz["title"] == "Facts <1>"
    assert [question["prompt"] for question in quiz["questions"]] == ["a", "c"]
    again = await signed_in.page(address)
    assert "1 quiz is saved" in again.body.decode()


@pytest.mark.gen_test
async def test_nothing_ticked_is_told_and_the_preview_stays(signed_in):
    """With no tick lost that was not there."""
    address = await brought(signed_in)
    await signed_in.page(address)
    response = await signed_in.form(address, title="x")
    assert response.code == 422
    assert "no question was chosen" in response.body.decode()
    assert "checked" not in response.body.decode()


@pytest.mark.gen_test
async def test_a_preview_is_its_owners_alone(signed_in, colleague, here):
    """Nobody else sees, saves or throws it away."""
    address = await brought(signed_in)
    await signed_in.page(address)
    other = Web(signed_in._client, signed_in._base_url)
    await other.page("/login")
    await other.form("/login", email="bo@school.example", password=PASSWORD)
    await other.page("/quizzes")
    for response in (await other.page(address), await other.form(address, keep="0-0")):
        assert response.code == 404
        assert "no longer there" in response.body.decode()
    assert (await other.form(address + "/discard")).code == 303
    assert (await signed_in.page(address)).code == 200


@pytest.mark.gen_test
async def test_a_preview_can_be_thrown_away(signed_in):
    """It is not there afterwards."""
    address = await brought(signed_in)
    await signed_in.page(address)
    assert (await signed_in.form(address + "/discard")).headers["Location"] == "/quizzes/import"
    assert (await signed_in.page(address)).code == 404
    assert (await signed_in.page("/quizzes/import/nonsense")).code == 404


@pytest.mark.parametrize("file", [b"Dear parents", b"", b"\x00" * 1000])
@pytest.mark.gen_test
async def test_a_file_that_is_no_quiz_gets_its_sentence_on_the_page(signed_in, file):
    """With the form to try another."""
    await signed_in.page("/quizzes/import")
    response = await signed_in.upload("/quizzes/import", file, _xsrf=signed_in.xsrf)
    assert response.code == 422
    assert b'type="file"' in response.body


@pytest.mark.gen_test
async def test_a_file_above_the_limit_gets_its_sentence_too(signed_in):
    """The browser can show it, as it could send everything."""
    await signed_in.page("/quizzes/import")
    response = await signed_in.upload("/quizzes/import", b"x" * (21 * 1024**2), _xsrf=signed_in.xsrf)
    assert response.code == 422
    assert b"20 MB" in response.body


@pytest.mark.gen_test
async def test_an_upload_needs_the_forms_token(signed_in, here):
    """Another site's form cannot bring a quiz in."""
    response = await signed_in.upload("/quizzes/import", GIFT)
    assert response.code == 403
    assert (await signed_in.upload("/quizzes/import", GIFT, _xsrf="wrong")).code == 403
    ada = await here.services.accounts.identity_of("ada@school.example")
    assert (await here.services.desk.library.page(ada))["quizzes"] == []


@pytest.mark.gen_test
async def test_an_upload_needs_an_account(web):
    """Nothing of the file is kept."""
    assert (await web.upload("/quizzes/import", GIFT)).code == 401
    assert (await web.fetch("GET", "/quizzes/import")).code == 302
