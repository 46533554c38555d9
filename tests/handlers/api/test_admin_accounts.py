"""What an admin does with accounts: finds them, roles, deactivation, quizzes of somebody who left; all audited."""

import asyncio

import pytest
from past_lessons import played
from tornado.websocket import websocket_connect
from web import EMAIL, PASSWORD, Web, fields_of

ADMIN = "root@school.example"
BASE = "/api/v1/admin/accounts"
QUIZ = {"title": "T", "questions": [{"kind": "info", "prompt": "Hi"}]}


@pytest.fixture
def admin(io_loop, here, http_client, base_url):
    return io_loop.run_sync(lambda: program(here, http_client, base_url, ADMIN, "Root"))


async def program(here, http_client, base_url, email, name):
    await here.services.accounts.create(email, name, "admin", PASSWORD)
    token, _ = await here.services.accounts.login(email, PASSWORD)
    return Web(http_client, base_url, token)


async def named(admin, query=""):
    status, answer = await admin.json("GET", BASE + query)
    assert status == 200, answer
    return [account["name"] for account in answer["accounts"]]


async def id_of(admin, email):
    return (await admin.json("GET", f"{BASE}?q={email}"))[1]["accounts"][0]["id"]


async def deeds(admin):
    entries = (await admin.json("GET", "/api/v1/admin/audit"))[1]["entries"]
    return [(entry["action"], entry["details"]) for entry in entries]


@pytest.mark.gen_test
async def test_people_are_found_by_name_and_email(admin, here):
    """However they are written, signs of SQL among them; by name."""
    for email, name in (("u@a.example", "Übermut"), ("z@a.example", "zoë"), ("p@b.example", "100% Pia_")):
        await here.services.accounts.create(email, name, "teacher", PASSWORD)
    assert await named(admin) == ["100% Pia_", "Root", "zoë", "Übermut"]
    assert await named(admin, "?q=%C3%BCBER") == ["Übermut"]
    assert await named(admin, "?q=A.EXAMPLE") == ["zoë", "Übermut"]
    assert await named(admin, "?q=0%25") == ["100% Pia_"]
    assert await named(admin, "?q=a_") == ["100% Pia_"]
    assert await named(admin, "?role=admin") == ["Root"]
    assert await named(admin, "?q=nobody") == []


@pytest.mark.gen_test
async def test_the_list_is_paged(admin, here):
    """Nobody twice, nobody left out, namesakes among them."""
    for number in range(5):
        await here.services.accounts.create(f"t{number}@a.example", "Same", "teacher", PASSWORD)
    found, after = [], ""
    while after is not None:
        answer = (await admin.json("GET", f"{BASE}?limit=2" + (f"&after={after}" if after else "")))[1]
        found += [account["email"] for account in answer["accounts"]]
        after = answer["next"]
    assert found == [ADMIN, *(f"t{number}@a.example" for number in range(5))]


@pytest.mark.parametrize("query", ["role=boss", "state=gone", "limit=0", "limit=201", "after=x", "q=" + "x" * 65])
@pytest.mark.gen_test
async def test_a_wrong_query_is_refused(admin, query):
    """With its field."""
    status, answer = await admin.json("GET", f"{BASE}?{query}")
    assert (status, fields_of(answer)) == (422, [query.partition("=")[0]])


@pytest.mark.gen_test
async def test_teachers_may_do_none_of_it(teacher, colleague):
    """403, for their own account too."""
    mine = (await teacher.json("GET", "/api/v1/account"))[1]["account"]["id"]
    assert (await teacher.json("GET", BASE))[0] == 403
    assert (await teacher.json("GET", f"{BASE}/{mine}"))[0] == 403
    assert (await teacher.json("PATCH", f"{BASE}/{mine}", {"role": "admin"}))[0] == 403
    for deed, body in (("sign-out", None), ("reset-link", None), ("hand-over", {"to": EMAIL})):
        assert (await teacher.json("POST", f"{BASE}/{mine}/{deed}", body))[0] == 403


