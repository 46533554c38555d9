"""Finding and copying questions over HTTP."""

import pytest
from sample_rooms import MULTI, SINGLE, TEXT
from web import fields_of

UNKNOWN = "7b0c6a3e-0000-4000-8000-000000000001"


async def made(teacher, *questions, title="Sums"):
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", {"title": title, "questions": list(questions)})
    return quiz


@pytest.mark.gen_test
async def test_questions_are_found_and_copied(teacher):
    """By words, with what they belong to; copies have ids of their own."""
    source, target = await made(teacher, SINGLE, TEXT), await made(teacher, MULTI, title="Target")
    _, found = await teacher.json("GET", f"/api/v1/questions?q=paris&except={target['id']}&limit=1")
    assert (found["found"], found["pages"]) == (1, 1)
    hit = found["questions"][0]
    assert (hit["quiz"]["id"], hit["number"], hit["question"]) == (source["id"], 2, source["questions"][1])
    pick = {"quiz_id": hit["quiz"]["id"], "question_id": hit["question"]["id"]}
    body = {"questions": [pick], "to": {"quiz_id": target["id"], "revision": 1}}
    code, copied = await teacher.json("POST", "/api/v1/questions/copy", body)
    assert (code, copied["id"], copied["revision"]) == (201, target["id"], 2)
    code, stale = await teacher.json("POST", "/api/v1/questions/copy", body)
    assert (code, stale["error"]["details"]["revision"]) == (409, 2)
    _, new = await teacher.json("POST", "/api/v1/questions/copy", {"questions": [pick], "to": {"title": "New"}})
    _, quiz = await teacher.json("GET", f"/api/v1/quizzes/{new['id']}")
    assert (quiz["title"], [question["id"] for question in quiz["questions"]]) == ("New", new["questions"])


@pytest.mark.parametrize(
    ("to", "field"),
    [
        ({}, "to"),
        ({"title": " "}, "to"),
        ({"title": "New", "revision": 1}, "to.revision"),
        ({"quiz_id": UNKNOWN}, "to.revision"),
        ({"quiz_id": UNKNOWN, "revision": 0}, "to.revision"),
        ({"quiz_id": UNKNOWN, "revision": 1, "title": "New"}, "to.title"),
        ({"quiz_id": "x", "revision": 1}, "to.quiz_id"),
        ({"title": "x" * 201}, "title"),
    ],
)
@pytest.mark.gen_test
async def test_where_copies_go_must_be_one_place(teacher, to, field):
    """What is wrong with it is named."""
    quiz = await made(teacher, SINGLE)
    pick = {"quiz_id": quiz["id"], "question_id": quiz["questions"][0]["id"]}
    code, refused = await teacher.json("POST", "/api/v1/questions/copy", {"questions": [pick], "to": to})
    assert (code, fields_of(refused)) == (422, [field])


@pytest.mark.gen_test
async def test_the_questions_of_others_are_closed(teacher, colleague):
    """Neither found nor copied."""
    quiz = await made(teacher, SINGLE)
    assert (await colleague.json("GET", "/api/v1/questions"))[1]["questions"] == []
    pick = {"quiz_id": quiz["id"], "question_id": quiz["questions"][0]["id"]}
    code, _ = await colleague.json("POST", "/api/v1/questions/copy", {"questions": [pick], "to": {"title": "Mine"}})
    assert code == 403
    unknown = [{"quiz_id": UNKNOWN, "question_id": "q"}]
    code, _ = await teacher.json("POST", "/api/v1/questions/copy", {"questions": unknown, "to": {"title": "New"}})
    assert code == 404
