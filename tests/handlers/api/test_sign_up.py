"""How people come to an account, and back into one: invitations, open registration, links to a new password."""

import asyncio

import pytest
from web import EMAIL, PASSWORD, Web, fields_of

ADMIN = "root@school.example"
NEW = {"name": "Bo", "email": "bo@school.example", "password": "a long password"}
DAY_S = 24 * 3600


@pytest.fixture
def config_values():
    return {"registration": "invite"}


@pytest.fixture
def admin(io_loop, here, http_client, base_url):
    async def make():
        await here.services.accounts.create(ADMIN, "Root", "admin", PASSWORD)
        token, _ = await here.services.accounts.login(ADMIN, PASSWORD)
        return Web(http_client, base_url, token)

    return io_loop.run_sync(make)


async def invite(admin, **body):
    """(invitation, its token)."""
    status, answer = await admin.json("POST", "/api/v1/admin/invitations", body)
    assert status == 201, answer
    made = answer["invitation"]
    assert made["url"].startswith("http://quiz.example/sign-up?token=")
    return made, made["url"].partition("token=")[2]


async def use(web, token, **changes):
    return await web.json("POST", "/api/v1/sign-up", NEW | {"token": token} | changes)


@pytest.mark.gen_test
async def test_an_invitation_makes_one_account_of_its_role(admin, web):
    """Signed in at once; the admin sees who used it."""
    made, token = await invite(admin, role="admin", note="Bo, biology")
    status, answer = await web.json("POST", "/api/v1/sign-up/invitation", {"token": token})
    assert (status, answer) == (200, {"role": "admin", "email": None, "expires_at": made["expires_at"]})
    status, answer = await use(web, token)
    assert (status, answer["user"]["role"], answer["user"]["email"]) == (201, "admin", "bo@school.example")
    web.token = answer["token"]
    status, listed = await web.json("GET", "/api/v1/admin/invitations")
    assert status == 200
    assert [(one["state"], one["note"], one["account"]["name"]) for one in listed["invitations"]] == [
        ("used", "Bo, biology", "Bo")
    ]
    assert token not in str(listed)


@pytest.mark.gen_test
async def test_an_invitation_works_once(admin, web):
    """410, with the reason."""
    _, token = await invite(admin)
    assert (await use(web, token))[0] == 201
    status, answer = await use(web, token, email="cy@school.example")
    assert (status, answer["error"]["code"], answer["error"]["details"]) == (410, "link_gone", {"reason": "used"})


@pytest.mark.gen_test
async def test_of_two_that_use_it_at_once_one_gets_it(admin, web):
    """It is used up in the transaction that makes the account."""
    _, token = await invite(admin)
    both = await asyncio.gather(use(web, token), use(web, token, email="cy@school.example"))
    assert sorted(status for status, _ in both) == [201, 410]
    assert len((await admin.json("GET", "/api/v1/admin/accounts"))[1]["accounts"]) == 2


@pytest.mark.gen_test
async def test_a_fault_does_not_use_it_up(admin, web):
    """Whoever mistypes tries again."""
    _, token = await invite(admin)
    status, answer = await use(web, token, name="", password="short")
    assert (status, fields_of(answer)) == (422, ["name", "password"])
    status, answer = await use(web, token, email=ADMIN)
    assert (status, fields_of(answer)) == (422, ["email"])
    assert (await use(web, token))[0] == 201


@pytest.mark.gen_test
async def test_an_invitation_ends_on_its_day(admin, web, here):
    """To the second."""
    _, token = await invite(admin, days=1)
    here.clock.advance(DAY_S - 1)
    assert (await web.json("POST", "/api/v1/sign-up/invitation", {"token": token}))[0] == 200
    here.clock.advance(1)
    status, answer = await use(web, token)
    assert (status, answer["error"]["details"]) == (410, {"reason": "expired"})


@pytest.mark.gen_test
async def test_a_withdrawn_or_made_up_invitation_opens_nothing(admin, web):
    """Nobody can tell the two apart; a used one cannot be withdrawn."""
    made, token = await invite(admin)
    assert (await admin.json("DELETE", f"/api/v1/admin/invitations/{made['id']}"))[0] == 204
    assert (await admin.json("DELETE", f"/api/v1/admin/invitations/{made['id']}"))[0] == 404
    for nothing in (token, "", "x" * 500):
        status, answer = await use(web, nothing)
        assert (status, answer["error"]["details"]) == (410, {"reason": "unknown"})
    used, token = await invite(admin)
    assert (await use(web, token))[0] == 201
    assert (await admin.json("DELETE", f"/api/v1/admin/invitations/{used['id']}"))[0] == 404


