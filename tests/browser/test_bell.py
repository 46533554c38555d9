"""The bell of signed-in people: what other systems say comes live, is read once for all, disturbs no lesson."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import sign_in, start_room, upload
from browser_inspection import violations
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_quiz import SHORT
from browser_visitors import LAPTOP, PHONE, REFUSED, Visitors
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

TOKEN = "what the other back end proves itself with"


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A process of each test's own, as the bell must begin empty."""
    service = Service(tmp_path_factory.mktemp("service"), {"HOST": "127.0.0.1", "SERVICE_TOKEN": TOKEN})
    service.prepare()
    service.start()
    yield service
    service.stop()


class Sender:
    """Another back end."""

    def __init__(self, service: Service) -> None:
        self._base = f"http://127.0.0.1:{service.port}/api/v1/"
        self._user = self._post("login", {"email": TEACHER, "password": PASSWORD})["user"]["id"]

    def send(self, type: str = "message", **payload: Any) -> None:  # noqa: A002 - the name in the API
        self._post("notifications", {"user": self._user, "type": type, "payload": payload})

    def _post(self, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
        request = urllib.request.Request(self._base + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=20) as reply:
            return json.load(reply)


def arrive(visitors: Visitors, service: Service, who: str, size: Any = LAPTOP, **options: Any) -> Page:
    page = visitors.arrive(who, size, **options)
    sign_in(page, f"http://127.0.0.1:{service.port}", TEACHER, PASSWORD)
    return page


def bell(page: Page) -> Locator:
    return page.locator(".bell-button")


def items(page: Page) -> Locator:
    return page.locator("#bell-panel .bell-item")


def expect_unread(page: Page, count: int) -> None:
    said = "Notifications" + (f", {count} unread" if count else "")
    expect(bell(page)).to_have_attribute("aria-label", said)
    expect(page.locator(".bell-count")).to_have_text(str(count))
    expect(page.locator(".bell-count")).to_be_visible(visible=count > 0)


def test_it_comes_live_and_is_read_on_all_devices(service: Service, visitors: Visitors) -> None:
    """The count rises on both, and falls on both when one has read."""
    sender = Sender(service)
    laptop = arrive(visitors, service, "laptop")
    phone = arrive(visitors, service, "phone", PHONE, has_touch=True, is_mobile=True)
    for page in (laptop, phone):
        expect_unread(page, 0)
        bell(page).click()
        expect(page.get_by_text("Nothing here yet.")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#bell-panel")).to_be_hidden()
        expect(bell(page)).to_be_focused()
    sender.send(title="Room 12 is free", text="You may move over.", link="/quizzes/import")
    sender.send("library.book_ready")
    for page in (laptop, phone):
        expect_unread(page, 2)
        bell(page).click()
        expect(items(page).locator("h3")).to_have_text(["Library book ready", "Room 12 is free"])
        expect(items(page).locator("time")).to_have_text(["now", "now"])
        expect(items(page).get_by_text("New", exact=True)).to_have_count(2)
    expect(laptop.locator(".bell [role=status]")).to_have_text("New notification: Library book ready")
    items(phone).last.get_by_role("button", name="Mark as read").tap()
    for page in (laptop, phone):
        expect_unread(page, 1)
        expect(items(page).last).to_have_attribute("data-read", "true")
        expect(items(page).last.get_by_text("New", exact=True)).to_be_hidden()
    laptop.get_by_role("button", name="Mark all as read").click()
    for page in (laptop, phone):
        expect_unread(page, 0)
        expect(page.get_by_role("button", name="Mark all as read")).to_be_hidden()
    items(laptop).last.get_by_role("link", name="Open").click()
    expect(laptop).to_have_url(re.compile("/quizzes/import$"))
    expect_unread(laptop, 0)


def test_what_it_leads_to_is_safe(service: Service, visitors: Visitors) -> None:
    """A script is no address, text is no markup, and another site learns nothing of ours."""
    sender = Sender(service)
    page = arrive(visitors, service, "laptop")
    sender.send(title="<b>Bold</b>", text="<img src=x onerror=alert(1)>", link="javascript:alert(1)")
    sender.send(title="Grades", link="https://grades.example/8b")
    expect_unread(page, 2)
    bell(page).click()
    expect(items(page).last.locator("h3")).to_have_text("<b>Bold</b>")
    expect(items(page).last.get_by_role("link")).to_have_count(0)
    link = items(page).first.get_by_role("link", name="Open")
    expect(link).to_have_attribute("href", "https://grades.example/8b")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")


def test_a_long_list_goes_on(service: Service, visitors: Visitors) -> None:
    sender = Sender(service)
    for number in range(25):
        sender.send(title=f"Number {number}")
    page = arrive(visitors, service, "laptop")
    expect_unread(page, 25)
    bell(page).click()
    expect(items(page)).to_have_count(20)
    page.get_by_role("button", name="Show older ones").click()
    expect(items(page)).to_have_count(25)
    expect(page.get_by_role("button", name="Show older ones")).to_be_hidden()


def test_a_list_that_cannot_be_had_says_so(service: Service, visitors: Visitors) -> None:
    """With a way to ask again."""
    page = visitors.arrive("laptop", allowed=[REFUSED.format(503)])
    address = re.compile("/api/v1/notifications")
    page.route(address, lambda route: route.fulfill(status=503, json={}))
    sign_in(page, f"http://127.0.0.1:{service.port}", TEACHER, PASSWORD)
    bell(page).click()
    expect(page.get_by_text("They can't be loaded right now.")).to_be_visible()
    page.unroute(address)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Nothing here yet.")).to_be_visible()


def test_it_does_not_disturb_a_lesson(service: Service, visitors: Visitors) -> None:
    """The number changes, and nothing else; keys that are meant for the panel do not move the room."""
    sender = Sender(service)
    page = arrive(visitors, service, "host")
    upload(page, f"http://127.0.0.1:{service.port}", SHORT)
    host = start_room(page, read_time_s="60")
    sender.send("announcement", text="The hall is free.")
    expect_unread(page, 1)
    expect(page.locator("#announcement")).to_be_hidden()
    expect(page.locator(".toast")).to_have_count(0)
    expect(page.locator(".bell [role=status]")).to_be_empty()
    bell(page).focus()
    page.keyboard.press("Enter")
    expect(items(page).locator("h3")).to_have_text(["Announcement"])
    expect(page.locator("#bell-title")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Mark all as read")).to_be_focused()
    page.keyboard.press(" ")
    expect_unread(page, 0)
    host.expect_phase("Waiting for people to join")
    page.keyboard.press("Escape")
    # The focus goes back to the bell before it is taken away: else it might come back after that.
    expect(bell(page)).to_be_focused()
    page.locator("h1").first.evaluate("element => document.activeElement.blur()")
    host.press(" ", "Question 1 of 2: reading time")


def test_a_key_in_the_very_moment_the_panel_opens_is_the_panels(service: Service, visitors: Visitors) -> None:
    """Before the page has heard that it is open: the host page took such a key, and the room moved on."""
    page = arrive(visitors, service, "host")
    upload(page, f"http://127.0.0.1:{service.port}", SHORT)
    host = start_room(page, read_time_s="60")
    was_left_alone = """() => {
        document.getElementById("bell-panel").showPopover();
        const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true });
        return document.activeElement.dispatchEvent(key);
    }"""
    assert page.evaluate(was_left_alone)
    host.expect_phase("Waiting for people to join")


def test_everybody_can_use_it(service: Service, visitors: Visitors) -> None:
    """By the rules of accessibility; nothing sticks out, every target is large."""
    sender = Sender(service)
    sender.send(title="W" * 80, text="x" * 900, link="https://grades.example")
    sender.send("announcement", text="The hall is free.")
    laptop = arrive(visitors, service, "laptop")
    narrow = arrive(visitors, service, "phone", NARROW, has_touch=True, is_mobile=True)
    for page in (laptop, narrow):
        expect_unread(page, 2)
        bell(page).click()
        items(page).first.get_by_role("button", name="Mark as read").click()
        expect_unread(page, 1)
        check_page(page)
        sender.send("announcement", text="And again.")
        expect_unread(page, 2)


def check_page(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == []
    if page.viewport_size == NARROW:
        in_bar = TARGETS.replace("document.", "document.querySelector('.topbar').")
        assert [target for target in page.evaluate(in_bar) if target[1] < TARGET - 0.5] == []
