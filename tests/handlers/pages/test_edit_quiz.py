"""The editor's pages."""

import json
import re

import pytest
from sample_rooms import SINGLE
from web import EMAIL


async def quiz_of(here, *questions, title="Sums"):
    ada = await here.services.accounts.identity_of(EMAIL)
    return await here.services.desk.quizzes.create(ada, {"title": title, "questions": list(questions)})


async def draft_of(here):
    """A quiz whose second question is not finished."""
    quiz = await quiz_of(here, SINGLE)
    ada = await here.services.accounts.identity_of(EMAIL)
    half = quiz | {"questions": [*quiz["questions"], {"id": "half", "kind": "single", "choices": [{}, {"text": ""}]}]}
    await here.services.desk.quizzes.save_draft(ada, quiz["id"], half)
    return quiz


@pytest.mark.gen_test
async def test_a_new_quiz_is_empty_and_opens_in_the_editor(signed_in):
    """It has a name already, and cannot be played yet."""
    made = await signed_in.form("/quizzes/new")
    assert (made.code, made.headers["Location"].endswith("/edit")) == (303, True)
    page = (await signed_in.page(made.headers["Location"])).body.decode()
    assert 'value="Untitled quiz"' in page
    assert "Not finished yet" in (await signed_in.page(made.headers["Location"].removesuffix("/edit"))).body.decode()


@pytest.mark.gen_test
async def test_the_page_holds_the_quiz_for_its_script(signed_in, here):
    """As JSON that no text of the quiz can break out of."""
    quiz = await quiz_of(here, SINGLE | {"prompt": "</script><b>&amp;"})
    page = (await signed_in.page(f"/quizzes/{quiz['id']}/edit")).body.decode()
    assert "</script><b>" not in page
    found = re.search(r'<script type="application/json" id="quiz">(.*?)</script>', page)
    assert found is not None
    assert json.loads(found[1]) == quiz


@pytest.mark.gen_test
async def test_the_editor_is_the_owners(signed_in, here, web):
    """Others are refused; nobody comes in without signing in."""
    bo = await here.teacher("bo@school.example")
    quiz = await here.services.desk.quizzes.create(bo, {"title": "Bo's", "questions": [SINGLE]})
    assert (await signed_in.page(f"/quizzes/{quiz['id']}/edit")).code == 403
    assert (await web.page(f"/quizzes/{quiz['id']}/edit")).headers["Location"].startswith("/login")
    assert (await web.page("/quizzes/preview/phone")).code == 302


@pytest.mark.gen_test
async def test_only_the_previews_may_be_framed_and_only_by_us(signed_in, here):
    """Everything else forbids it."""
    quiz = await quiz_of(here, SINGLE)
    for path in ("/quizzes/preview/phone", "/quizzes/preview/screen"):
        response = await signed_in.page(path)
        assert response.code == 200
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    editor = await signed_in.page(f"/quizzes/{quiz['id']}/edit")
    assert "frame-ancestors 'none'" in editor.headers["Content-Security-Policy"]


@pytest.mark.gen_test
async def test_an_unfinished_quiz_is_shown_with_the_way_to_finish_it(signed_in, here):
    """In place of the settings, with a link to each question."""
    quiz = await draft_of(here)
    page = await signed_in.page(f"/quizzes/{quiz['id']}")
    text = page.body.decode()
    assert page.code == 200
    assert f"/quizzes/{quiz['id']}/edit#question-2" in text
    assert "#question-1" not in text
    assert 'name="scoring"' not in text


@pytest.mark.gen_test
async def test_starting_an_unfinished_quiz_leads_to_what_is_missing(signed_in, here):
    """And makes no room."""
    quiz = await draft_of(here)
    response = await signed_in.form(f"/quizzes/{quiz['id']}/host")
    assert (response.code, response.headers["Location"]) == (303, f"/quizzes/{quiz['id']}/edit#unfinished")
    assert await here.services.rooms.mine(await here.services.accounts.identity_of(EMAIL)) == []
