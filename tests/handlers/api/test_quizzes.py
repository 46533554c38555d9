"""Quizzes over HTTP."""

import json
import uuid

import pytest
from sample_rooms import SINGLE, TEXT
from web import fields_of

QUIZ = {"title": "Sums", "questions": [SINGLE]}
GIFT = b"2 + 2 = ? { =4 ~3 }\n\nMatch { =a -> b }\n"


@pytest.mark.gen_test
async def test_a_quiz_is_made_read_changed_and_deleted(teacher):
    """The whole life of one."""
    status, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    assert (status, made["revision"]) == (201, 1)
    path = f"/api/v1/quizzes/{made['id']}"
    assert await teacher.json("GET", path) == (200, made)
    status, changed = await teacher.json("PUT", path, made | {"title": "More"})
    assert (status, changed["revision"], changed["title"]) == (200, 2, "More")
    status, answer = await teacher.json("PUT", path, made)
    assert (status, answer["error"]["code"], answer["error"]["details"]) == (409, "stale", {"revision": 2})
    assert await teacher.json("DELETE", path) == (204, None)
    assert (await teacher.json("GET", path))[0] == 404


@pytest.mark.gen_test
async def test_the_list_is_the_callers_own(teacher, colleague):
    """Whole quizzes with id and revision, and the way to the next page."""
    made = [(await teacher.json("POST", "/api/v1/quizzes", QUIZ))[1] for _ in range(3)]
    _, first = await teacher.json("GET", "/api/v1/quizzes?limit=2")
    _, second = await teacher.json("GET", f"/api/v1/quizzes?limit=2&after={first['next']}")
    assert second["next"] is None
    listed = {quiz["id"]: quiz for quiz in first["quizzes"] + second["quizzes"]}
    assert listed == {quiz["id"]: quiz for quiz in made}
    assert await colleague.json("GET", "/api/v1/quizzes") == (200, {"quizzes": [], "next": None})


@pytest.mark.gen_test
async def test_somebody_elses_quiz_is_forbidden(teacher, colleague):
    """To read, to change, to delete, to export."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    path = f"/api/v1/quizzes/{made['id']}"
    answers = [
        await colleague.json("GET", path),
        await colleague.json("PUT", path, made),
        await colleague.json("DELETE", path),
        await colleague.json("GET", path + "/export"),
    ]
    assert [status for status, _ in answers] == [403] * 4


@pytest.mark.gen_test
async def test_nothing_works_without_a_token(web):
    """Whichever call."""
    unknown = f"/api/v1/quizzes/{uuid.uuid4()}"
    calls = [("GET", "/api/v1/quizzes", None), ("POST", "/api/v1/quizzes", QUIZ), ("GET", unknown, None)]
    calls += [("PUT", unknown, QUIZ), ("DELETE", unknown, None), ("GET", unknown + "/export", None)]
    assert [(await web.json(*call))[0] for call in calls] == [401] * 6
    assert (await web.upload("/api/v1/quizzes/import", GIFT)).code == 401


@pytest.mark.gen_test
async def test_every_fault_of_a_quiz_is_named_by_its_place(teacher):
    """As a path into what was sent."""
    wrong = {"title": "", "questions": [SINGLE | {"choises": []}, TEXT | {"points": "many"}], "colour": 1}
    status, answer = await teacher.json("POST", "/api/v1/quizzes", wrong)
    assert status == 422
    assert {"title", "questions[0].choises", "questions[1].points", "colour"} <= set(fields_of(answer))


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"quiz"'])
@pytest.mark.gen_test
async def test_a_quiz_is_an_object(teacher, body):
    """And nothing else."""
    response = await teacher.fetch("POST", "/api/v1/quizzes", body, Content_Type="application/json")
    assert response.code == 422


@pytest.mark.gen_test
async def test_a_file_is_imported_with_its_warnings(teacher):
    """Everything in it is counted."""
    response = await teacher.upload("/api/v1/quizzes/import", GIFT, "week1.gift")
    answer = json.loads(response.body)
    assert response.code == 201
    assert answer["counts"] == {"found": 2, "imported": 1, "skipped": 1}
    assert [warning["where"] for warning in answer["warnings"]] == ["line 3"]
    assert answer["quizzes"] == [answer["quiz"]]
    assert (await teacher.json("GET", f"/api/v1/quizzes/{answer['quiz']['id']}"))[1] == answer["quiz"]


@pytest.mark.gen_test
async def test_what_is_exported_can_be_imported(teacher):
    """Without loss."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    file = await teacher.fetch("GET", f"/api/v1/quizzes/{made['id']}/export")
    assert file.code == 200
    assert "attachment" in file.headers["Content-Disposition"]
    again = json.loads((await teacher.upload("/api/v1/quizzes/import", file.body, "q.json")).body)
    for name in ("title", "description", "language", "questions"):
        assert again["quiz"][name] == made[name]
    assert again["warnings"] == []


