"""A teacher's pages."""

import html
import re

import pytest
from sample_rooms import SINGLE
from web import EMAIL

from services import library


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
    assert (response.code, response.headers["Location"]) == (303, f"/quizzes?deleted={quiz['id']}")
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


def titles(page):
    """The quizzes of a list, in its order."""
    return [html.unescape(title) for title in re.findall(r'class="quiz-open"[^>]*>([^<]*)</a>', page.body.decode())]


@pytest.mark.gen_test
async def test_the_list_is_searched_sorted_and_narrowed_by_its_address(signed_in, here):
    """Without a script too; what makes no sense is as if it were not there."""
    ada = await here.services.accounts.identity_of(EMAIL)
    for title in ("Birds", "Zoo", "Ants", "Bees"):
        quiz = await quiz_of(here, SINGLE, title=title)
        here.clock.advance(1)
    await here.services.desk.library.set_tags(ada, quiz["id"], "Insects, Year 9")
    assert titles(await signed_in.page("/quizzes")) == ["Bees", "Ants", "Zoo", "Birds"]
    assert titles(await signed_in.page("/quizzes?sort=title")) == ["Ants", "Bees", "Birds", "Zoo"]
    assert titles(await signed_in.page("/quizzes?q=B&sort=title")) == ["Bees", "Birds"]
    assert titles(await signed_in.page("/quizzes?tag=insects")) == ["Bees"]
    assert titles(await signed_in.page("/quizzes?sort=luck&page=-1&q=")) == ["Bees", "Ants", "Zoo", "Birds"]
    nothing = await signed_in.page("/quizzes?q=" + "x" * 300)
    assert (nothing.code, titles(nothing)) == (200, [])
    assert "Nothing fits that" in nothing.body.decode()


@pytest.mark.gen_test
async def test_a_long_list_has_pages(signed_in, here, monkeypatch):
    """Whose links keep what was asked for; one beyond the last is the last."""
    monkeypatch.setattr(library, "SHELF_MOST", 2)
    for number in range(5):
        await quiz_of(here, SINGLE, title=f"Quiz {number}")
    second = await signed_in.page("/quizzes?q=quiz&sort=title&page=2")
    assert titles(second) == ["Quiz 2", "Quiz 3"]
    links = [html.unescape(link) for link in re.findall(r'rel="(?:prev|next)" href="([^"]+)"', second.body.decode())]
    assert links == ["/quizzes?q=quiz&sort=title&page=1", "/quizzes?q=quiz&sort=title&page=3"]
    assert titles(await signed_in.page("/quizzes?sort=title&page=99")) == ["Quiz 4"]


@pytest.mark.gen_test
async def test_a_button_of_a_card_leads_back_to_the_list_as_it_was(signed_in, here):
    """Which says what was done; nowhere else, whatever the form says."""
    quiz = await quiz_of(here, SINGLE)
    path = f"/quizzes/{quiz['id']}"
    done = await signed_in.form(f"{path}/delete", back="/quizzes?q=sum&sort=title&deleted=x")
    assert done.headers["Location"] == f"/quizzes?q=sum&sort=title&deleted={quiz['id']}"
    page = (await signed_in.page(done.headers["Location"])).body.decode()
    assert f'action="{path}/restore"' in page
    done = await signed_in.form(f"{path}/restore", back="https://elsewhere.example/?q=sum")
    assert done.headers["Location"] == f"/quizzes?q=sum&restored={quiz['id']}"
    assert "Back again" in (await signed_in.page(done.headers["Location"])).body.decode()
    done = await signed_in.form(f"{path}/duplicate", back="%%%")
    copy = done.headers["Location"].removeprefix("/quizzes?copied=")
    assert f'href="/quizzes/{copy}/edit"' in (await signed_in.page(done.headers["Location"])).body.decode()
    done = await signed_in.form(f"{path}/tags", tags="One, two", back="/quizzes?page=2")
    assert done.headers["Location"] == "/quizzes?page=2"
    assert (await signed_in.form(f"{path}/tags", tags="x" * 41)).code == 422


@pytest.mark.gen_test
async def test_deleted_quizzes_wait_for_thirty_days(signed_in, here):
    """On a page of their own."""
    quiz = await quiz_of(here, SINGLE, title="Gone")
    assert "Nothing was deleted lately" in (await signed_in.page("/quizzes/deleted")).body.decode()
    await signed_in.form(f"/quizzes/{quiz['id']}/delete")
    assert "Gone" in (await signed_in.page("/quizzes/deleted")).body.decode()
    assert (await signed_in.form(f"/quizzes/{quiz['id']}/restore")).code == 303
    assert "Gone" not in (await signed_in.page("/quizzes/deleted")).body.decode()
    assert titles(await signed_in.page("/quizzes")) == ["Gone"]


@pytest.mark.gen_test
async def test_nobody_does_anything_to_a_quiz_of_somebody_else(signed_in, here):
    """Whatever button of a card, with an id that was seen somewhere; nor hears its title."""
    bo = await here.teacher("bo@school.example")
    quiz = await here.services.desk.quizzes.create(bo, {"title": "Bo's own", "questions": [SINGLE]})
    await signed_in.page("/quizzes")
    for action in ("duplicate", "tags", "restore", "delete"):
        assert (await signed_in.form(f"/quizzes/{quiz['id']}/{action}", tags="mine")).code == 403
    await here.services.desk.library.delete(bo, quiz["id"])
    assert (await signed_in.form(f"/quizzes/{quiz['id']}/restore")).code == 404
    page = await signed_in.page(f"/quizzes?deleted={quiz['id']}")
    assert (page.code, "Bo&#39;s own" in page.body.decode()) == (200, False)
