"""The pages on which an admin looks after people; every rule behind them is tested with the API."""

import re

import pytest
from web import EMAIL, PASSWORD, Web

ADMIN = "root@school.example"


@pytest.fixture
def config_values():
    return {"registration": "invite"}


@pytest.fixture
def admin(io_loop, here, http_client, base_url):
    browser = Web(http_client, base_url)

    async def sign_in():
        await here.services.accounts.create(ADMIN, "Root", "admin", PASSWORD)
        await browser.page("/login")
        await browser.form("/login", email=ADMIN, password=PASSWORD)
        await browser.page("/admin/users")

    io_loop.run_sync(sign_in)
    return browser


async def path_of(here, email):
    return f"/admin/users/{(await here.services.accounts.identity_of(email)).id}"


@pytest.mark.gen_test
async def test_teachers_find_no_way_in(signed_in, here):
    """Neither to the pages nor to what they do."""
    path = await path_of(here, EMAIL)
    for page in ("/admin/users", "/admin/invitations", path):
        assert (await signed_in.page(page)).code == 403
    for deed in ("role", "deactivate", "reactivate", "sign-out", "hand-over", "reset-link"):
        assert (await signed_in.form(f"{path}/{deed}", role="admin")).code == 403
    assert (await signed_in.form("/admin/invitations", role="admin", days="1")).code == 403


@pytest.mark.gen_test
async def test_people_are_listed_and_sought(admin, teacher, here):
    """The search says when there is nobody; the admin's other page leads here."""
    assert b'href="/admin/users"' in (await admin.page("/admin")).body
    page = (await admin.page("/admin/users")).body.decode()
    assert EMAIL in page
    assert ADMIN in page
    assert EMAIL not in (await admin.page("/admin/users?q=root&role=admin&state=active")).body.decode()
    assert b"Nobody like that" in (await admin.page("/admin/users?q=nobody")).body


@pytest.mark.gen_test
async def test_a_long_list_has_further_pages(admin, here):
    """What was sought stays sought."""
    for number in range(55):
        await here.services.accounts.create(f"t{number:02}@a.example", "Same", "teacher", PASSWORD)
    page = (await admin.page("/admin/users?q=same")).body.decode()
    further = re.search(r'href="(/admin/users\?q=same&amp;after=[^"]+)"', page)
    assert "t49@a.example" in page
    assert "t50@a.example" not in page
    page = (await admin.page(further[1].replace("&amp;", "&"))).body.decode()
    assert "t50@a.example" in page
    assert "Back to the first" in page


@pytest.mark.gen_test
async def test_what_is_done_to_somebody_is_told_on_their_page(admin, teacher, here):
    """Role, deactivation and back."""
    path = await path_of(here, EMAIL)
    for deed, fields, sentence in (
        ("role", {"role": "admin"}, "The role is changed"),
        ("role", {"role": "teacher"}, "The role is changed"),
        ("sign-out", {}, "Signed out everywhere"),
        ("deactivate", {}, "Deactivated, and signed out"),
        ("reactivate", {}, "They can sign in again"),
    ):
        response = await admin.form(f"{path}/{deed}", **fields)
        assert response.code == 303
        assert sentence in (await admin.page(response.headers["Location"])).body.decode()
    assert (await admin.form(f"{path}/dance")).code == 404


@pytest.mark.gen_test
async def test_a_link_to_a_new_password_is_shown_once(admin, teacher, web, here):
    """And works."""
    path = await path_of(here, EMAIL)
    page = (await admin.form(f"{path}/reset-link")).body.decode()
    link = re.search(r'value="http://quiz.example(/new-password\?token=[^"]+)"', page)
    assert (await web.page(link[1])).code == 200
    assert "token=" not in (await admin.page(path)).body.decode()


@pytest.mark.gen_test
async def test_the_last_admin_is_told_why_not(admin, here):
    """On the page, with 409."""
    path = await path_of(here, ADMIN)
    for deed, fields in (("role", {"role": "teacher"}), ("deactivate", {})):
        response = await admin.form(f"{path}/{deed}", **fields)
        assert response.code == 409
        assert b"Make somebody else an admin first" in response.body


@pytest.mark.gen_test
async def test_quizzes_are_handed_over_to_an_email(admin, teacher, colleague, here):
    """A wrong one is said at the field, and stays there."""
    await teacher.json("POST", "/api/v1/quizzes", {"title": "T", "questions": [{"kind": "info", "prompt": "Hi"}]})
    path = await path_of(here, EMAIL)
    response = await admin.form(f"{path}/hand-over", to="nobody@school.example")
    assert response.code == 422
    assert b'value="nobody@school.example"' in response.body
    response = await admin.form(f"{path}/hand-over", to="bo@school.example")
    assert (
        "1 quiz and 0 finished rooms have another owner now."
        in (await admin.page(response.headers["Location"])).body.decode()
    )


@pytest.mark.gen_test
async def test_invitations_are_made_shown_once_and_withdrawn(admin, web):
    """The list has the note and never the address."""
    page = (await admin.form("/admin/invitations", role="teacher", days="7", note="Bo, biology")).body.decode()
    link = re.search(r'value="http://quiz.example(/sign-up\?token=[^"]+)"', page)
    assert (await web.page(link[1])).code == 200
    page = (await admin.page("/admin/invitations")).body.decode()
    assert "Bo, biology" in page
    assert "token=" not in page
    way = re.search(r"/admin/invitations/[^/]+/withdraw", page)
    assert (await admin.form(way[0])).headers["Location"] == "/admin/invitations?done=withdrawn"
    assert (await web.page(link[1])).code == 410
    assert (await admin.form(way[0])).code == 404


@pytest.mark.parametrize("days", ["", "0", "91", "x", "9" * 5000])
@pytest.mark.gen_test
async def test_an_end_that_is_none_is_refused(admin, days):
    """At its field."""
    response = await admin.form("/admin/invitations", role="teacher", days=days)
    assert response.code == 422
    assert b"Must be from 1 to 90." in response.body


class TestOpen:
    @pytest.fixture
    def config_values(self):
        return {"registration": "open"}

    @pytest.mark.gen_test
    async def test_who_asks_is_let_in_or_turned_down(self, admin, web, here):
        """The list says that somebody waits; whoever is turned down leaves nothing."""
        for name in ("bo", "cy"):
            await here.services.people.sign_ups.wait(name, f"{name}@school.example", "a long password")
        await here.services.people.letters.settle()
        assert "2 people ask for an account." in (await admin.page("/admin/users")).body.decode()
        page = (await admin.page("/admin/users?state=waiting")).body.decode()
        bo, cy = re.findall(r'href="(/admin/users/[0-9a-f-]{36})"', page)
        assert "Do you know them?" in (await admin.page(bo)).body.decode()
        response = await admin.form(f"{bo}/let-in")
        assert "They can sign in now" in (await admin.page(response.headers["Location"])).body.decode()
        response = await admin.form(f"{cy}/turn-down")
        assert "Turned down." in (await admin.page(response.headers["Location"])).body.decode()
        assert (await admin.page(cy)).code == 404


class TestClosed:
    @pytest.fixture
    def config_values(self):
        return {}

    @pytest.mark.gen_test
    async def test_the_page_says_how_to_open_it(self, admin):
        """By the setting."""
        page = (await admin.page("/admin/invitations")).body.decode()
        assert "REGISTRATION=invite" in page
        assert 'action="/admin/invitations"' not in page
        assert (await admin.form("/admin/invitations", role="teacher", days="7")).code == 403
