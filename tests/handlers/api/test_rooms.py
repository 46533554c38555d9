"""Rooms over HTTP: made, found, joined, read."""

import json
import uuid

import pytest
from sample_rooms import SINGLE
from web import Web, fields_of

QUIZ = {"title": "Sums", "questions": [SINGLE]}


async def room_of(teacher: Web, **settings) -> dict:
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    status, room = await teacher.json("POST", "/api/v1/rooms", {"quiz_id": quiz["id"], "settings": settings})
    assert status == 201, room
    return room


@pytest.mark.gen_test
async def test_a_room_has_a_pin_and_an_address(teacher, web):
    """And everybody with the PIN may see what it is."""
    room = await room_of(teacher)
    assert room["join_url"] == f"http://quiz.example/j/{room['pin']}"
    assert set(room) == {"id", "pin", "join_url", "epoch"}
    public = {"pin": room["pin"], "title": "Sums", "phase": "LOBBY", "locked": False, "participants": 0}
    assert await web.json("GET", f"/api/v1/rooms/{room['pin']}") == (200, public)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "quiz_id"),
        ({"quiz_id": "x"}, "quiz_id"),
        ({"quiz_id": str(uuid.UUID(int=1)), "settings": []}, "settings"),
        ({"quiz_id": str(uuid.UUID(int=1)), "colour": "red"}, "colour"),
        ({"quiz_id": str(uuid.UUID(int=1)), "settings": {"read_time_s": -1}}, "settings.read_time_s"),
        ({"quiz_id": str(uuid.UUID(int=1)), "settings": {"scoring": "luck"}}, "settings.scoring"),
    ],
)
@pytest.mark.gen_test
async def test_a_wrong_setting_is_named(teacher, body, field):
    """By its path."""
    status, answer = await teacher.json("POST", "/api/v1/rooms", body)
    assert (status, fields_of(answer)) == (422, [field])


@pytest.mark.gen_test
async def test_a_room_is_made_from_ones_own_quiz(teacher, colleague):
    """Not from another's, and not from none."""
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", QUIZ)
    assert (await colleague.json("POST", "/api/v1/rooms", {"quiz_id": quiz["id"]}))[0] == 403
    assert (await teacher.json("POST", "/api/v1/rooms", {"quiz_id": str(uuid.uuid4())}))[0] == 404


@pytest.mark.gen_test
async def test_every_unknown_pin_looks_the_same(web):
    """Also one that could not be a PIN."""
    answers = [
        await web.fetch("GET", f"/api/v1/rooms/{pin}") for pin in ("999999", "12", "abcdef", "%C2%B2", "1" * 500)
    ]
    assert {(answer.code, answer.body) for answer in answers} == {(404, answers[0].body)}


@pytest.mark.gen_test
async def test_a_seat_is_taken_once_for_each_client(teacher, web):
    """A lost reply does no harm."""
    path = f"/api/v1/rooms/{(await room_of(teacher))['pin']}/participants"
    body = {"nickname": " Mia ", "client_id": "phone-1"}
    status, seat = await web.json("POST", path, body)
    assert (status, seat["participant"]["nickname"]) == (201, "Mia")
    status, again = await web.json("POST", path, body)
    assert (status, again["participant"]) == (201, seat["participant"])
    status, answer = await web.json("POST", path, {"nickname": "MIA"})
    assert (status, answer["error"]["code"]) == (409, "name_taken")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "nickname"),
        ({"nickname": ""}, "nickname"),
        ({"nickname": "x" * 25}, "nickname"),
        ({"nickname": "a\u202eb"}, "nickname"),
        ({"nickname": "Mia", "client_id": 7}, "client_id"),
        ({"nickname": "Mia", "room": 1}, "room"),
    ],
)
@pytest.mark.gen_test
async def test_a_nickname_that_cannot_be_is_explained(teacher, web, body, field):
    """Field and reason."""
    room = await room_of(teacher)
    status, answer = await web.json("POST", f"/api/v1/rooms/{room['pin']}/participants", body)
    assert (status, fields_of(answer)) == (422, [field])


@pytest.mark.gen_test
async def test_a_locked_room_is_423_and_one_that_is_over_410(teacher, web, here):
    """For whoever comes new."""
    room = await room_of(teacher)
    path = f"/api/v1/rooms/{room['pin']}"
    await here.services.transitions.command(room["id"], "room.lock", locked=True)
    status, answer = await web.json("POST", path + "/participants", {"nickname": "Mia"})
    assert (status, answer["error"]["code"]) == (423, "room_locked")
    assert (await web.json("GET", path))[1]["locked"] is True
    await here.services.transitions.command(room["id"], "room.end")
    for answer in (await web.json("GET", path), await web.json("POST", path + "/participants", {"nickname": "Mia"})):
        assert (answer[0], answer[1]["error"]["code"]) == (410, "room_over")


