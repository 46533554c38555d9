"""The form that starts a room: presets, plain words, faults at their field, and as it was last time."""

import re

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import sign_in, upload
from browser_inspection import violations
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_quiz import SHORT
from browser_visitors import LAPTOP, REFUSED, Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


def preset(page: Page, name: str) -> None:
    """Chooses it, and sees that it is chosen."""
    link = page.get_by_role("link", name=name)
    link.click()
    expect(link).to_have_attribute("aria-current", "true")
    expect(page.locator(".preset[aria-current]")).to_have_count(1)


def open_all(page: Page) -> None:
    """The settings, unless they stand open already because they are somebody's own."""
    if page.locator(".more-settings").get_attribute("open") is None:
        page.locator("summary", has_text="All settings").click()


def test_a_teacher_sets_a_room_up(service: Service, visitors: Visitors) -> None:
    """From a preset, with a setting of their own, after a slip; the next time it stands there again."""
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("host", LAPTOP, allowed=[REFUSED.format(422)])
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, SHORT)
    address = page.url
    preset(page, "Survey")
    open_all(page)
    expect(page.get_by_label("No points")).to_be_checked()
    expect(page.get_by_label("Seconds to read first")).to_have_value("0")
    preset(page, "Calm")
    expect(page.get_by_label("Only right")).to_be_checked()
    expect(page.get_by_label("We make the names")).not_to_be_checked()
    page.get_by_label("Joining after the start").uncheck()
    expect(page.locator(".preset[aria-current]")).to_have_count(0)
    page.get_by_label("Seconds to read first").fill("ten")
    page.keyboard.press("Enter")
    field = page.get_by_label("Seconds to read first")
    expect(field).to_be_focused()
    expect(field).to_have_value("ten")
    expect(field).to_have_accessible_description(re.compile(r"Type a number of seconds from 0 to 120\.$"))
    expect(page.get_by_label("Joining after the start")).not_to_be_checked()
    field.fill("12")
    page.get_by_role("button", name="Start with these settings").click()
    page.wait_for_url(re.compile(r"/host/\d+$"))
    page.goto(address)
    expect(page.get_by_text("As you had it last time.")).to_be_visible()
    expect(field).to_have_value("12")
    expect(page.get_by_label("Only right")).to_be_checked()
    expect(page.get_by_label("Joining after the start")).not_to_be_checked()


def test_everybody_can_use_the_form(service: Service, visitors: Visitors) -> None:
    """By the rules of accessibility, with a fault too; nothing sticks out on a narrow phone, every target is large."""
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("phone", NARROW, allowed=[REFUSED.format(422)])
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, SHORT)
    open_all(page)
    page.get_by_label("Seconds to read first").fill("-1")
    page.get_by_role("button", name="Start with these settings").click()
    expect(page.get_by_text("Type a number of seconds from 0 to 120.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == []
    in_form = TARGETS.replace("document.", "document.querySelector('#start').")
    assert [target for target in page.evaluate(in_form) if target[1] < TARGET - 0.5] == []