@pytest.mark.gen_test
async def test_a_format_that_cannot_be_written_is_named(teacher):
    """With those that can."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    status, answer = await teacher.json("GET", f"/api/v1/quizzes/{made['id']}/export?format=docx")
    assert (status, fields_of(answer)) == (422, ["format"])
    assert "json" in answer["error"]["message"]


@pytest.mark.parametrize(
    ("file", "fields", "field"),
    [
        (b"Dear parents", {}, "file"),
        (b"", {}, "file"),
        (GIFT, {"format": "docx"}, "format"),
        (GIFT, {"colour": "red"}, "colour"),
    ],
)
@pytest.mark.gen_test
async def test_an_upload_of_no_use_leaves_nothing_behind(teacher, file, fields, field):
    """One clear sentence, and no quiz."""
    response = await teacher.upload("/api/v1/quizzes/import", file, **fields)
    answer = json.loads(response.body)
    assert (response.code, fields_of(answer)) == (422, [field])
    assert (await teacher.json("GET", "/api/v1/quizzes"))[1]["quizzes"] == []


@pytest.mark.gen_test
async def test_a_file_above_the_limit_gets_a_sentence(teacher):
    """And not a cut connection: it is read to its end, and thrown away."""
    response = await teacher.upload("/api/v1/quizzes/import", b"x" * (21 * 1024 * 1024), "large.gift")
    assert response.code == 422
    assert "20 MB" in json.loads(response.body)["error"]["message"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=b", 400),
        (b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b", 400),
        (
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            422,
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            400,
        ),
        (b"", "", 415),
    ],
)
@pytest.mark.gen_test
async def test_a_form_without_a_file_is_refused(teacher, body, content_type, status):
    """Whatever it is instead."""
    response = await teacher.fetch("POST", "/api/v1/quizzes/import", body, Content_Type=content_type)
    assert response.code == status


@pytest.mark.gen_test
async def test_a_file_can_be_looked_at_without_saving_it(teacher):
    """Every question with its place; the page at `url` is where it may be saved."""
    response = await teacher.upload("/api/v1/quizzes/import/preview", b"a {T}\n\nb {=x -> y}\n", "week.gift")
    assert response.code == 201
    preview = json.loads(response.body)
    assert preview["counts"] == {"found": 2, "imported": 1, "skipped": 1}
    (quiz,) = preview["quizzes"]
    first, second = quiz["questions"]
    assert (first["where"], first["question"]["prompt"], first["warnings"]) == ("line 1", "a", [])
    assert (second["where"], second["question"], second["warnings"][0]["code"]) == ("line 3", None, "too_few_answers")
    assert preview["url"] == f"/quizzes/import/{preview['id']}"
    assert (await teacher.json("GET", "/api/v1/quizzes"))[1]["quizzes"] == []
    assert (await teacher.upload("/api/v1/quizzes/import/preview", b"Dear parents")).code == 422


@pytest.mark.gen_test
async def test_a_draft_is_stored_as_far_as_it_is_written(teacher):
    """It comes back unfinished, with its revision; what it needs is named; finished, it is as any other quiz."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    path = f"/api/v1/quizzes/{made['id']}"
    half = made | {"title": "", "questions": [{"id": "q1", "kind": "number", "prompt": "Pi?", "accepted": [{}]}]}
    status, saved = await teacher.json("PUT", path + "/draft", half)
    assert (status, saved["revision"], saved["ready"]) == (200, 2, False)
    assert [problem["field"] for problem in saved["problems"]] == ["title", "questions[0].accepted[0].value"]
    _, stored = await teacher.json("GET", path)
    assert (stored["ready"], stored["title"], stored["questions"][0]["accepted"]) == (False, "", [{}])
    whole = stored | {"title": "Circles", "questions": [stored["questions"][0] | {"accepted": [{"value": 3.14}]}]}
    status, saved = await teacher.json("PUT", path + "/draft", whole)
    assert (status, saved) == (200, {"revision": 3, "ready": True, "problems": []})
    _, stored = await teacher.json("GET", path)
    assert await teacher.json("PUT", path, stored) == (200, stored | {"revision": 4})