@pytest.mark.gen_test
async def test_only_the_owner_reads_what_is_in_a_room(teacher, colleague, web, here):
    """Names, events, results, the projector's address."""
    room = await room_of(teacher)
    base = f"/api/v1/rooms/{room['id']}"
    await web.json("POST", f"/api/v1/rooms/{room['pin']}/participants", {"nickname": "Mia"})
    calls = [("GET", f"{base}/{name}") for name in ("participants", "events", "results", "results.json", "results.csv")]
    calls.append(("POST", f"{base}/screen"))
    for method, path in calls:
        assert (await teacher.fetch(method, path)).code == 200
        assert (await colleague.fetch(method, path)).code == 403
        assert (await web.fetch(method, path)).code == 401
        assert (await teacher.fetch(method, path.replace(room["id"], str(uuid.uuid4())))).code == 404


@pytest.mark.gen_test
async def test_a_screen_is_opened_by_a_token_behind_the_hash(teacher, here):
    """Where no server and no log sees it."""
    room = await room_of(teacher)
    _, screen = await teacher.json("POST", f"/api/v1/rooms/{room['id']}/screen")
    assert screen["url"] == f"http://quiz.example/screen/{room['pin']}#token={screen['token']}"
    assert (await here.services.accounts.authenticate(screen["token"])).role == "screen"


