"""POST /api/v1/tickets: for everyone who may open a socket."""

import pytest
from sample_rooms import SINGLE


@pytest.mark.gen_test
async def test_everyone_who_may_open_a_socket_gets_a_ticket(here, teacher, web):
    """Account, participant and screen; it says whose it is."""
    host = await here.services.accounts.identity_of("ada@school.example")
    room = await here.room(host, SINGLE)
    seat = await here.services.participants.join(room["pin"], "Mia")
    screen = await here.services.rooms.screen(host, room["id"])
    expected = {teacher.token: host.id, seat["token"]: seat["participant"]["id"], screen["token"]: host.id}
    for token, id in expected.items():
        web.token = token
        status, answer = await web.json("POST", "/api/v1/tickets")
        assert (status, list(answer)) == (201, ["ticket"])
        assert (await here.services.tickets.redeem(answer["ticket"])).id == id


@pytest.mark.gen_test
async def test_a_browser_gets_one_with_its_form_token(signed_in):
    """As for every change: the cookie alone does not do, another page could send it."""
    response = await signed_in.fetch("POST", "/api/v1/tickets", b"")
    assert response.code == 403
    response = await signed_in.fetch("POST", "/api/v1/tickets", b"", X_XSRFToken=signed_in.xsrf)
    assert response.code == 201


@pytest.mark.gen_test
async def test_without_a_sign_in_that_counts_there_is_no_ticket(here, teacher, web):
    """401, also for who has just signed out, and for a ticket: it is no token."""
    assert (await web.json("POST", "/api/v1/tickets"))[0] == 401
    _, answer = await teacher.json("POST", "/api/v1/tickets")
    await teacher.json("POST", "/api/v1/logout")
    assert (await teacher.json("POST", "/api/v1/tickets"))[0] == 401
    web.token = answer["ticket"]
    assert (await web.json("POST", "/api/v1/tickets"))[0] == 401
