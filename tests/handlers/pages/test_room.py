"""The host's page and the projector's, and results while a room runs."""

import pytest
from sample_rooms import SINGLE
from web import EMAIL

from handlers.qr import qr_svg


async def room_of(here):
    return await here.room(await here.services.accounts.identity_of(EMAIL), SINGLE, read_time_s=0)


@pytest.mark.gen_test
async def test_the_host_page_has_a_code_of_its_own_address(signed_in, here):
    """For the teacher's phone, which signs in there: the code holds no token."""
    room = await room_of(here)
    response = await signed_in.page(f"/host/{room['pin']}")
    assert qr_svg(f"http://quiz.example/host/{room['pin']}") in response.body.decode()


@pytest.mark.gen_test
async def test_the_host_sees_pin_address_and_code(signed_in, here):
    """The QR code is drawn into the page."""
    room = await room_of(here)
    response = await signed_in.page(f"/host/{room['pin']}")
    page = response.body.decode()
    assert response.code == 200
    assert room["pin"] in page.replace(" ", "")
    assert "quiz.example" in page
    assert "<svg" in page
    assert room["id"] in page


@pytest.mark.gen_test
async def test_a_screen_needs_no_account(web, signed_in, here):
    """Its token stands where no server sees it; without one it shows what everybody may know."""
    room = await room_of(here)
    for visitor in (web, signed_in):
        response = await visitor.page(f"/screen/{room['pin']}")
        assert response.code == 200
        assert room["pin"] in response.body.decode().replace(" ", "")


@pytest.mark.gen_test
async def test_the_owner_sees_a_room_that_is_over(signed_in, here):
    """Long after the others."""
    room = await room_of(here)
    await here.services.transitions.command(room["id"], "room.end")
    here.clock.advance(3600)
    for path in (f"/host/{room['pin']}", f"/screen/{room['pin']}", f"/rooms/{room['id']}/results"):
        assert (await signed_in.page(path)).code == 200


@pytest.mark.gen_test
async def test_the_results_are_a_matrix(signed_in, here):
    """Participants by questions; names as text."""
    room = await room_of(here)
    mia, _ = await here.seat(room["pin"], "<b>Mia")
    await here.seat(room["pin"], "Bo")
    await here.services.transitions.command(room["id"], "room.start")
    await here.answer(room["pin"], mia, 1, {"choices": [1]})
    await here.services.transitions.command(room["id"], "round.close")
    response = await signed_in.page(f"/rooms/{room['id']}/results")
    page = response.body.decode()
    assert response.code == 200
    assert "&lt;b&gt;Mia" in page
    assert "<b>Mia" not in page
    assert "2 + 2?" in page


@pytest.mark.parametrize("path", ["/host/999999", "/host/x", "/rooms/x/results", "/quizzes/x"])
@pytest.mark.gen_test
async def test_what_is_not_there_is_a_page(signed_in, path):
    """With a way back."""
    response = await signed_in.page(path)
    assert response.code == 404
    assert b"/quizzes" in response.body
