"""/api/v1/notifications: sent with the service token, listed and read by their account."""

import asyncio
import uuid

import pytest
from web import EMAIL, Web, fields_of

from models import notifications as queries

TOKEN = "a service token of enough bytes, secret"
HELLO = {"type": "message", "payload": {"title": "Hello", "text": "Ada"}}
PATH = "/api/v1/notifications"


@pytest.fixture
def config_values():
    return {"service_token": TOKEN}


@pytest.fixture
def other_system(http_client, base_url):
    return Web(http_client, base_url, TOKEN)


async def id_of(here, email=EMAIL):
    return (await here.services.accounts.identity_of(email)).id


async def send(other_system, user, **more):
    status, answer = await other_system.json("POST", PATH, HELLO | {"user": user} | more)
    assert status == 201, answer
    return answer["notifications"][0]["id"]


@pytest.mark.gen_test
async def test_who_was_offline_finds_it_later(here, teacher, colleague, other_system):
    """The newest first, unread, and nobody else's."""
    ada = await id_of(here)
    first = await send(other_system, ada)
    here.clock.advance(5)
    second = await send(other_system, ada.upper(), type="announcement", payload={})
    status, answer = await teacher.json("GET", PATH)
    now = here.clock.now_ms()
    newest = {"id": second, "type": "announcement", "payload": {}, "timestamp": now, "read_at": None}
    oldest = {"id": first, **HELLO, "timestamp": now - 5000, "read_at": None}
    assert (status, answer) == (200, {"notifications": [newest, oldest], "unread": 2, "next": None})
    assert (await colleague.json("GET", PATH))[1] == {"notifications": [], "unread": 0, "next": None}


@pytest.mark.gen_test
async def test_the_list_is_paged(here, teacher, other_system):
    ada = await id_of(here)
    sent = [await send(other_system, ada, payload={"n": number}) for number in range(5)]
    seen, after = [], ""
    for _ in range(3):
        _, answer = await teacher.json("GET", f"{PATH}?limit=2{after}")
        seen += [each["id"] for each in answer["notifications"]]
        after = f"&after={answer['next']}"
    assert (sorted(seen), answer["next"], answer["unread"]) == (sorted(sent), None, 5)
    _, answer = await teacher.json("GET", f"{PATH}?after={uuid.uuid4()}")
    assert (answer["notifications"], answer["unread"]) == ([], 5)
    for query in ("limit=0", "limit=101", "limit=x", "after=x"):
        assert (await teacher.json("GET", f"{PATH}?{query}"))[0] == 422


@pytest.mark.gen_test
async def test_one_call_reaches_many_each_once(here, teacher, colleague, other_system):
    """Whoever is named twice gets it once."""
    users = [await id_of(here), await id_of(here, "bo@school.example")]
    status, answer = await other_system.json("POST", PATH, HELLO | {"users": [*users, users[0]]})
    assert (status, [each["user"] for each in answer["notifications"]]) == (201, users)
    for web, sent in zip((teacher, colleague), answer["notifications"], strict=True):
        _, listed = await web.json("GET", PATH)
        assert [each["id"] for each in listed["notifications"]] == [sent["id"]]


@pytest.mark.gen_test
async def test_what_is_sent_again_under_its_own_id_is_there_once(here, teacher, colleague, other_system):
    """The answer is the same, nobody is told twice, and who was not named before gets it."""
    ada, bo = await id_of(here), await id_of(here, "bo@school.example")
    phone = here.connect(await here.services.accounts.identity_of(EMAIL))
    body = HELLO | {"users": [ada], "id": "results 8b"}
    first = await other_system.json("POST", PATH, body)
    here.clock.advance(5)
    assert await other_system.json("POST", PATH, body) == first
    assert first[0] == 201
    assert len(phone.transport.sent) == 1
    _, answer = await other_system.json("POST", PATH, body | {"users": [bo, ada]})
    assert answer["notifications"][1] == first[1]["notifications"][0]
    for web in (teacher, colleague):
        assert len((await web.json("GET", PATH))[1]["notifications"]) == 1
    assert len(phone.transport.sent) == 1


@pytest.mark.gen_test
async def test_an_id_that_says_something_else_already_is_refused(here, teacher, colleague, other_system):
    """Nothing of it is stored, for nobody."""
    users = [await id_of(here), await id_of(here, "bo@school.example")]
    await send(other_system, users[0], id="mine")
    for other in ({"payload": {"title": "Other"}}, {"type": "announcement"}):
        status, answer = await other_system.json("POST", PATH, HELLO | {"users": users, "id": "mine"} | other)
        assert (status, answer["error"]["code"]) == (409, "id_taken")
    assert (await colleague.json("GET", PATH))[1]["notifications"] == []
    assert (await teacher.json("GET", PATH))[1]["unread"] == 1
    for wrong in ("", "x" * 101, 7):
        assert (await other_system.json("POST", PATH, HELLO | {"user": users[0], "id": wrong}))[0] == 422


@pytest.mark.gen_test
async def test_the_same_sent_twice_at_one_moment_is_there_once(here, teacher, other_system):
    """Two of the sender's threads, or two nodes."""
    phone = here.connect(await here.services.accounts.identity_of(EMAIL))
    body = HELLO | {"user": await id_of(here), "id": "at once"}
    answers = await asyncio.gather(*(other_system.json("POST", PATH, body) for _ in range(4)))
    assert {status for status, _ in answers} == {201}
    assert len((await teacher.json("GET", PATH))[1]["notifications"]) == len(phone.transport.sent) == 1


