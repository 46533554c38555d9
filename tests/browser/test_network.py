"""A phone on a network that comes and goes: it neither gives up nor forgets."""

from collections.abc import Callable

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, sign_in, start_room, upload
from browser_network import Wire
from browser_quiz import CAPITAL, SHORT
from browser_student import Student
from browser_visitors import CUT_OFF, Visitors
from playwright.sync_api import Request, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


SCALE = {"kind": "scale", "prompt": "How sure are you?", "min": 1, "max": 5, "labels": {"min": "", "max": ""}}
CHOICES_THEN_SCALE = {"title": "Two kinds", "questions": [CAPITAL, SCALE | {"time_limit_s": None}]}
ABORTED = "net::ERR_FAILED"


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


def open_the_scale(visitors: Visitors, base: str) -> Host:
    """A room in its second round, which is of another kind than the first."""
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, CHOICES_THEN_SCALE)
    host = start_room(page, read_time_s="0", close_when_all_answered="off")
    host.press(" ", "Question 1 of 2 is open")
    host.press(" ", "Question 1 of 2 is closed")
    host.press(" ", "Standings after question 1 of 2")
    host.press(" ", "Question 2 of 2 is open")
    return host


def answer_the_scale(student: Student) -> None:
    expect(student.receipt).to_contain_text("Choose a step.")
    student.page.locator(".scale-step").nth(3).tap()
    student.send()
    student.expect_stored()


def test_who_comes_late_loads_what_the_round_needs(service: Service, visitors: Visitors) -> None:
    """Nothing of another kind comes before the question on stage can be answered; the next one comes by itself."""
    base = f"http://127.0.0.1:{service.port}"
    host = open_the_scale(visitors, base)
    mia = Student(visitors.student("Mia"), "Mia")
    asked: list[str] = []
    mia.page.on("request", lambda request: asked.append(request.url))
    mia.scan(base, host.pin)
    mia.page.locator("template#scale").wait_for(state="attached")
    assert [url for url in asked if "choices" in url or "single" in url] == []
    mia.give_name()
    answer_the_scale(mia)
    mia.page.locator("template#choice").wait_for(state="attached")


def test_a_kind_that_does_not_come_is_asked_for_again(service: Service, visitors: Visitors) -> None:
    """Said to whoever waits; neither its part of the page nor a script of it that was lost keeps anybody out."""
    base = f"http://127.0.0.1:{service.port}"
    host = open_the_scale(visitors, base)
    mia = Student(visitors.student("Mia", allowed=[ABORTED]), "Mia")
    is_lost = True

    def carry(route: Route) -> None:
        if is_lost:
            route.abort()
        else:
            route.continue_()

    mia.page.route("**/play/scale.html", carry)
    mia.page.route("**/kinds/scale.js", lambda route: route.abort(), times=1)
    mia.scan(base, host.pin)
    mia.give_name()
    expect(mia.page.get_by_text("It takes longer than it should. Trying again…")).to_be_visible()
    is_lost = False
    answer_the_scale(mia)
    # A page that the service has outgrown: what comes does not know the kind, and only a new page does.
    lea = Student(visitors.student("Lea"), "Lea")
    lea.page.route("**/kinds/scale.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    lea.scan(base, host.pin)
    lea.give_name()
    expect(lea.page.get_by_role("heading", name="This page lost its place.")).to_be_visible()
    lea.page.unroute("**/kinds/scale.js")
    lea.page.get_by_role("button", name="Try again").tap()
    answer_the_scale(lea)
