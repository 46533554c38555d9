"""What stands between the host and the room: dialogs that ask and give the focus back; and taps that came too early."""

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, sign_in, start_room, upload
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

# What a finger would hit at the first choice in the moment in which it is there.
FIRST_HIT = """
  addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    const choice = document.querySelector(".answers .answer");
    if (!choice || window.hit) return;
    const { x, y, width, height } = choice.getBoundingClientRect();
    window.hit = document.elementFromPoint(x + width / 2, y + height / 2).closest("button") ? "a choice" : "nothing";
  }).observe(document.body, {childList: true, subtree: true}));
"""


def lesson(service: Service, visitors: Visitors, *names: str) -> tuple[Page, Host, list[Student]]:
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, SHORT)
    host = start_room(page, read_time_s="0")
    students = []
    for name in names:
        phone = visitors.student(name)
        phone.add_init_script(FIRST_HIT)
        students.append(Student(phone, name))
        students[-1].scan(base, host.pin)
        students[-1].take_seat()
    host.expect_names(*names)
    return page, host, students


def test_dialogs_give_the_focus_back(service: Service, visitors: Visitors) -> None:
    """By keyboard to where it was, or to the next in the list; after a click to nothing, so that Space goes on."""
    page, host, _ = lesson(service, visitors, "Ada", "Bo")
    people = page.locator("#people")
    dialog = page.get_by_role("dialog")
    people.locator("summary").press("Enter")
    first, second = (page.get_by_role("button", name=f"Remove {name}") for name in ("Ada", "Bo"))
    first.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Remove", exact=True).press("Enter")
    expect(first).to_have_count(0)
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Remove", exact=True).press("Enter")
    expect(people.locator("summary")).to_be_focused()
    for name in ("End the room", "Use your phone as remote"):
        button = page.get_by_role("button", name=name)
        button.press("Enter")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        button.click()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.locator("body")).to_be_focused()
    host.press(" ", "Question 1 of 2 is open")


def test_a_tap_for_what_stood_there_before_is_no_answer(service: Service, visitors: Visitors) -> None:
    """In the first moments the choices take no finger; then they do."""
    _, host, (ada,) = lesson(service, visitors, "Ada")
    host.press(" ", "Question 1 of 2 is open")
    ada.page.wait_for_function("window.hit")
    assert ada.page.evaluate("window.hit") == "nothing"
    ada.choose("Canberra")
    expect(ada.verdict).to_have_text("That's right")
