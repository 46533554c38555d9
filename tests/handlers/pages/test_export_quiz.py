"""The page that offers a quiz as a file."""

import pytest
from sample_rooms import SINGLE, TEXT

QUIZ = {"title": "Sums <1>", "questions": [SINGLE, TEXT]}


@pytest.mark.gen_test
async def test_each_format_is_offered_with_what_it_cannot_carry(signed_in, teacher):
    """Question by question."""
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    page = await signed_in.page(f"/quizzes/{quiz['id']}/export")
    text = page.body.decode()
    assert page.code == 200
    assert "Sums &lt;1&gt;" in text
    assert "1 question does not fit" in text
    assert "Question 2<" in text
    for name in ("kahoot", "wayground", "csv", "moodle-xml", "gift", "zip", "json"):
        assert f"/api/v1/quizzes/{quiz['id']}/export?format={name}" in text
    assert f"/quizzes/{quiz['id']}/export" in (await signed_in.page("/quizzes")).body.decode()


@pytest.mark.gen_test
async def test_only_the_owner_exports(signed_in, colleague, web):
    """By page, by file and by list."""
    _, quiz = await colleague.json("POST", "/api/v1/quizzes", QUIZ)
    assert (await signed_in.page(f"/quizzes/{quiz['id']}/export")).code == 403
    assert (await web.page(f"/quizzes/{quiz['id']}/export")).code == 302
