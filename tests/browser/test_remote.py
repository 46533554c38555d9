"""The host page on a phone: one thumb drives, beside a desktop that drives too; the key is behind a tap."""

import json

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, sign_in, start_room, upload
from browser_inspection import violations
from browser_measure import OVERFLOW, TARGET, TARGETS
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import PHONE, Visitors
from playwright.sync_api import Page, WebSocketRoute, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


def test_a_phone_drives_beside_a_desktop(service: Service, visitors: Visitors) -> None:
    """Start, who is missing, key, close, next: on both the same room, whoever moved it last."""
    base = f"http://127.0.0.1:{service.port}"
    desktop = visitors.arrive("desktop")
    sign_in(desktop, base, TEACHER, PASSWORD)
    upload(desktop, base, SHORT)
    host = start_room(desktop, read_time_s="0", close_when_all_answered="off")
    phone = visitors.arrive("remote", PHONE, has_touch=True, is_mobile=True)
    sign_in(phone, base, TEACHER, PASSWORD)
    phone.clock.install()
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
    # Whoever walks by later reads nothing; a second tap shows it again.
    phone.clock.fast_forward(15_000)
    expect(phone.locator("#key [data-slot=key]")).to_be_empty()
    expect(phone.locator("#key [data-slot=key]")).to_be_hidden()
    phone.locator("#key summary").tap()
    expect(phone.locator("#key [data-slot=key]")).to_contain_text(right)
    remote.step("Close")
    host.expect_phase("Question 1 of 2 is closed")
    host.press("ArrowRight", "Standings after question 1 of 2")
    remote.expect_phase("Standings after question 1 of 2")
    remote.step("Next question")
    for each in (host, remote):
        each.expect_phase("Question 2 of 2 is open")
    expect(phone.locator("#key [data-slot=key]")).to_be_hidden()
    check_page(phone)


def test_the_desktop_shows_the_way_to_the_remote(service: Service, visitors: Visitors) -> None:
    """A code to scan, and what to do then; on the phone there is nothing to scan."""
    page = visitors.arrive("desktop")
    sign_in(page, f"http://127.0.0.1:{service.port}", TEACHER, PASSWORD)
    upload(page, f"http://127.0.0.1:{service.port}", SHORT)
    host = start_room(page, read_time_s="0")
    page.get_by_role("button", name="Use your phone as remote").click()
    dialog = page.get_by_role("dialog", name="Your phone as remote")
    expect(dialog).to_contain_text("sign in there once with the account that you use here")
    expect(dialog.get_by_role("img", name="QR code of this page").locator("svg")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_be_hidden()
    host.press(" ", "Question 1 of 2 is open")
    page.set_viewport_size(PHONE)
    expect(page.locator("#remote")).to_be_hidden()


def test_two_remotes_with_a_tap_each_move_once(service: Service, visitors: Visitors) -> None:
    """Who comes second has not heard yet that the room has moved: it stays where it is, and nobody is told off."""
    base = f"http://127.0.0.1:{service.port}"
    desktop = visitors.arrive("desktop")
    sign_in(desktop, base, TEACHER, PASSWORD)
    upload(desktop, base, SHORT)
    host = start_room(desktop, read_time_s="0")
    held: list[tuple[WebSocketRoute, str]] = []
    is_slow = False

    def lag(page_side: WebSocketRoute) -> None:
        server = page_side.connect_to_server()

        def on_news(message: str | bytes) -> None:
            text = str(message)
            if is_slow and "id" not in json.loads(text):
                held.append((page_side, text))
            else:
                page_side.send(text)

        server.on_message(on_news)

    phone = visitors.arrive("remote", PHONE, has_touch=True, storage_state=desktop.context.storage_state())
    phone.route_web_socket("**/ws", lag)
    phone.goto(f"{base}/host/{host.pin}")
    remote = Host(phone)
    host.step("Start")
    remote.expect_phase("Question 1 of 2 is open")
    is_slow = True
    host.step("Close now")
    host.expect_phase("Question 1 of 2 is closed")
    remote.step("Close now")
    expect(phone.locator("#step")).to_have_attribute("aria-busy", "false")
    is_slow = False
    for page_side, text in held:
        page_side.send(text)
    for each in (host, remote):
        each.expect_phase("Question 1 of 2 is closed")
        expect(each.page.locator("#toasts")).to_be_empty()
    assert desktop.evaluate(EVENTS, host.room_id) == ["round.opened", "round.closed"]


EVENTS = """async (room) => {
  const {events} = await (await fetch(`/api/v1/rooms/${room}/events`)).json();
  return events.map(({method}) => method);
}"""


def check_page(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == []
    if page.viewport_size == PHONE:
        assert [target for target in page.evaluate(TARGETS) if target[1] < TARGET - 0.5] == []
    step = page.locator("#step").bounding_box()
    assert step is not None
    assert step["y"] + step["height"] <= page.evaluate("innerHeight"), "what comes next is in reach"