@pytest.mark.gen_test
async def test_a_draft_with_a_stale_revision_changes_nothing(teacher):
    """As for a whole quiz."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    path = f"/api/v1/quizzes/{made['id']}"
    await teacher.json("PUT", path + "/draft", made | {"title": "Mine"})
    status, answer = await teacher.json("PUT", path + "/draft", made | {"title": "Theirs"})
    assert (status, answer["error"]["code"], answer["error"]["details"]) == (409, "stale", {"revision": 2})
    assert (await teacher.json("GET", path))[1]["title"] == "Mine"


@pytest.mark.gen_test
async def test_what_is_no_quiz_is_no_draft(teacher, colleague):
    """Named as for a whole quiz; and nobody writes in somebody else's."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    path = f"/api/v1/quizzes/{made['id']}/draft"
    status, answer = await teacher.json("PUT", path, made | {"questions": [{"kind": "riddle"}], "colour": "red"})
    assert (status, fields_of(answer)) == (422, ["questions[0].kind", "colour"])
    assert (await colleague.json("PUT", path, made))[0] == 403
    assert (await teacher.json("PUT", f"/api/v1/quizzes/{uuid.uuid4()}/draft", made))[0] == 404


@pytest.mark.gen_test
async def test_no_room_is_made_from_a_draft(teacher):
    """It is refused with what is missing."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    half = made | {"questions": [SINGLE | {"prompt": ""}]}
    await teacher.json("PUT", f"/api/v1/quizzes/{made['id']}/draft", half)
    status, answer = await teacher.json("POST", "/api/v1/rooms", {"quiz_id": made["id"]})
    assert (status, answer["error"]["message"]) == (422, "This quiz is not finished yet.")
    assert fields_of(answer) == ["questions[0].prompt"]


@pytest.mark.gen_test
async def test_quizzes_are_found_by_words_and_tags(teacher, colleague):
    """Those of the caller only; a limit is told by name."""
    _, birds = await teacher.json("POST", "/api/v1/quizzes", QUIZ | {"title": "Birds", "tags": ["Nature", "Year 9"]})
    await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    await colleague.json("POST", "/api/v1/quizzes", QUIZ | {"title": "Birds", "tags": ["Nature"]})
    for query in ("q=BIRD", "q=year+birds", "tag=nature", "q=bird&tag=YEAR+9"):
        assert await teacher.json("GET", f"/api/v1/quizzes?{query}") == (200, {"quizzes": [birds], "next": None})
    assert (await teacher.json("GET", "/api/v1/quizzes?q=bird&tag=year"))[1]["quizzes"] == []
    for query, field in (("q=" + "x" * 101, "q"), ("deleted=yes", "deleted")):
        status, answer = await teacher.json("GET", f"/api/v1/quizzes?{query}")
        assert (status, fields_of(answer)) == (422, [field])


@pytest.mark.gen_test
async def test_a_quiz_is_copied(teacher, colleague):
    """By its owner; the copy is a quiz of its own."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ | {"tags": ["Nature"]})
    path = f"/api/v1/quizzes/{made['id']}/duplicate"
    assert (await colleague.json("POST", path))[0] == 403
    status, copy = await teacher.json("POST", path)
    assert (status, copy["title"], copy["tags"], copy["revision"]) == (201, "Sums (copy)", ["Nature"], 1)
    assert copy["questions"] == made["questions"]
    assert copy["id"] != made["id"]
    assert await teacher.json("GET", f"/api/v1/quizzes/{copy['id']}") == (200, copy)


