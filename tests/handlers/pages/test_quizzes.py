"""A teacher's pages."""

import pytest
from sample_rooms import SINGLE
from web import EMAIL


async def quiz_of(here, *questions, title="Sums"):
    ada = await here.services.accounts.identity_of(EMAIL)
    return await here.services.desk.quizzes.create(ada, {"title": title, "questions": list(questions)})


@pytest.mark.gen_test
async def test_the_list_shows_quizzes_and_rooms(signed_in, here):
    """Only one's own, titles as text."""
    quiz = await quiz_of(here, SINGLE, title="<i>Sums</i>")
    await here.services.rooms.create(await here.services.accounts.identity_of(EMAIL), quiz["id"], None)
    page = (await signed_in.page("/quizzes")).body.decode()
    assert "&lt;i&gt;Sums" in page
    assert "<i>Sums" not in page
    assert "/host/" in page


@pytest.mark.gen_test
async def test_deleting_leads_back_to_the_list(signed_in, here):
    """Where it is no more."""
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.form(f"/quizzes/{quiz['id']}/delete")
    assert (response.code, response.headers["Location"]) == (303, "/quizzes")
    assert (await signed_in.page(f"/quizzes/{quiz['id']}")).code == 404


@pytest.mark.gen_test
async def test_the_pages_of_others_are_closed(signed_in, here):
    """A quiz that is somebody else's is forbidden, not missing."""
    bo = await here.teacher("bo@school.example")
    quiz = await here.services.desk.quizzes.create(bo, {"title": "Bo's", "questions": [SINGLE]})
    room = await here.services.rooms.create(bo, quiz["id"], None)
    for path in (f"/quizzes/{quiz['id']}", f"/host/{room['pin']}", f"/rooms/{room['id']}/results"):
        assert (await signed_in.page(path)).code == 403
    await signed_in.page("/quizzes")
    assert (await signed_in.form(f"/quizzes/{quiz['id']}/delete")).code == 403
    assert (await signed_in.form(f"/quizzes/{quiz['id']}/host")).code == 403


@pytest.mark.gen_test
async def test_a_form_after_signing_out_asks_to_sign_in(web):
    """401 as a page with the way there."""
    await web.page("/login")
    response = await web.form("/quizzes/7b0c6a3e-0000-4000-8000-000000000001/delete")
    assert response.code == 401
    assert b"/login" in response.body