@pytest.mark.gen_test
async def test_only_a_hash_of_the_link_is_kept(admin, here):
    """Whoever reads the database cannot sign up."""
    _, token = await invite(admin)
    rows = await here.services.db.read(lambda: str(list(models_of_links())))
    assert token not in rows


def models_of_links():
    from models.tables import AccountLink

    return AccountLink.select().dicts()


@pytest.mark.parametrize(
    ("body", "field"),
    [({"role": "boss"}, "role"), ({"days": 0}, "days"), ({"days": 91}, "days"), ({"note": "x" * 81}, "note")],
)
@pytest.mark.gen_test
async def test_an_invitation_that_cannot_be_made_is_refused(admin, body, field):
    """With its field."""
    status, answer = await admin.json("POST", "/api/v1/admin/invitations", body)
    assert (status, fields_of(answer)) == (422, [field])


@pytest.mark.gen_test
async def test_teachers_invite_nobody(teacher):
    """403 for each of these calls."""
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", "/00000000-0000-4000-8000-000000000000")):
        body = {} if method == "POST" else None
        assert (await teacher.json(method, "/api/v1/admin/invitations" + path, body))[0] == 403


@pytest.mark.gen_test
async def test_without_an_invitation_nobody_comes_in(web):
    """Registration is by invitation here."""
    status, answer = await web.json("POST", "/api/v1/sign-up", NEW)
    assert (status, answer["error"]["code"]) == (403, "forbidden")


class TestClosed:
    @pytest.fixture
    def config_values(self):
        return {}

    @pytest.mark.gen_test
    async def test_there_are_no_invitations(self, admin, web):
        """The default: accounts come from the command line."""
        status, answer = await admin.json("POST", "/api/v1/admin/invitations", {})
        assert status == 403
        assert "REGISTRATION" in answer["error"]["message"]
        assert (await web.json("POST", "/api/v1/sign-up", NEW))[0] == 403
        assert (await use(web, "x"))[0] == 403


class TestOpen:
    @pytest.fixture
    def config_values(self):
        return {"registration": "open", "rate_limit_sign_up": "3/hour"}

    @pytest.mark.gen_test
    async def test_anybody_asks_so_many_times_an_hour(self, web):
        """Never for an admin's account; then 429 with when to come back."""
        assert await web.json("POST", "/api/v1/sign-up", NEW) == (202, {})
        status, answer = await web.json("POST", "/api/v1/sign-up", NEW | {"password": "short"})
        assert (status, fields_of(answer)) == (422, ["password"])
        status, answer = await web.json("POST", "/api/v1/sign-up", NEW | {"role": "admin"})
        assert (status, fields_of(answer)) == (422, ["role"])
        assert (await web.json("POST", "/api/v1/sign-up", NEW))[0] == 429

    @pytest.mark.gen_test
    async def test_nobody_learns_who_has_an_account(self, admin, web, here):
        """Neither by the form nor by signing in with what was typed there; who was there first keeps the password."""
        for body in (NEW, NEW, NEW | {"email": ADMIN}):
            assert await web.json("POST", "/api/v1/sign-up", body) == (202, {})
        said = [await sign_in(web, email, NEW["password"]) for email in (NEW["email"], ADMIN, "nobody@school.example")]
        assert said == [said[0]] * 3
        assert said[0][0] == 401
        assert (await sign_in(web, ADMIN, PASSWORD))[0] == 200

    @pytest.mark.gen_test
    async def test_an_admin_lets_people_in(self, admin, web, here):
        """They sign in with the password they chose; the admin's bell says once that somebody waits."""
        for name in ("bo", "cy"):
            await web.json("POST", "/api/v1/sign-up", NEW | {"email": f"{name}@school.example"})
        await here.services.people.letters.settle()
        told = (await admin.json("GET", "/api/v1/notifications"))[1]["notifications"]
        assert [(one["type"], one["payload"]["link"]) for one in told] == [
            ("account.waiting", "/admin/users?state=waiting")
        ]
        accounts = (await admin.json("GET", "/api/v1/admin/accounts?state=waiting"))[1]["accounts"]
        assert [one["email"] for one in accounts] == ["bo@school.example", "cy@school.example"]
        assert (await admin.json("GET", "/api/v1/admin/accounts?state=deactivated"))[1]["accounts"] == []
        bo, cy = [f"/api/v1/admin/accounts/{one['id']}" for one in accounts]
        assert (await admin.json("PATCH", bo, {"active": True}))[1]["account"]["waiting_since"] is None
        assert (await sign_in(web, "bo@school.example", NEW["password"]))[0] == 200
        assert (await admin.json("DELETE", cy))[0] == 204
        for gone in (cy, bo):
            assert (await admin.json("DELETE", gone))[0] == 404

    @pytest.mark.gen_test
    async def test_who_waits_is_in_nobodys_way(self, web, here):
        """Neither of the first admin nor of an invitation to the address; after a month they are forgotten."""
        await web.json("POST", "/api/v1/sign-up", NEW)
        assert await here.services.accounts.setup_key() is not None
        await here.services.accounts.create(NEW["email"], "Bo", "admin", PASSWORD)
        assert (await sign_in(web, NEW["email"], PASSWORD))[0] == 200
        await web.json("POST", "/api/v1/sign-up", NEW | {"email": "cy@school.example"})
        here.clock.advance(31 * DAY_S)
        await here.services.people.sign_ups.tidy()
        assert await here.services.people.admin.waiting() == 0

    @pytest.mark.gen_test
    async def test_no_more_wait_than_anybody_looks_through(self, web, here, monkeypatch):
        """Then it is said so, to everybody."""
        monkeypatch.setattr("services.sign_ups.WAITING_MOST", 1)
        await web.json("POST", "/api/v1/sign-up", NEW)
        for email in (NEW["email"], "cy@school.example"):
            assert (await web.json("POST", "/api/v1/sign-up", NEW | {"email": email}))[0] == 503

    @pytest.mark.gen_test
    async def test_no_letter_is_promised(self, web):
        """Where none goes out."""
        assert (await web.json("POST", "/api/v1/sign-up/letter", {"email": EMAIL}))[0] == 403