@pytest.mark.gen_test
async def test_another_role_ends_the_sign_ins(admin, teacher):
    """And is audited; the same role again changes nothing."""
    account = await id_of(admin, EMAIL)
    status, answer = await admin.json("PATCH", f"{BASE}/{account}", {"role": "admin"})
    assert (status, answer["account"]["role"]) == (200, "admin")
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 401
    teacher.token = (await teacher.json("POST", "/api/v1/login", {"email": EMAIL, "password": PASSWORD}))[1]["token"]
    assert (await teacher.json("GET", BASE))[0] == 200
    await admin.json("PATCH", f"{BASE}/{account}", {"role": "admin"})
    assert (await teacher.json("GET", BASE))[0] == 200
    assert await deeds(admin) == [("account.role", {"email": EMAIL, "role": "admin"})]
    status, answer = await admin.json("PATCH", f"{BASE}/{account}", {"role": "boss"})
    assert (status, fields_of(answer)) == (422, ["role"])


@pytest.mark.gen_test
async def test_who_is_deactivated_is_out_and_comes_back(admin, teacher, here, base_url):
    """Sockets end with 4500, the password opens nothing, and nothing of theirs is gone afterwards."""
    await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    account = await id_of(admin, EMAIL)
    ticket = (await teacher.json("POST", "/api/v1/tickets"))[1]["ticket"]
    socket = await websocket_connect(base_url.replace("http", "ws") + f"/ws?ticket={ticket}")
    status, answer = await admin.json("PATCH", f"{BASE}/{account}", {"active": False})
    assert status == 200
    assert answer["account"]["deactivated_at"] == here.clock.now_ms()
    assert await socket.read_message() is None
    assert socket.close_code == 4500
    socket.close()
    login = {"email": EMAIL, "password": PASSWORD}
    status, answer = await teacher.json("POST", "/api/v1/login", login | {"password": "wrong horse"})
    assert status == 401
    assert (await teacher.json("POST", "/api/v1/login", login))[0] == 403
    assert (await admin.json("POST", f"{BASE}/{account}/reset-link"))[0] == 403
    assert await named(admin, "?state=deactivated") == ["Ada"]
    assert await named(admin, "?state=active") == ["Root"]
    here.clock.advance(1)
    await admin.json("PATCH", f"{BASE}/{account}", {"active": True})
    teacher.token = (await teacher.json("POST", "/api/v1/login", login))[1]["token"]
    assert len((await teacher.json("GET", "/api/v1/quizzes"))[1]["quizzes"]) == 1
    assert [action for action, _ in await deeds(admin)] == ["account.reactivate", "account.deactivate"]


@pytest.mark.gen_test
async def test_a_link_does_not_bring_a_deactivated_account_back(admin, teacher, web):
    """Not even one that was made before."""
    account = await id_of(admin, EMAIL)
    token = (await admin.json("POST", f"{BASE}/{account}/reset-link"))[1]["url"].partition("token=")[2]
    await admin.json("PATCH", f"{BASE}/{account}", {"active": False})
    status, answer = await web.json("POST", "/api/v1/new-password", {"token": token, "password": "a long password"})
    assert (status, answer["error"]["details"]) == (410, {"reason": "unknown"})


@pytest.mark.gen_test
async def test_the_last_admin_stays_one(admin):
    """Neither role nor activity can be taken away, by nobody."""
    account = await id_of(admin, ADMIN)
    for change in ({"role": "teacher"}, {"active": False}):
        status, answer = await admin.json("PATCH", f"{BASE}/{account}", change)
        assert (status, answer["error"]["code"]) == (409, "last_admin")
    assert (await admin.json("GET", BASE))[0] == 200


@pytest.mark.gen_test
async def test_a_deactivated_admin_is_no_help_to_the_last(admin, here, http_client, base_url):
    """Only who can sign in counts."""
    second = await program(here, http_client, base_url, "second@school.example", "Second")
    await second.json("PATCH", f"{BASE}/{await id_of(admin, 'second@')}", {"role": "teacher"})
    assert (await second.json("GET", "/api/v1/account"))[0] == 401
    await admin.json("PATCH", f"{BASE}/{await id_of(admin, 'second@')}", {"role": "admin", "active": False})
    status, _ = await admin.json("PATCH", f"{BASE}/{await id_of(admin, ADMIN)}", {"role": "teacher"})
    assert status == 409


@pytest.mark.gen_test
async def test_of_two_admins_who_demote_each_other_one_remains(admin, here, http_client, base_url):
    """Whether somebody still is an admin is asked in the transaction."""
    second = await program(here, http_client, base_url, "second@school.example", "Second")
    first_id, second_id = await id_of(admin, ADMIN), await id_of(admin, "second@")
    change = {"role": "teacher"}
    both = await asyncio.gather(
        admin.json("PATCH", f"{BASE}/{second_id}", change), second.json("PATCH", f"{BASE}/{first_id}", change)
    )
    statuses = sorted(status for status, _ in both)
    assert statuses[0] == 200
    assert statuses[1] in (401, 403)
    remaining = [who for who in (admin, second) if (await who.json("GET", BASE))[0] == 200]
    assert len(remaining) == 1


