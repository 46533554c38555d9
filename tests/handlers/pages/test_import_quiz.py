"""The upload form, the preview, and what is saved of it."""

from urllib.parse import urlencode

import pytest
from web import PASSWORD, Web

GIFT = b"2 + 2 = ? { =4 ~3 }\n\nMatch <b> { =a -> b }\n"


async def brought(browser, file: bytes = GIFT, name: str = "<week> 1.gift") -> str:
    """The address of the preview of a file."""
    await browser.page("/quizzes/import")
    response = await browser.upload("/quizzes/import", file, name, _xsrf=browser.xsrf)
    assert response.code == 303, response.body
    return response.headers["Location"]


@pytest.mark.gen_test
async def test_a_file_is_looked_at_before_anything_is_saved(signed_in, here):
    """Every question of it, those that cannot come along with their place and reason."""
    address = await brought(signed_in)
    for _ in range(2):
        page = await signed_in.page(address)
        text = page.body.decode()
        assert page.code == 200
        assert "2 + 2 = ?" in text
        assert "line 3" in text
        assert "matching question" in text
        assert "<week>" not in text
    ada = await here.services.accounts.identity_of("ada@school.example")
    assert (await here.services.desk.library.page(ada))["quizzes"] == []


@pytest.mark.gen_test
async def test_what_is_ticked_is_saved_under_its_title(signed_in, here):
    """And the way goes on to the quiz."""
    address = await brought(signed_in, b"a {T}\n\nb {F}\n\nc {T}")
    await signed_in.page(address)
    body = urlencode([("_xsrf", signed_in.xsrf), ("keep", "0-0"), ("keep", "0-2"), ("title-0", "Facts <1>")])
    saved = await signed_in.fetch("POST", address, body.encode(), Content_Type="application/x-www-form-urlencoded")
    assert saved.code == 303
    ada = await here.services.accounts.identity_of("ada@school.example")
    (quiz,) = (await here.services.desk.library.page(ada))["quizzes"]
    assert saved.headers["Location"] == f"/quizzes/{quiz['id']}"
    assert quiz["title"] == "Facts <1>"
    assert [question["prompt"] for question in quiz["questions"]] == ["a", "c"]
    again = await signed_in.page(address)
    assert "1 quiz is saved" in again.body.decode()


@pytest.mark.gen_test
async def test_nothing_ticked_is_told_and_the_preview_stays(signed_in):
    """With no tick lost that was not there."""
    address = await brought(signed_in)
    await signed_in.page(address)
    response = await signed_in.form(address, title="x")
    assert response.code == 422
    assert "no question was chosen" in response.body.decode()
    assert "checked" not in response.body.decode()


@pytest.mark.gen_test
async def test_a_preview_is_its_owners_alone(signed_in, colleague, here):
    """Nobody else sees, saves or throws it away."""
    address = await brought(signed_in)
    await signed_in.page(address)
    other = Web(signed_in._client, signed_in._base_url)
    await other.page("/login")
    await other.form("/login", email="bo@school.example", password=PASSWORD)
    await other.page("/quizzes")
    for response in (await other.page(address), await other.form(address, keep="0-0")):
        assert response.code == 404
        assert "no longer there" in response.body.decode()
    assert (await other.form(address + "/discard")).code == 303
    assert (await signed_in.page(address)).code == 200


@pytest.mark.gen_test
async def test_a_preview_can_be_thrown_away(signed_in):
    """It is not there afterwards."""
    address = await brought(signed_in)
    await signed_in.page(address)
    assert (await signed_in.form(address + "/discard")).headers["Location"] == "/quizzes/import"
    assert (await signed_in.page(address)).code == 404
    assert (await signed_in.page("/quizzes/import/nonsense")).code == 404


@pytest.mark.parametrize("file", [b"Dear parents", b"", b"\x00" * 1000])
@pytest.mark.gen_test
async def test_a_file_that_is_no_quiz_gets_its_sentence_on_the_page(signed_in, file):
    """With the form to try another."""
    await signed_in.page("/quizzes/import")
    response = await signed_in.upload("/quizzes/import", file, _xsrf=signed_in.xsrf)
    assert response.code == 422
    assert b'type="file"' in response.body