@pytest.mark.gen_test
async def test_results_come_as_json_and_as_a_table(teacher, web):
    """The same under two addresses; the table opens in a spreadsheet as it is."""
    room = await room_of(teacher)
    await web.json("POST", f"/api/v1/rooms/{room['pin']}/participants", {"nickname": "Zoë"})
    base = f"/api/v1/rooms/{room['id']}/results"
    _, results = await teacher.json("GET", base)
    assert (await teacher.json("GET", base + ".json"))[1] == results
    assert [person["nickname"] for person in results["participants"]] == ["Zoë"]
    table = await teacher.fetch("GET", base + ".csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert table.body.startswith(b"\xef\xbb\xbf")
    assert "Zoë" in table.body.decode("utf-8-sig")


class TestFloods:
    """Guessing PINs gets nowhere, and a flood fills one room slowly."""

    @pytest.fixture
    def config_values(self):
        return {"rate_limit_join": "3/minute"}

    @pytest.mark.gen_test
    async def test_guessing_ends(self, teacher, web, here):
        """Then even a right one is not told; right ones before cost nothing."""
        room = await room_of(teacher)
        limits = here.services.limits
        for _ in range(3):
            assert (await web.fetch("GET", f"/api/v1/rooms/{room['pin']}")).code == 200
        for path in ("/api/v1/rooms/1", "/j/2", "/?pin=3"):
            response = await web.fetch("GET", path)
            assert response.code == 404
            assert "X-RateLimit-Remaining" in response.headers
        while limits.count_wrong_pin("127.0.0.1").remaining:
            pass
        for path in ("/api/v1/rooms/4", f"/api/v1/rooms/{room['pin']}", f"/j/{room['pin']}", f"/?pin={room['pin']}"):
            response = await web.fetch("GET", path)
            assert response.code == 429
            assert "Retry-After" in response.headers

    @pytest.mark.gen_test
    async def test_joining_is_counted_for_each_room(self, teacher, web):
        """The fourth of three is told to wait."""
        room = await room_of(teacher)
        path = f"/api/v1/rooms/{room['pin']}/participants"
        codes = [(await web.json("POST", path, {"nickname": f"bot{n}"}))[0] for n in range(4)]
        assert codes == [201, 201, 201, 429]


@pytest.mark.gen_test
async def test_the_event_log_can_be_read_from_anywhere(teacher, here):
    """In order, with dense numbers."""
    room = await room_of(teacher, read_time_s=0)
    await here.services.transitions.command(room["id"], "room.start")
    _, log = await teacher.json("GET", f"/api/v1/rooms/{room['id']}/events")
    assert [event["seq"] for event in log["events"]] == list(range(1, len(log["events"]) + 1))
    last = log["events"][-1]["seq"]
    assert (await teacher.json("GET", f"/api/v1/rooms/{room['id']}/events?after={last}"))[1]["events"] == []
    assert json.dumps(log).count('"method"') == len(log["events"])


@pytest.mark.gen_test
async def test_an_admin_may_look(here, teacher, http_client, base_url):
    """Into a room that is somebody else's."""
    room = await room_of(teacher)
    await here.services.accounts.create("root@school.example", "Root", "admin", "correct horse")
    token, _ = await here.services.accounts.login("root@school.example", "correct horse")
    admin = Web(http_client, base_url, token)
    assert (await admin.fetch("GET", f"/api/v1/rooms/{room['id']}/results")).code == 200


@pytest.mark.gen_test
async def test_a_room_that_is_over_can_be_deleted_and_brought_back(teacher, colleague, here):
    """Not while it runs, not by others; the same calls again find nothing."""
    room = await room_of(teacher)
    path = f"/api/v1/rooms/{room['id']}"
    assert (await teacher.json("DELETE", path))[0] == 409
    await here.services.transitions.command(room["id"], "room.end")
    assert (await colleague.json("DELETE", path))[0] == 403
    assert await teacher.json("DELETE", path) == (204, None)
    assert [(await teacher.json("DELETE", path))[0], (await teacher.json("GET", path + "/results"))[0]] == [404, 404]
    assert (await colleague.json("POST", path + "/restore"))[0] == 403
    assert await teacher.json("POST", path + "/restore") == (204, None)
    assert (await teacher.json("POST", path + "/restore"))[0] == 404
    assert (await teacher.json("GET", path + "/results"))[0] == 200


@pytest.mark.gen_test
async def test_names_can_be_removed(teacher, colleague, here):
    """Once the room is over, by its owner."""
    room = await room_of(teacher)
    path = f"/api/v1/rooms/{room['id']}"
    await here.seat(room["pin"], "Zoë")
    assert (await teacher.json("POST", path + "/anonymise"))[0] == 409
    await here.services.transitions.command(room["id"], "room.end")
    assert (await colleague.json("POST", path + "/anonymise"))[0] == 403
    assert await teacher.json("POST", path + "/anonymise") == (204, None)
    _, results = await teacher.json("GET", path + "/results")
    assert [person["nickname"] for person in results["participants"]] == ["Participant 1"]


@pytest.mark.gen_test
async def test_names_are_offered_and_taken(teacher, web):
    """To everybody with the PIN; a name of one's own is refused where they are made."""
    room = await room_of(teacher, nicknames="generated")
    path = f"/api/v1/rooms/{room['pin']}"
    status, answer = await web.json("GET", f"{path}/names?client_id=phone")
    assert (status, len(answer["names"])) == (200, 6)
    body = {"nickname": "Ada", "client_id": "phone"}
    status, refused = await web.json("POST", f"{path}/participants", body)
    assert (status, fields_of(refused)) == (422, ["nickname"])
    status, seat = await web.json("POST", f"{path}/participants", body | {"nickname": answer["names"][2]})
    assert (status, seat["participant"]["nickname"]) == (201, answer["names"][2])
    status, refused = await web.json("GET", f"{path}/names?client_id={'x' * 65}")
    assert (status, fields_of(refused)) == (422, ["client_id"])
    assert (await web.json("GET", "/api/v1/rooms/000000/names?client_id=phone"))[0] == 404


@pytest.mark.gen_test
async def test_who_is_asked_gives_another_name(teacher, web, here):
    """And nobody else: not without a token, not from another room, not unasked."""
    room, other = await room_of(teacher), await room_of(teacher)
    path, body = f"/api/v1/rooms/{room['pin']}/nickname", {"nickname": "Bea"}
    _, seat = await web.json("POST", f"/api/v1/rooms/{room['pin']}/participants", {"nickname": "Ada"})
    assert (await web.json("PUT", path, body))[0] == 401
    assert (await teacher.json("PUT", path, body))[0] == 403
    web.token = seat["token"]
    assert (await web.json("PUT", path, body))[0] == 403
    live = await here.services.live.by_pin(room["pin"])
    await here.services.participants.names.ask(live, seat["participant"]["id"])
    assert (await web.json("PUT", f"/api/v1/rooms/{other['pin']}/nickname", body))[0] == 403
    assert fields_of((await web.json("PUT", path, {"nickname": "x" * 25}))[1]) == ["nickname"]
    assert await web.json("PUT", path, body) == (200, {"participant": seat["participant"] | body})


@pytest.mark.gen_test
async def test_the_notes_of_a_round_are_the_hosts_alone(teacher, colleague, web, here):
    """Key, its words, notes and who is missing, while the round is open; not even an admin, and no participant."""
    question = SINGLE | {"notes": "Wait."}
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", {"title": "Sums", "questions": [question]})
    _, room = await teacher.json("POST", "/api/v1/rooms", {"quiz_id": quiz["id"], "settings": {"read_time_s": 0}})
    path = f"/api/v1/rooms/{room['id']}/rounds/1/notes"
    ada, _ = await here.seat(room["pin"], "Ada")
    await here.seat(room["pin"], "Bo")
    expected = {"key": {"choices": [1]}, "told": "4", "notes": "Wait.", "transcript": "", "missing": ["Ada", "Bo"]}
    assert await teacher.json("GET", path) == (200, expected)
    await here.services.transitions.command(room["id"], "room.start")
    await here.answer(room["pin"], ada, 1, {"choices": [0]})
    assert await teacher.json("GET", path) == (200, expected | {"missing": ["Bo"]})
    await here.admin()
    root = {"email": "root@school.example", "password": "a long password"}
    _, signed_in = await web.json("POST", "/api/v1/login", root)
    assert (await web.json("GET", path))[0] == 401
    for token in (signed_in["token"], (await here.services.participants.join(room["pin"], "Cy"))["token"]):
        web.token = token
        assert (await web.json("GET", path))[0] == 403
    assert (await colleague.json("GET", path))[0] == 403
    for number in ("0", "2", "x", "-1", "9999999"):
        assert (await teacher.json("GET", path.replace("/1/", f"/{number}/")))[0] == 404
