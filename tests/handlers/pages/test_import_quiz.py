"""The upload form."""

import pytest

GIFT = b"2 + 2 = ? { =4 ~3 }\n\nMatch <b> { =a -> b =c -> d }\n"


@pytest.mark.gen_test
async def test_a_file_comes_in_with_the_list_of_its_warnings(signed_in):
    """What was found, what came along, what did not and where."""
    page = await signed_in.page("/quizzes/import")
    assert page.code == 200
    response = await signed_in.upload("/quizzes/import", GIFT, "<week> 1.gift", _xsrf=signed_in.xsrf)
    text = response.body.decode()
    assert response.code == 201
    assert "line 3" in text
    assert "<week>" not in text
    assert "week" in (await signed_in.page("/quizzes")).body.decode()


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
    assert (await here.services.desk.quizzes.page(ada))["quizzes"] == []


@pytest.mark.gen_test
async def test_an_upload_needs_an_account(web):
    """Nothing of the file is kept."""
    assert (await web.upload("/quizzes/import", GIFT)).code == 401
    assert (await web.fetch("GET", "/quizzes/import")).code == 302