@pytest.mark.gen_test
async def test_a_file_above_the_limit_gets_its_sentence_too(signed_in):
    """The browser can show it, as it could send everything."""
    await signed_in.page("/quizzes/import")
    response = await signed_in.upload("/quizzes/import", b"x" * (21 * 1024**2), _xsrf=signed_in.xsrf)
    assert response.code == 422
    assert b"20 MB" in response.body


@pytest.mark.gen_test
async def test_an_upload_needs_the_forms_token(signed_in, here):
    """Another site's form cannot bring a quiz in."""
    response = await signed_in.upload("/quizzes/import", GIFT)
    assert response.code == 403
    assert (await signed_in.upload("/quizzes/import", GIFT, _xsrf="wrong")).code == 403
    ada = await here.services.accounts.identity_of("ada@school.example")
    assert (await here.services.desk.library.page(ada))["quizzes"] == []


@pytest.mark.gen_test
async def test_an_upload_needs_an_account(web):
    """Nothing of the file is kept."""
    assert (await web.upload("/quizzes/import", GIFT)).code == 401
    assert (await web.fetch("GET", "/quizzes/import")).code == 302


async def pasted(browser, text: str):
    await browser.page("/quizzes/import")
    boundary = "x" * 20
    parts = [("_xsrf", browser.xsrf), ("text", text)]
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
    )
    body += f"--{boundary}--\r\n"
    headers = {"Content_Type": f"multipart/form-data; boundary={boundary}"}
    return await browser.fetch("POST", "/quizzes/import", body.encode(), **headers)


@pytest.mark.parametrize(
    "text",
    [
        "2 + 2? {=4 ~3}",
        "2 + 2?\nA. 3\nB. 4\nANSWER: B",
        "## 2 + 2?\n\n- [ ] 3\n- [x] 4",
        "Question\tRight\tWrong\n2 + 2?\t4\t3",
        "#Q 2 + 2?\n^ 4\nA 3\nB 4",
    ],
    ids=["gift", "aiken", "markdown", "cells", "opentriviaqa"],
)
@pytest.mark.gen_test
async def test_pasted_questions_go_the_way_of_a_file(signed_in, text):
    """What they are is found out."""
    answer = await pasted(signed_in, text)
    assert answer.code == 303
    page = (await signed_in.page(answer.headers["Location"])).body.decode()
    assert "2 + 2?" in page
    assert "1 question can be saved" in page
    assert "Pasted questions" in page


@pytest.mark.gen_test
async def test_pasted_prose_comes_back_into_its_box(signed_in):
    """With the sentence; nobody types it again."""
    answer = await pasted(signed_in, "Dear <parents>, hello.")
    text = answer.body.decode()
    assert answer.code == 422
    assert "Dear &lt;parents&gt;, hello.</textarea>" in text
    assert 'id="text-error"' in text


@pytest.mark.gen_test
async def test_the_columns_of_a_table_can_be_told(signed_in):
    """A guess is there already; what is wrong is asked again, and the questions follow."""
    address = await brought(signed_in, b"Who <b> wrote it?;Annika;Bob;30\nWho sang it?;Cy;Dee;20\n", "x.csv")
    assert (await signed_in.page(address)).headers["Location"] == f"{address}/columns"
    page = (await signed_in.page(f"{address}/columns")).body.decode()
    assert "Who &lt;b&gt; wrote it?" in page
    assert page.count('<option value="question" selected>') == 1
    for said, code in (("question,question,right,", 422), ("question", 422), ("question,,right,time", 303)):
        roles = said.split(",")
        body = urlencode([("_xsrf", signed_in.xsrf), *(("role", role) for role in roles)])
        answer = await signed_in.fetch(
            "POST", f"{address}/columns", body.encode(), Content_Type="application/x-www-form-urlencoded"
        )
        assert answer.code == code
    text = (await signed_in.page(address)).body.decode()
    assert "2 questions can be saved" in text
    assert "Bob" in text
    assert "Annika" not in text
    assert f"{address}/columns" in text
