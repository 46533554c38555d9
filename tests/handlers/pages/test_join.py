"""The students' doors: the PIN page and the room's own address."""

import pytest
from sample_rooms import INFO, SINGLE


@pytest.mark.gen_test
async def test_the_first_page_asks_for_the_pin(web):
    """Without an account, and without a mistake on it."""
    response = await web.page("/")
    assert response.code == 200
    assert b'name="pin"' in response.body


@pytest.mark.parametrize("typed", ["{}", "+{}+", "{:.3}-{:.0}"])
@pytest.mark.gen_test
async def test_a_right_pin_leads_to_its_room(web, here, typed):
    """However it was typed, before the script has loaded."""
    room = await here.room(await here.teacher(), SINGLE)
    pin = room["pin"]
    typed = f"{pin[:3]}-{pin[3:]}" if "-" in typed else typed.format(pin)
    response = await web.fetch("GET", f"/?pin={typed}")
    assert (response.code, response.headers["Location"]) == (302, f"/j/{pin}")


@pytest.mark.parametrize(
    "path", ["/?pin=999999", "/j/999999", "/?pin=<script>", "/j/x%22%3E%3Cscript%3E", "/screen/999999"]
)
@pytest.mark.gen_test
async def test_a_wrong_pin_says_so_kindly(web, path):
    """On the page where it can be corrected; what was typed is text."""
    response = await web.fetch("GET", path.replace("<script>", "%3Cscript%3E"))
    assert response.code == 404
    assert "That PIN isn&#39;t in use right now. Check it with your teacher." in response.body.decode()
    assert b"<script>" not in response.body


@pytest.mark.gen_test
async def test_a_room_shows_its_title_as_text(web, here):
    """Whatever the author called it."""
    ada = await here.teacher()
    quiz = await here.services.desk.quizzes.create(ada, {"title": "<b>Sums</b>", "questions": [SINGLE]})
    room = await here.services.rooms.create(ada, quiz["id"], None)
    response = await web.fetch("GET", f"/j/{room['pin']}")
    assert response.code == 200
    assert b"<b>Sums" not in response.body


@pytest.mark.gen_test
async def test_a_page_knows_what_kinds_come_next(web, here):
    """From the round on that is on: those are brought in time."""
    room = await here.room(await here.teacher(), SINGLE, INFO)
    for move, kinds in (("room.start", "single info"), ("room.next", "single info"), ("round.close", "single info")):
        await here.services.transitions.command(room["id"], move)
        assert f'data-kinds="{kinds}"'.encode() in (await web.fetch("GET", f"/j/{room['pin']}")).body
    await here.services.transitions.command(room["id"], "room.next")
    assert b'data-kinds="info single"' in (await web.fetch("GET", f"/j/{room['pin']}")).body


@pytest.mark.gen_test
async def test_a_room_that_is_long_over_is_gone(web, here):
    """410, with a way on; those who were in it may reload for ten minutes."""
    room = await here.room(await here.teacher(), SINGLE)
    await here.services.transitions.command(room["id"], "room.end")
    assert (await web.fetch("GET", f"/?pin={room['pin']}")).code == 410
    assert (await web.fetch("GET", f"/j/{room['pin']}")).code == 200
    here.clock.advance(11 * 60)
    response = await web.fetch("GET", f"/j/{room['pin']}")
    assert response.code == 410
    assert b"This quiz is over" in response.body
