"""A short run under the machine's own address on the network: plain http, no secure context, as in most classrooms."""

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import sign_in, start_room, upload
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import Visitors
from playwright.sync_api import expect

from cli.lan import lan_address

pytestmark = [pytest.mark.browser, pytest.mark.process]


def test_a_short_run_over_the_network_address(service: Service, visitors: Visitors) -> None:
    """What only secure contexts have is missed by nobody: join, answer, receipt, reload, results."""
    address = lan_address()
    if address == "localhost":
        pytest.xfail("this machine has no address but the loopback, so there is no LAN to play over")
    base = f"http://{address}:{service.port}"
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    assert page.evaluate("window.isSecureContext") is False, "this address was to be no secure context"
    upload(page, base, SHORT)
    host = start_room(page)
    assert f"{address}:{service.port}" in host.stage.root.locator(".lobby-address").inner_text()
    students = [Student(visitors.student(name), name) for name in ("Mia", "Noor")]
    for student in students:
        student.scan(base, host.pin)
        assert student.page.evaluate("window.isSecureContext") is False
        student.take_seat()
    host.press(" ", "Question 1 of 2: reading time")
    host.press(" ", "Question 1 of 2 is open")
    students[0].choose("Canberra")
    students[0].expect_stored()
    students[0].page.reload()
    students[0].expect_stored()
    students[1].choose("Perth")
    host.expect_phase("Question 1 of 2 is closed")
    expect(students[0].verdict).to_have_text("That's right")
    expect(students[1].verdict).to_have_text("Not this time")
    host.page.locator("#end").click()
    host.page.get_by_role("dialog").get_by_role("button", name="End the room").click()
    host.expect_phase("The room is over")
    assert [student.final()[0] for student in students] == [1, 2]
    host.page.get_by_role("link", name="See the results").click()
    expect(host.page.locator("#matrix tbody tr")).to_have_count(2)
