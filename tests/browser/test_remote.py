"""The host page on a phone: one thumb drives, beside a desktop that drives too; the key is behind a tap."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, sign_in, start_room, upload
from browser_measure import OVERFLOW
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import PHONE, Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_drives_beside_a_desktop(service: Service, visitors: Visitors, scheme: str) -> None:
    """Start, who is missing, key, close, next: on both the same room, whoever moved it last."""
    base = f"http://127.0.0.1:{service.port}"
    desktop = visitors.arrive("desktop", color_scheme=scheme)
    sign_in(desktop, base, TEACHER, PASSWORD)
    upload(desktop, base, SHORT)
    host = start_room(desktop, read_time_s="0", close_when_all_answered="off")
    phone = visitors.arrive("remote", PHONE, has_touch=True, is_mobile=True, color_scheme=scheme)
    sign_in(phone, base, TEACHER, PASSWORD)
    phone.goto(f"{base}/host/{host.pin}")
    remote = Host(phone)
    expect(remote.stage.root).to_be_hidden()
    for name in ("Ada", "Bo"):
        student = Student(visitors.student(name), name)
        student.scan(base, host.pin)
        student.take_seat()
    remote.step("Start")
    for each in (host, remote):
        each.expect_phase("Question 1 of 2 is open")
    question = SHORT["questions"][0]
    expect(phone.locator("#prompt")).to_have_text(question["prompt"])
    phone.locator("#missing summary").tap()
    expect(phone.locator("#missing li")).to_have_text(["Ada", "Bo"])
    student.choose(question["choices"][0]["text"])
    expect(phone.locator("#missing li")).to_have_text(["Ada"])
    right = next(choice["text"] for choice in question["choices"] if choice.get("correct"))
    expect(phone.locator("#key")).not_to_contain_text(right)
    phone.locator("#key summary").tap()
    expect(phone.locator("#key [data-slot=key]")).to_contain_text(right)
    check_page(phone)
    check_page(desktop)
    remote.step("Close")
    host.expect_phase("Question 1 of 2 is closed")
    host.press("ArrowRight", "Standings after question 1 of 2")
    remote.expect_phase("Standings after question 1 of 2")
    remote.step("Next question")
    for each in (host, remote):
        each.expect_phase("Question 2 of 2 is open")
    expect(phone.locator("#key [data-slot=key]")).to_be_hidden()
    check_page(phone)


def check_page(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate(OVERFLOW) == []
    step = page.locator("#step").bounding_box()
    assert step is not None
    assert step["y"] + step["height"] <= page.evaluate("innerHeight"), "what comes next is in reach"
