"""A teacher's pages."""

import pytest
from sample_rooms import INFO, MULTI, NUMBER, POLL, SINGLE, TEXT
from web import EMAIL

EVERY_KIND = [
    SINGLE,
    MULTI,
    {"kind": "true_false", "prompt": "Fire is cold.", "choices": [{}, {"correct": True}]},
    TEXT,
    NUMBER,
    POLL,
    INFO,
]


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
async def test_a_quiz_shows_every_kind_of_question(signed_in, here):
    """With its key, for the teacher."""
    quiz = await quiz_of(here, *EVERY_KIND)
    response = await signed_in.page(f"/quizzes/{quiz['id']}")
    page = response.body.decode()
    assert response.code == 200
    for question in EVERY_KIND:
        assert question["prompt"] in page
    assert "Paris" in page


@pytest.mark.gen_test
async def test_a_bare_button_starts_a_room_with_the_defaults(signed_in, here):
    """And leads to its host page."""
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.form(f"/quizzes/{quiz['id']}/host")
    assert response.code == 303
    assert response.headers["Location"].startswith("/host/")
    live = await here.services.live.by_pin(response.headers["Location"].removeprefix("/host/"))
    assert (live.room.settings.scoring, live.room.settings.late_join) == ("speed", True)


@pytest.mark.gen_test
async def test_the_form_sets_what_it_shows(signed_in, here):
    """A checkbox that is off is off, though browsers do not send it."""
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.form(
        f"/quizzes/{quiz['id']}/host", scoring="accuracy", read_time_s="2.5", streak_bonus="on"
    )
    settings = (await here.services.live.by_pin(response.headers["Location"][6:])).room.settings
    assert (settings.scoring, settings.read_time_s, settings.streak_bonus) == ("accuracy", 2.5, True)
    assert (settings.late_join, settings.partial_credit) == (False, False)


@pytest.mark.parametrize(
    "fields", [{"scoring": "luck"}, {"read_time_s": "soon"}, {"read_time_s": "nan"}, {"read_time_s": "-1"}]
)
@pytest.mark.gen_test
async def test_a_wrong_setting_is_a_page_that_says_which(signed_in, here, fields):
    """And no room."""
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.form(f"/quizzes/{quiz['id']}/host", **fields)
    assert response.code == 422
    assert next(iter(fields)) in response.body.decode()


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