@pytest.mark.gen_test
async def test_a_deleted_quiz_can_be_taken_back(teacher, colleague):
    """It stands in a list of its own until then; what was never deleted stays as it is."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    path = f"/api/v1/quizzes/{made['id']}"
    await teacher.json("DELETE", path)
    _, deleted = await teacher.json("GET", "/api/v1/quizzes?deleted=true")
    assert [quiz["id"] for quiz in deleted["quizzes"]] == [made["id"]]
    assert (await colleague.json("POST", path + "/restore"))[0] == 404
    assert await teacher.json("POST", path + "/restore") == (200, made)
    assert await teacher.json("POST", path + "/restore") == (200, made)
    assert await teacher.json("GET", path) == (200, made)
    assert (await colleague.json("POST", path + "/restore"))[0] == 403
    assert (await teacher.json("GET", "/api/v1/quizzes?deleted=true"))[1]["quizzes"] == []


@pytest.mark.gen_test
async def test_tags_travel_with_the_file(teacher):
    """Each wrong one is named by its place."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ | {"tags": ["Nature", " Year 9 "]})
    assert made["tags"] == ["Nature", "Year 9"]
    file = await teacher.fetch("GET", f"/api/v1/quizzes/{made['id']}/export")
    again = json.loads((await teacher.upload("/api/v1/quizzes/import", file.body, "q.json")).body)
    assert (again["quiz"]["tags"], again["warnings"]) == (["Nature", "Year 9"], [])
    wrong = {"tags": ["a", "", "A", "b,c", "x" * 41, 3]}
    status, answer = await teacher.json("POST", "/api/v1/quizzes", QUIZ | wrong)
    assert (status, fields_of(answer)) == (422, [f"tags[{at}]" for at in range(1, 6)])
    status, answer = await teacher.json("POST", "/api/v1/quizzes", QUIZ | {"tags": [str(n) for n in range(21)]})
    assert (status, fields_of(answer)) == (422, ["tags"])
    kept = QUIZ | {"tags": ["a", "x" * 41]}
    again = json.loads((await teacher.upload("/api/v1/quizzes/import", json.dumps(kept).encode(), "q.json")).body)
    assert (again["quiz"]["tags"], [warning["where"] for warning in again["warnings"]]) == ([], ["tags[1]"])


@pytest.mark.parametrize("name", ["kahoot", "wayground", "csv", "moodle-xml", "gift", "zip", "json"])
@pytest.mark.gen_test
async def test_every_format_that_is_written_comes_as_a_file(teacher, name):
    """With its type, a name that people know it by, and the same question in it."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", QUIZ | {"title": "Week 3/Größe"})
    file = await teacher.fetch("GET", f"/api/v1/quizzes/{made['id']}/export?format={name}")
    assert file.code == 200
    assert 'filename="Week 3Gre.' in file.headers["Content-Disposition"]
    assert "filename*=UTF-8''Week%203-Gr%C3%B6%C3%9Fe." in file.headers["Content-Disposition"]
    response = await teacher.upload("/api/v1/quizzes/import", file.body, "again")
    (again,) = json.loads(response.body)["quizzes"]
    assert again["questions"][0]["choices"] == made["questions"][0]["choices"]


@pytest.mark.gen_test
async def test_what_each_format_would_leave_out_is_listed(teacher, colleague):
    """For the owner alone."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", {"title": "T", "questions": [SINGLE, TEXT]})
    status, answer = await teacher.json("GET", f"/api/v1/quizzes/{made['id']}/exports")
    assert status == 200
    by_name = {export["format"]: export for export in answer["exports"]}
    assert by_name["json"]["issues"] == []
    assert by_name["kahoot"]["skipped"] == 1
    assert by_name["kahoot"]["issues"][0]["where"] == "question 2"
    assert (await colleague.json("GET", f"/api/v1/quizzes/{made['id']}/exports"))[0] == 403


@pytest.mark.gen_test
async def test_an_unfinished_question_stays_out_of_the_files_of_others(teacher):
    """And is told under its own number; our own file has it."""
    _, made = await teacher.json("POST", "/api/v1/quizzes", {"title": "T", "questions": [SINGLE, TEXT]})
    draft = {"title": "T", "questions": [{"kind": "single", "prompt": ""}, SINGLE, TEXT], "revision": made["revision"]}
    assert (await teacher.json("PUT", f"/api/v1/quizzes/{made['id']}/draft", draft))[0] == 200
    _, answer = await teacher.json("GET", f"/api/v1/quizzes/{made['id']}/exports")
    by_name = {export["format"]: export["issues"] for export in answer["exports"]}
    assert by_name["json"] == []
    assert {(issue["where"], issue["code"]) for issue in by_name["kahoot"]} == {
        ("question 1", "unfinished"),
        ("question 3", "kind"),
    }
    assert (await teacher.fetch("GET", f"/api/v1/quizzes/{made['id']}/export?format=gift")).code == 200
