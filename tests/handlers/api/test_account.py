"""One's own account over the API: name, e-mail, password, and where one is signed in."""

import pytest
from web import EMAIL, PASSWORD, Web, fields_of

NEW = "another long password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def sign_in(here, http_client, base_url, agent="", email=EMAIL, password=PASSWORD):
    token, _ = await here.services.accounts.login(email, password, agent)
    return Web(http_client, base_url, token)


@pytest.mark.gen_test
async def test_an_account_shows_itself(teacher):
    """To its owner only."""
    status, answer = await teacher.json("GET", "/api/v1/account")
    account = answer["account"]
    assert (status, account["email"], account["name"], account["role"]) == (200, EMAIL, "Ada", "teacher")
    assert account["created_at"] > 0
    teacher.token = None
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 401


@pytest.mark.gen_test
async def test_the_name_is_changed_without_a_password(teacher):
    """And stripped; what is not given stays."""
    status, answer = await teacher.json("PATCH", "/api/v1/account", {"name": "  Ada L. "})
    assert (status, answer["user"]["name"], answer["user"]["email"]) == (200, "Ada L.", EMAIL)


@pytest.mark.parametrize(
    ("body", "field"), [({"name": ""}, "name"), ({"name": "x" * 81}, "name"), ({"email": "a"}, "email")]
)
@pytest.mark.gen_test
async def test_what_an_account_cannot_be_called_is_named(teacher, body, field):
    """The rules are those of a new account."""
    status, answer = await teacher.json("PATCH", "/api/v1/account", body | {"password": PASSWORD})
    assert (status, fields_of(answer)) == (422, [field])


@pytest.mark.gen_test
async def test_another_email_needs_the_password(teacher, here, http_client, base_url):
    """An unlocked computer is not enough; then one signs in with the new one."""
    change = {"email": "Ada@new.example"}
    for wrong in ({}, {"password": "wrong horse"}):
        status, answer = await teacher.json("PATCH", "/api/v1/account", change | wrong)
        assert (status, fields_of(answer)) == (422, ["password"])
    status, answer = await teacher.json("PATCH", "/api/v1/account", change | {"password": PASSWORD})
    assert (status, answer["user"]["email"]) == (200, "ada@new.example")
    await sign_in(here, http_client, base_url, email="ada@new.example")


@pytest.mark.gen_test
async def test_an_email_that_has_an_account_is_refused(teacher, colleague):
    """Each belongs to one."""
    body = {"email": "bo@school.example", "password": PASSWORD}
    status, answer = await teacher.json("PATCH", "/api/v1/account", body)
    assert (status, fields_of(answer)) == (422, ["email"])


@pytest.mark.gen_test
async def test_a_changed_password_ends_all_sign_ins_but_the_new_one(teacher, here, http_client, base_url):
    """The token that comes back goes on; the old password opens nothing."""
    other = await sign_in(here, http_client, base_url)
    status, answer = await teacher.json("POST", "/api/v1/account/password", {"current": PASSWORD, "password": NEW})
    assert status == 200
    for ended in (teacher, other):
        assert (await ended.json("GET", "/api/v1/account"))[0] == 401
    teacher.token = answer["token"]
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 200
    login = {"email": EMAIL, "password": PASSWORD}
    assert (await other.json("POST", "/api/v1/login", login))[0] == 401
    assert (await other.json("POST", "/api/v1/login", login | {"password": NEW}))[0] == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"current": "wrong horse", "password": NEW}, "current"),
        ({"current": PASSWORD, "password": "ninechars"}, "password"),
        ({"current": PASSWORD, "password": "x" * 201}, "password"),
        ({"current": PASSWORD, "password": EMAIL.upper()}, "password"),
    ],
)
@pytest.mark.gen_test
async def test_a_password_that_cannot_be_taken_changes_nothing(teacher, body, field):
    """Length is the rule, and not one's own e-mail; the present one must be right."""
    status, answer = await teacher.json("POST", "/api/v1/account/password", body)
    assert (status, fields_of(answer)) == (422, [field])
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 200


@pytest.mark.gen_test
async def test_any_ten_characters_are_a_password(teacher):
    """No capitals, digits or signs are asked for."""
    body = {"current": PASSWORD, "password": "aaaaaaaaab"}
    assert (await teacher.json("POST", "/api/v1/account/password", body))[0] == 200


@pytest.mark.gen_test
async def test_sign_ins_are_listed_with_their_device(teacher, colleague, here, http_client, base_url):
    """One's own, the one used last first; this one is marked."""
    here.clock.advance(60)
    laptop = await sign_in(here, http_client, base_url, FIREFOX)
    status, answer = await laptop.json("GET", "/api/v1/account/sign-ins")
    assert status == 200
    shown = [(one["device"], one["is_this"]) for one in answer["sign_ins"]]
    assert shown == [("Firefox on Windows", True), ("", False)]


@pytest.mark.gen_test
async def test_last_seen_is_exact_to_five_minutes(teacher, here):
    """Not every request writes."""

    async def seen():
        return (await teacher.json("GET", "/api/v1/account/sign-ins"))[1]["sign_ins"][0]["seen_at"]

    first = await seen()
    here.clock.advance(299)
    assert await seen() == first
    here.clock.advance(1)
    assert await seen() == first + 300_000


@pytest.mark.gen_test
async def test_one_sign_in_is_ended_and_no_other(teacher, colleague, here, http_client, base_url):
    """One's own only: another's is not even there."""
    other = await sign_in(here, http_client, base_url)
    listed = (await teacher.json("GET", "/api/v1/account/sign-ins"))[1]["sign_ins"]
    theirs = next(one["id"] for one in listed if not one["is_this"])
    assert (await colleague.json("DELETE", f"/api/v1/account/sign-ins/{theirs}"))[0] == 404
    assert (await teacher.json("DELETE", f"/api/v1/account/sign-ins/{theirs}"))[0] == 204
    status, answer = await other.json("GET", "/api/v1/account")
    assert (status, answer["error"]["details"]) == (401, {"reason": "revoked"})
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 200
    assert (await teacher.json("DELETE", f"/api/v1/account/sign-ins/{theirs}"))[0] == 404


@pytest.mark.gen_test
async def test_signing_out_everywhere_ends_this_one_too(teacher, here, http_client, base_url):
    """And the screens, which carry the account's ver."""
    other = await sign_in(here, http_client, base_url)
    assert (await teacher.json("DELETE", "/api/v1/account/sign-ins"))[0] == 204
    for ended in (teacher, other):
        assert (await ended.json("GET", "/api/v1/account"))[0] == 401


class TestTooOften:
    @pytest.fixture
    def config_values(self):
        return {"rate_limit_login": "3/hour"}

    @pytest.mark.gen_test
    async def test_the_present_password_cannot_be_tried_out(self, teacher):
        """Whoever sits at an open page gets as many tries as at the door."""
        body = {"current": "wrong horse", "password": NEW}
        tries = [(await teacher.json("POST", "/api/v1/account/password", body))[0] for _ in range(4)]
        assert tries == [422, 422, 422, 429]