class TestInvitations:
    @pytest.fixture
    def config_values(self):
        return {"registration": "invite"}

    @pytest.mark.gen_test
    async def test_what_a_demoted_admin_handed_out_ends(self, admin, web, here, http_client, base_url):
        """Nobody leaves a back door."""
        second = await program(here, http_client, base_url, "second@school.example", "Second")
        made = (await second.json("POST", "/api/v1/admin/invitations", {"role": "admin"}))[1]["invitation"]
        await admin.json("PATCH", f"{BASE}/{await id_of(admin, 'second@')}", {"role": "teacher"})
        body = {"token": made["url"].partition("token=")[2]}
        assert (await web.json("POST", "/api/v1/sign-up/invitation", body))[0] == 410


@pytest.mark.gen_test
async def test_quizzes_are_handed_over(admin, teacher, colleague):
    """All of them; the audit says how many and to whom."""
    for _ in range(2):
        await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    account = await id_of(admin, EMAIL)
    status, answer = await admin.json("POST", f"{BASE}/{account}/hand-over", {"to": " Bo@school.example"})
    assert (status, answer) == (200, {"quizzes": 2, "rooms": 0})
    assert len((await colleague.json("GET", "/api/v1/quizzes"))[1]["quizzes"]) == 2
    assert (await teacher.json("GET", "/api/v1/quizzes"))[1]["quizzes"] == []
    details = {"email": EMAIL, "to": "bo@school.example", "quizzes": 2, "rooms": 0}
    assert await deeds(admin) == [("account.hand_over", details)]


@pytest.mark.gen_test
async def test_rooms_that_are_over_go_along(admin, teacher, colleague, here):
    """With their results, which are no longer the first one's; one that runs stays with its host."""
    ada = await here.services.accounts.identity_of(EMAIL)
    over = await played(here, ada, "7", "8")
    quiz = await here.services.desk.quizzes.create(ada, QUIZ)
    running = await here.services.rooms.create(ada, quiz["id"])
    account = await id_of(admin, EMAIL)
    status, answer = await admin.json("POST", f"{BASE}/{account}/hand-over", {"to": "bo@school.example"})
    assert (status, answer["rooms"]) == (200, 1)
    results = f"/api/v1/rooms/{over['id']}/results"
    assert [(await one.json("GET", results))[0] for one in (colleague, teacher)] == [200, 403]
    bo = await here.services.accounts.identity_of("bo@school.example")
    listed = [await here.services.rooms.mine(one) for one in (bo, ada)]
    assert [[room["id"] for room in rooms] for rooms in listed] == [[over["id"]], [running["id"]]]


@pytest.mark.gen_test
async def test_quizzes_go_to_an_active_account_of_somebody_else(admin, teacher, colleague):
    """Nowhere else."""
    account = await id_of(admin, EMAIL)
    await admin.json("PATCH", f"{BASE}/{await id_of(admin, 'bo@school.example')}", {"active": False})
    for to in ("nobody@school.example", EMAIL, "bo@school.example", "\u0000"):
        status, answer = await admin.json("POST", f"{BASE}/{account}/hand-over", {"to": to})
        assert (status, fields_of(answer)) == (422, ["to"])


@pytest.mark.gen_test
async def test_somebody_is_signed_out_everywhere(admin, teacher):
    """And may come back."""
    assert (await admin.json("POST", f"{BASE}/{await id_of(admin, EMAIL)}/sign-out"))[0] == 204
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 401
    assert (await teacher.json("POST", "/api/v1/login", {"email": EMAIL, "password": PASSWORD}))[0] == 200


@pytest.mark.gen_test
async def test_what_is_not_there_is_404(admin):
    """Whatever is asked of it."""
    nobody = f"{BASE}/00000000-0000-4000-8000-000000000000"
    assert (await admin.json("GET", nobody))[0] == 404
    assert (await admin.json("PATCH", nobody, {"role": "admin"}))[0] == 404
    for deed, body in (("sign-out", None), ("reset-link", None), ("hand-over", {"to": EMAIL})):
        assert (await admin.json("POST", f"{nobody}/{deed}", body))[0] == 404