async def sign_in(web, email, password):
    return await web.json("POST", "/api/v1/login", {"email": email, "password": password})


async def link_for(admin, account):
    status, answer = await admin.json("POST", f"/api/v1/admin/accounts/{account}/reset-link")
    assert status == 201, answer
    assert answer["url"].startswith("http://quiz.example/new-password?token=")
    return answer["url"].partition("token=")[2]


async def id_of(admin, email):
    accounts = (await admin.json("GET", f"/api/v1/admin/accounts?q={email}"))[1]["accounts"]
    return accounts[0]["id"]


@pytest.mark.gen_test
async def test_a_link_sets_a_new_password_once(admin, teacher, web):
    """All sign-ins end, and a new one begins."""
    token = await link_for(admin, await id_of(admin, EMAIL))
    body = {"token": token, "password": "a new long password"}
    assert (await web.json("POST", "/api/v1/new-password", body | {"password": "short"}))[0] == 422
    status, answer = await web.json("POST", "/api/v1/new-password", body)
    assert (status, answer["user"]["email"]) == (200, EMAIL)
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 401
    teacher.token = answer["token"]
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 200
    status, answer = await web.json("POST", "/api/v1/new-password", body)
    assert (status, answer["error"]["details"]) == (410, {"reason": "used"})


@pytest.mark.gen_test
async def test_the_newest_link_counts_for_a_day(admin, teacher, web, here):
    """And none once the password was changed by other means."""
    account = await id_of(admin, EMAIL)
    old, new = await link_for(admin, account), await link_for(admin, account)
    here.clock.advance(DAY_S)

    async def reason(token):
        answer = (await web.json("POST", "/api/v1/new-password", {"token": token, "password": "a long password"}))[1]
        return answer["error"]["details"]["reason"]

    assert await reason(old) == "unknown"
    assert await reason(new) == "expired"
    newest = await link_for(admin, account)
    await teacher.json("POST", "/api/v1/account/password", {"current": PASSWORD, "password": "a long password"})
    assert await reason(newest) == "unknown"


@pytest.mark.gen_test
async def test_without_a_mail_server_nobody_is_promised_a_letter(web):
    """Whether or not there is such an account."""
    assert (await web.json("POST", "/api/v1/forgotten-password", {"email": EMAIL}))[0] == 403