@pytest.mark.gen_test
async def test_unknown_users_are_named_and_nothing_is_stored(here, teacher, other_system):
    nobody = str(uuid.uuid4())
    status, answer = await other_system.json("POST", PATH, HELLO | {"users": [await id_of(here), nobody]})
    assert (status, fields_of(answer)) == (422, ["users"])
    assert nobody in answer["error"]["details"][0]["reason"]
    assert (await teacher.json("GET", PATH))[1]["notifications"] == []


@pytest.mark.gen_test
async def test_a_body_that_is_wrong_is_told_where(here, teacher, other_system):
    ada = await id_of(here)
    wrong = {
        "type": HELLO | {"user": ada, "type": ""},
        "payload": HELLO | {"user": ada, "payload": [1]},
        "users": HELLO,
        "user": HELLO | {"user": "ada"},
        "users[1]": HELLO | {"users": [ada, "x"]},
        "more": HELLO | {"user": ada, "more": 1},
    }
    for field, body in wrong.items():
        status, answer = await other_system.json("POST", PATH, body)
        assert (status, fields_of(answer)) == (422, [field])
    both = HELLO | {"user": ada, "users": [ada]}
    assert (await other_system.json("POST", PATH, both))[0] == 422
    assert (await other_system.json("POST", PATH, HELLO | {"users": [ada] * 1001}))[0] == 422
    large = HELLO | {"user": ada, "payload": {"text": "é" * 9000}}
    status, answer = await other_system.json("POST", PATH, large)
    assert (status, fields_of(answer)) == (422, ["payload"])
    assert (await teacher.json("GET", PATH))[1]["notifications"] == []


@pytest.mark.gen_test
async def test_only_the_service_token_sends(here, teacher, web):
    """Not a teacher's, not none, not nearly."""
    body = HELLO | {"user": await id_of(here)}
    for token in (None, teacher.token, TOKEN[:-1], TOKEN + "x", ""):
        web.token = token
        status, answer = await web.json("POST", PATH, body)
        assert (status, answer["error"]["code"]) == (401, "unauthorized")


@pytest.mark.gen_test
async def test_the_service_token_is_nobodys_sign_in(other_system):
    assert (await other_system.json("GET", PATH))[0] == 401
    assert (await other_system.json("GET", "/api/v1/quizzes"))[0] == 401


@pytest.mark.gen_test
async def test_participants_have_no_list(here, teacher, web):
    host = await here.services.accounts.identity_of(EMAIL)
    room = await here.room(host, {"kind": "info", "prompt": "x"})
    web.token = (await here.services.participants.join(room["pin"], "Mia"))["token"]
    assert (await web.json("GET", PATH))[0] == 403
    assert (await web.json("POST", PATH + "/read", {"all": True}))[0] == 403


@pytest.mark.gen_test
async def test_what_was_read_is_told_to_all_devices(here, teacher, other_system):
    """With what is left unread; what changes nothing is told to nobody, and others' ids change nothing."""
    ada = await here.services.accounts.identity_of(EMAIL)
    phone, laptop = here.connect(ada), here.connect(ada)
    first, second = [await send(other_system, ada.id) for _ in range(2)]
    assert len(phone.transport.sent) == 2
    _, answer = await teacher.json("POST", PATH + "/read", {"ids": [first, str(uuid.uuid4())]})
    assert answer == {"unread": 1}
    told = f'{{"jsonrpc":"2.0","method":"notifications.read","params":{{"ids":["{first}"],"unread":1}}}}'
    assert phone.transport.sent[2:] == laptop.transport.sent[2:] == [told]
    here.clock.advance(1)
    assert (await teacher.json("POST", PATH + "/read", {"ids": [first]}))[1] == {"unread": 1}
    assert len(phone.transport.sent) == 3
    assert (await teacher.json("POST", PATH + "/read", {"all": True}))[1] == {"unread": 0}
    _, listed = await teacher.json("GET", PATH)
    read_at = {each["id"]: each["read_at"] for each in listed["notifications"]}
    assert read_at == {first: here.clock.now_ms() - 1000, second: here.clock.now_ms()}
    for wrong in ({}, {"ids": [first], "all": True}, {"ids": []}, {"ids": ["x"]}, {"all": False}):
        assert (await teacher.json("POST", PATH + "/read", wrong))[0] == 422


@pytest.mark.gen_test
async def test_nobody_reads_anothers(here, teacher, colleague, other_system):
    sent = await send(other_system, await id_of(here))
    assert (await colleague.json("POST", PATH + "/read", {"ids": [sent]}))[1] == {"unread": 0}
    assert (await teacher.json("GET", PATH))[1]["unread"] == 1


@pytest.mark.gen_test
async def test_of_too_many_the_oldest_go_read_ones_first(here, teacher, other_system, monkeypatch):
    """Those unread stay for as long as there are read ones to go."""
    monkeypatch.setattr(queries, "KEPT", 3)
    ada, sent = await id_of(here), []
    for number in range(3):
        here.clock.advance(1)
        sent.append(await send(other_system, ada, payload={"n": number}))
    await teacher.json("POST", PATH + "/read", {"ids": [sent[1]]})
    for number in range(3, 5):
        here.clock.advance(1)
        sent.append(await send(other_system, ada, payload={"n": number}))
    _, listed = await teacher.json("GET", PATH)
    assert [each["payload"]["n"] for each in listed["notifications"]] == [4, 3, 2]
