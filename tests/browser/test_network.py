"""A phone on a network that comes and goes: it neither gives up nor forgets."""

from collections.abc import Callable

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import sign_in, start_room, upload
from browser_network import Wire
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import CUT_OFF, Visitors
from playwright.sync_api import Request, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


def is_renewal(request: Request) -> bool:
    """The call for a new token, which the page makes when the socket is refused several times."""
    return request.url.endswith("/participants")


def test_an_answer_outlives_a_network_that_flaps(
    service: Service, visitors: Visitors, lay_wire: Callable[[int], Wire]
) -> None:
    """Woken again and again without a network, the page still sends the kept answer when it is back.

    It once gave up when its second call for a new token came within ten seconds of the first, both unheard.
    """
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, SHORT)
    host = start_room(page, read_time_s="0")
    wire = lay_wire(service.port)
    mia = Student(visitors.student("Mia", allowed=[CUT_OFF]), "Mia")
    mia.scan(f"http://127.0.0.1:{wire.port}", host.pin)
    mia.take_seat()
    host.press(" ", "Question 1 of 2 is open")
    wire.cut()
    mia.choose("Canberra")
    for _ in range(2):
        with mia.page.expect_event("requestfailed", is_renewal):
            mia.page.evaluate("dispatchEvent(new Event('online'))")
    expect(mia.page.get_by_text("This page lost its place.")).to_have_count(0)
    expect(mia.receipt).to_have_attribute("data-state", "waiting")
    wire.mend()
    host.expect_phase("Question 1 of 2 is closed")
    expect(mia.verdict).to_have_text("That's right")
    assert host.stage.counts()["Canberra"] == 1
