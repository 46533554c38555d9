"""The page of all questions: searched by its address, and copying from it as a plain form."""

import html
import re

import pytest
from sample_rooms import MULTI, SINGLE, TEXT
from web import EMAIL


async def quiz_of(here, *questions, title="Sums", **more):
    ada = await here.services.accounts.identity_of(EMAIL)
    here.clock.advance(1)
    return await here.services.desk.quizzes.create(ada, {"title": title, "questions": list(questions)} | more)


def shown(page):
    """The questions of the page, in its order."""
    prompts = re.findall(r'question-prompt formatted" dir="auto">([^<]*)<', page.body.decode())
    return [html.unescape(text) for text in prompts]


def value_of(quiz, place=0):
    return f"{quiz['id']} {quiz['questions'][place]['id']}"


@pytest.mark.gen_test
async def test_questions_are_found_by_address(signed_in, here):
    """Without a script too; what makes no sense is as if it were not there."""
    await quiz_of(here, SINGLE, TEXT, tags=["Year 9"])
    other = await quiz_of(here, MULTI, title="<i>Primes</i>")
    page = await signed_in.page("/questions")
    assert shown(page) == [MULTI["prompt"], SINGLE["prompt"], TEXT["prompt"]]
    assert "&lt;i&gt;Primes" in page.body.decode()
    assert shown(await signed_in.page("/questions?q=PARIS")) == [TEXT["prompt"]]
    assert shown(await signed_in.page("/questions?kind=single&tag=year+9")) == [SINGLE["prompt"]]
    assert shown(await signed_in.page(f"/questions?except={other['id']}&page=x")) == [SINGLE["prompt"], TEXT["prompt"]]
    nothing = await signed_in.page("/questions?q=" + "x" * 300)
    assert (nothing.code, shown(nothing)) == (200, [])
    assert "No question fits that" in nothing.body.decode()


@pytest.mark.gen_test
async def test_who_has_written_nothing_is_told_where_questions_come_from(signed_in):
    """And has nothing to search or copy."""
    page = (await signed_in.page("/questions")).body.decode()
    assert "No questions yet" in page
    assert 'id="copy"' not in page


@pytest.mark.gen_test
async def test_what_is_ticked_is_copied(signed_in, here):
    """Into a quiz, which the page then leads to; the search stays as it was."""
    source, target = await quiz_of(here, SINGLE, TEXT), await quiz_of(here, MULTI, title="Target")
    await signed_in.page("/questions")
    into = {"to": f"{target['id']} 1", "back": "/questions?q=a&other=1"}
    response = await signed_in.form("/questions/copy", pick=value_of(source, 1), **into)
    assert (response.code, response.headers["Location"]) == (303, f"/questions?q=a&copied={target['id']}&count=1")
    told = (await signed_in.page(response.headers["Location"])).body.decode()
    assert "1 question copied into" in told
    ada = await here.services.accounts.identity_of(EMAIL)
    after = await here.services.desk.quizzes.get(ada, target["id"])
    assert [question["prompt"] for question in after["questions"]] == [MULTI["prompt"], TEXT["prompt"]]


@pytest.mark.gen_test
async def test_a_new_quiz_opens_in_the_editor(signed_in, here):
    """It needs a title of its own next."""
    source = await quiz_of(here, SINGLE)
    await signed_in.page("/questions")
    response = await signed_in.form("/questions/copy", pick=value_of(source), to="new")
    assert response.code == 303
    assert re.fullmatch(r"/quizzes/[0-9a-f-]{36}/edit", response.headers["Location"])


@pytest.mark.gen_test
async def test_a_quiz_that_was_changed_meanwhile_takes_nothing(signed_in, here):
    """409 on the same page, with what was ticked still ticked; the next try has its new revision."""
    quiz = await quiz_of(here, SINGLE)
    ada = await here.services.accounts.identity_of(EMAIL)
    await here.services.desk.quizzes.update(ada, quiz["id"], quiz | {"title": "More sums"})
    await signed_in.page("/questions")
    response = await signed_in.form("/questions/copy", pick=value_of(quiz), to=f"{quiz['id']} 1")
    page = response.body.decode()
    assert response.code == 409
    assert "was changed in the meantime" in page
    assert re.search(rf'value="{re.escape(value_of(quiz))}"[^>]* checked', page)
    again = await signed_in.form("/questions/copy", pick=value_of(quiz), to=f"{quiz['id']} 2")
    assert again.code == 303


@pytest.mark.gen_test
async def test_a_form_that_says_nonsense_is_refused(signed_in, here):
    """Nothing ticked, what is no question, what is no quiz, somebody else's."""
    quiz = await quiz_of(here, SINGLE)
    bo = await here.teacher("bo@school.example")
    his = await here.services.desk.quizzes.create(bo, {"title": "His", "questions": [TEXT]})
    await signed_in.page("/questions")
    assert (await signed_in.form("/questions/copy", to="new")).code == 422
    assert (await signed_in.form("/questions/copy", pick="1 2", to="new")).code == 404
    assert (await signed_in.form("/questions/copy", pick=f"{quiz['id']} none", to="new")).code == 404
    assert (await signed_in.form("/questions/copy", pick=value_of(quiz), to=f"{quiz['id']} x")).code == 404
    assert (await signed_in.form("/questions/copy", pick=value_of(his), to="new")).code == 403
    assert (await signed_in.form("/questions/copy", pick=value_of(quiz), to=f"{his['id']} 1")).code == 403
