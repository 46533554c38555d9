"""What is true of every address of the API."""

import json

import pytest


@pytest.mark.parametrize("path", ["/api", "/api/v1", "/api/v1/nothing", "/api/v2/quizzes"])
@pytest.mark.gen_test
async def test_an_unknown_address_is_404_in_json(web, path):
    """`/api` itself is a page, as nothing is below it."""
    response = await web.fetch("GET", path + "/")
    assert response.code == 404
    assert json.loads(response.body)["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/v1/login", "POST"),
        ("GET", "/api/v1/quizzes/import", "POST"),
        ("PATCH", "/api/v1/quizzes", "GET, POST"),
        ("POST", "/health", "GET"),
        ("TRACE", "/health", "GET"),
        ("PUT", "/api/v1/rooms/123456", "GET, DELETE"),
    ],
)
@pytest.mark.gen_test
async def test_a_method_that_is_not_there_is_405(web, method, path, allowed):
    """The answer says which are."""
    response = await web.fetch(method, path, b"" if method in ("POST", "PUT", "PATCH") else None)
    assert (response.code, response.headers["Allow"]) == (405, allowed)
    assert json.loads(response.body)["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("identifier", ["1", "x", "%00", "..", "0" * 36, "%F0%9F%98%80", "a" * 5000])
@pytest.mark.gen_test
async def test_what_is_no_id_is_not_found(teacher, identifier):
    """Like one that does not exist."""
    for path in (f"quizzes/{identifier}", f"quizzes/{identifier}/export", f"rooms/{identifier}/results"):
        assert (await teacher.json("GET", f"/api/v1/{path}"))[0] == 404


@pytest.mark.parametrize("identifier", ["%FF", "%C3%28"])
@pytest.mark.gen_test
async def test_a_path_that_is_no_text_is_a_bad_request(teacher, identifier):
    """And no defect."""
    assert (await teacher.json("GET", f"/api/v1/quizzes/{identifier}"))[0] == 400


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=", "limit=-1", "limit=%C2%B2", "after=x"])
@pytest.mark.gen_test
async def test_a_wrong_query_is_named(teacher, query):
    """By its name."""
    name = query.partition("=")[0]
    status, answer = await teacher.json("GET", f"/api/v1/quizzes?{query}")
    assert (status, answer["error"]["details"][0]["field"]) == (422, name)
