"""The pages about one's own account: signing up, a forgotten password, name, e-mail, password, other devices."""

import re

import pytest
from web import EMAIL, PASSWORD, Web

NEW = "another long password"
BO = {"name": "Bo", "email": "bo@school.example", "password": "a long password"}


@pytest.fixture
def config_values():
    return {"registration": "invite"}


async def root(here):
    await here.services.accounts.create("root@school.example", "Root", "admin", PASSWORD)
    return await here.services.accounts.identity_of("root@school.example")


async def invitation(here):
    made = await here.services.people.invitations.make(await root(here), "teacher")
    return made["url"].partition("token=")[2]


async def reset_link(here):
    account = await here.services.accounts.identity_of(EMAIL)
    made = await here.services.people.resets.make(await root(here), account.id)
    return made["url"].partition("token=")[2]


@pytest.mark.gen_test
async def test_an_invitation_leads_to_an_account(web, here):
    """Looking uses nothing up; the form signs in; the page says when the link ends, and sends its address nowhere."""
    token = await invitation(here)
    for _ in range(2):
        page = await web.page(f"/sign-up?token={token}")
        assert page.code == 200
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert b"This link works once, until" in page.body
    response = await web.form("/sign-up", token=token, **BO)
    assert (response.code, response.headers["Location"]) == (303, "/quizzes")
    assert (await web.page("/account")).code == 200


@pytest.mark.gen_test
async def test_faults_stand_at_their_fields(web, here):
    """What was typed stays, but for the password."""
    token = await invitation(here)
    await web.page(f"/sign-up?token={token}")
    response = await web.form("/sign-up", token=token, name="Bo", email="nonsense", password="short")
    page = response.body.decode()
    assert response.code == 422
    assert 'id="email-fault"' in page
    assert "Must have 10 to 200 characters." in page
    assert 'value="nonsense"' in page
    assert "short" not in page


@pytest.mark.gen_test
async def test_a_link_that_is_over_says_so(web, here):
    """One sentence and one way on, for one that was used, and for one that never was."""
    token = await invitation(here)
    await web.page(f"/sign-up?token={token}")
    await web.form("/sign-up", token=token, **BO)
    for path, sentence in (
        (f"/sign-up?token={token}", "used already"),
        ("/sign-up?token=x", "does not work"),
        ("/new-password?token=x", "does not work"),
    ):
        page = await web.page(path)
        assert page.code == 410
        assert sentence in page.body.decode()
        assert 'href="/login"' in page.body.decode()
    assert (await web.form("/sign-up", token=token, **BO)).code == 410


@pytest.mark.gen_test
async def test_without_an_invitation_the_form_is_not_there(web):
    """And the sign-in page does not lead to it."""
    assert (await web.page("/sign-up")).code == 403
    assert b"/sign-up" not in (await web.page("/login")).body


class TestOpen:
    @pytest.fixture
    def config_values(self):
        return {"registration": "open"}

    @pytest.mark.gen_test
    async def test_the_sign_in_page_leads_to_the_form(self, web):
        """With which one asks to be let in; the sign-in page says that this may take a while."""
        page = (await web.page("/login")).body
        assert b'href="/sign-up"' in page
        assert b"as soon as somebody has let you in" in page
        assert b"lets you in" in (await web.page("/sign-up")).body
        assert (await web.form("/sign-up", **BO | {"password": "short"})).code == 422
        response = await web.form("/sign-up", **BO)
        assert (response.code, b"Nearly there" in response.body) == (200, True)
        assert (await web.page("/account")).code == 302


