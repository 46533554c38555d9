"""The editor asks what formatted texts look like; nobody else may, and nothing without bounds."""

import pytest
from web import fields_of


@pytest.mark.gen_test
async def test_texts_and_lines_come_back_in_their_order(teacher):
    code, told = await teacher.json("POST", "/api/v1/markup", {"texts": ["a\n\nb", "*c*"], "lines": ["$x$"]})
    assert code == 200
    assert told == {"texts": ["<p>a</p><p>b</p>", "<em>c</em>"], "lines": ["<math><mi>x</mi></math>"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"texts": ["x"] * 101}, "texts"),
        ({"lines": ["x", "y" * 4001]}, "lines[1]"),
        ({"texts": "x"}, "texts"),
        ({"others": []}, "others"),
    ],
)
@pytest.mark.gen_test
async def test_what_is_too_much_or_no_text_is_named(teacher, body, field):
    code, refused = await teacher.json("POST", "/api/v1/markup", body)
    assert (code, fields_of(refused)) == (422, [field])


@pytest.mark.gen_test
async def test_only_an_account_may_ask(web):
    assert (await web.json("POST", "/api/v1/markup", {"texts": []}))[0] == 401