@pytest.mark.gen_test
async def test_a_link_sets_a_new_password_and_signs_in(teacher, web, here):
    """The page names whose it is, for password managers; the fault stands at the field."""
    token = await reset_link(here)
    page = await web.page(f"/new-password?token={token}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert EMAIL in page.body.decode()
    assert (await web.form("/new-password", token=token, password="short")).code == 422
    response = await web.form("/new-password", token=token, password=NEW)
    assert (response.code, response.headers["Location"]) == (303, "/quizzes")
    assert (await web.page("/account")).code == 200
    assert (await web.page(f"/new-password?token={token}")).code == 410


@pytest.mark.gen_test
async def test_without_a_mail_server_the_page_says_whom_to_ask(web):
    """No form that would lead nowhere."""
    page = (await web.page("/forgot")).body.decode()
    assert "Ask whoever runs it" in page
    assert "<form" not in page
    assert (await web.form("/forgot", email=EMAIL)).code == 403


@pytest.mark.gen_test
async def test_name_and_email_are_changed(signed_in):
    """The e-mail with the password only, which is said where it is missing."""
    assert (await signed_in.page("/account")).code == 200
    response = await signed_in.form("/account/profile", name="Ada L.", email="new@school.example")
    assert response.code == 422
    assert 'id="profile-password-fault"' in response.body.decode()
    response = await signed_in.form("/account/profile", name="Ada L.", email="new@school.example", password=PASSWORD)
    assert response.headers["Location"] == "/account?done=profile"
    page = (await signed_in.page("/account?done=profile")).body.decode()
    assert "Saved." in page
    assert "new@school.example" in page


@pytest.mark.gen_test
async def test_a_changed_password_keeps_this_browser_in(signed_in, here, http_client, base_url):
    """And no other device."""
    token, _ = await here.services.accounts.login(EMAIL, PASSWORD)
    other = Web(http_client, base_url, token)
    assert (await signed_in.form("/account/password", current="wrong horse", password=NEW)).code == 422
    response = await signed_in.form("/account/password", current=PASSWORD, password=NEW)
    assert response.headers["Location"] == "/account?done=password"
    assert (await signed_in.page("/account")).code == 200
    assert (await other.json("GET", "/api/v1/account"))[0] == 401


@pytest.mark.gen_test
async def test_another_device_is_signed_out(signed_in, here):
    """By its button; this device has none."""
    await here.services.accounts.login(EMAIL, PASSWORD)
    ways = set(re.findall(r"/account/sign-ins/[^/]+/end", (await signed_in.page("/account")).body.decode()))
    # The teacher's program, and the one above.
    assert len(ways) == 2
    for way in ways:
        for _ in range(2):
            assert (await signed_in.form(way)).headers["Location"] == "/account?done=ended"
    assert "/end" not in (await signed_in.page("/account")).body.decode()


@pytest.mark.gen_test
async def test_signing_out_everywhere_leads_to_the_sign_in_page(signed_in, teacher):
    """This browser is out too."""
    response = await signed_in.form("/account/sign-out-everywhere")
    assert (response.code, response.headers["Location"]) == (303, "/login")
    assert (await signed_in.page("/account")).code == 302
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 401


@pytest.mark.parametrize(
    "path",
    [
        "/sign-up",
        "/forgot",
        "/new-password",
        "/account/profile",
        "/account/password",
        "/account/sign-out-everywhere",
        "/account/sign-ins/00000000-0000-4000-8000-000000000000/end",
        "/admin/invitations",
        "/admin/users/00000000-0000-4000-8000-000000000000/role",
    ],
)
@pytest.mark.gen_test
async def test_no_form_is_taken_from_another_site(signed_in, path):
    """Each needs its token."""
    signed_in.xsrf = ""
    assert (await signed_in.form(path)).code == 403


@pytest.mark.gen_test
async def test_a_deactivated_person_is_told_at_the_door(teacher, web, here):
    """Only with the right password."""
    account = await here.services.accounts.identity_of(EMAIL)
    await here.services.people.admin.deactivate(await root(here), account.id)
    await web.page("/login")
    assert b"switched off" not in (await web.form("/login", email=EMAIL, password="wrong horse")).body
    response = await web.form("/login", email=EMAIL, password=PASSWORD)
    assert response.code == 403
    assert b"switched off" in response.body
