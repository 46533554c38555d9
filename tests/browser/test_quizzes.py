"""A teacher's list of quizzes in a real browser: by mouse, by keyboard alone, and without a script."""

import re
import secrets
from typing import Any

from blackbox_process import PASSWORD, Service
from browser_host import Host, sign_in
from browser_inspection import violations
from browser_measure import OVERFLOW
from browser_quiz import SHORT
from browser_visitors import LAPTOP, PHONE, Visitors
from playwright.sync_api import Locator, Page, ViewportSize, expect

BIRDS = SHORT | {"title": "Birds of the garden", "tags": ["Biology", "Year 9"]}
VERBS = SHORT | {"title": "Verbs", "tags": ["Grammar"], "description": "To be, or not to be"}
MAPS = SHORT | {"title": "Maps"}
SUMS = SHORT | {"title": "Sums", "tags": ["Year 9"]}


class Desk:
    """A teacher with four quizzes, whose list stands open."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base

    @property
    def cards(self) -> Locator:
        return self.page.locator(".quiz-card")

    @property
    def search(self) -> Locator:
        return self.page.get_by_label("Search your quizzes")

    def card(self, title: str) -> Locator:
        return self.cards.filter(has=self.page.get_by_role("link", name=title, exact=True))

    def expect_titles(self, *titles: str) -> None:
        expect(self.page.locator(".quiz-open")).to_have_text(list(titles))

    def open_menu(self, title: str) -> Locator:
        self.page.locator(f"summary[aria-label='More for {title}']").click()
        return self.card(title).locator(".menu-list")


def desk(
    visitors: Visitors, service: Service, *quizzes: dict[str, Any], size: ViewportSize = LAPTOP, **more: Any
) -> Desk:
    """A new teacher, with these quizzes, the last one on top."""
    email = f"{secrets.token_hex(6)}@school.example"
    service.command("user", "add", email, "--name", "Ada", "--role", "teacher", "--password-stdin", stdin=PASSWORD)
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("teacher", size, **more)
    sign_in(page, base, email, PASSWORD)
    xsrf = page.locator("meta[name=xsrf]").get_attribute("content") or ""
    for quiz in quizzes or (SUMS, MAPS, VERBS, BIRDS):
        made = page.request.post(f"{base}/api/v1/quizzes", data=quiz, headers={"X-XSRFToken": xsrf})
        assert made.status == 201, made.text()
    page.goto(f"{base}/quizzes")
    return Desk(page, base)


def test_the_list_follows_what_is_typed(visitors: Visitors, service: Service) -> None:
    """Titles, tags, descriptions and questions; the count is said, the address can be kept, nothing is reloaded."""
    here = desk(visitors, service)
    here.expect_titles("Birds of the garden", "Verbs", "Maps", "Sums")
    here.page.evaluate("document.documentElement.dataset.same = 'yes'")
    here.search.press_sequentially("year birds")
    here.expect_titles("Birds of the garden")
    expect(here.page.locator("#count")).to_have_text("1 of 4 quizzes")
    expect(here.search).to_be_focused()
    here.search.fill("canberra")
    expect(here.page.locator("#found")).to_contain_text("Nothing fits that")
    here.search.fill("australia")
    expect(here.page.locator("#count")).to_have_text("4 of 4 quizzes")
    here.page.get_by_label("Sorted by").select_option("title")
    here.expect_titles("Birds of the garden", "Maps", "Sums", "Verbs")
    assert here.page.locator("html").get_attribute("data-same") == "yes"
    here.page.reload()
    expect(here.search).to_have_value("australia")
    here.expect_titles("Birds of the garden", "Maps", "Sums", "Verbs")


def test_a_search_that_is_cut_off_can_be_tried_again(visitors: Visitors, service: Service) -> None:
    """What was there stays there."""
    here = desk(visitors, service, allowed=["net::ERR_FAILED|net::ERR_INTERNET_DISCONNECTED"])
    here.page.context.set_offline(True)
    here.search.fill("verbs")
    expect(here.page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(here.cards).to_have_count(4)
    here.page.context.set_offline(False)
    here.page.get_by_role("button", name="Try again").click()
    here.expect_titles("Verbs")
    expect(here.page.locator("#search-failed")).to_be_hidden()


def test_tags_narrow_the_list_and_are_changed_on_a_card(visitors: Visitors, service: Service) -> None:
    """Whichever list the card was changed in stands there again."""
    here = desk(visitors, service)
    tags = here.page.get_by_role("navigation", name="Tags")
    tags.get_by_role("link", name="Year 9").click()
    here.expect_titles("Birds of the garden", "Sums")
    here.search.fill("sums")
    here.expect_titles("Sums")
    menu = here.open_menu("Sums")
    menu.get_by_label("Tags").fill("Year 9, Numbers")
    menu.get_by_role("button", name="Save tags").click()
    here.expect_titles("Sums")
    expect(here.search).to_have_value("sums")
    expect(here.card("Sums").locator(".tag")).to_have_text(["Year 9", "Numbers"])
    here.card("Sums").get_by_role("link", name="Tag Numbers").click()
    here.expect_titles("Sums")
    tags.get_by_role("link", name="All").click()
    expect(here.cards).to_have_count(4)


def test_a_copy_stands_on_top_and_says_so(visitors: Visitors, service: Service) -> None:
    """And leads to its editor."""
    here = desk(visitors, service)
    here.open_menu("Maps").get_by_role("button", name="Duplicate").click()
    here.expect_titles("Maps (copy)", "Birds of the garden", "Verbs", "Maps", "Sums")
    notice = here.page.locator("[data-notice]")
    expect(notice).to_contain_text("Copied: Maps (copy)")
    copy = here.card("Maps (copy)").get_by_role("link", name="Edit Maps (copy)").get_attribute("href")
    expect(notice.get_by_role("link", name="Edit the copy")).to_have_attribute("href", copy or "")
    # Said once.
    here.page.reload()
    expect(notice).to_have_count(0)


def test_what_was_deleted_is_taken_back(visitors: Visitors, service: Service) -> None:
    """At once, or from the list of what was deleted lately."""
    here = desk(visitors, service)
    here.search.fill("year 9")
    here.expect_titles("Birds of the garden", "Sums")
    here.open_menu("Sums").get_by_role("button", name="Delete").click()
    here.expect_titles("Birds of the garden")
    expect(here.page.locator("[data-notice]")).to_contain_text("Deleted: Sums")
    here.page.get_by_role("button", name="Undo").click()
    here.expect_titles("Birds of the garden", "Sums")
    here.open_menu("Sums").get_by_role("button", name="Delete").click()
    here.page.get_by_role("link", name="Close this message").click()
    here.page.get_by_role("link", name="Recently deleted (1)").click()
    here.page.get_by_role("button", name="Take back Sums").click()
    expect(here.page.locator("[data-notice]")).to_contain_text("Back again: Sums")
    expect(here.cards).to_have_count(4)


def test_one_click_starts_a_room_as_the_last_one_was(visitors: Visitors, service: Service) -> None:
    """By mouse; then the card says that it was played."""
    here = desk(visitors, service)
    expect(here.card("Maps")).to_contain_text("not played yet")
    here.page.get_by_role("button", name="Start Maps").click()
    here.page.wait_for_url(re.compile(r"/host/\d+$"))
    Host(here.page).step("Start")
    Host(here.page).expect_phase(re.compile("Question 1 of 2"))
    here.page.goto(f"{here.base}/quizzes?sort=played")
    here.expect_titles("Maps", "Birds of the garden", "Verbs", "Sums")
    expect(here.card("Maps")).to_contain_text("played once")


def test_all_of_it_by_keyboard(visitors: Visitors, service: Service) -> None:
    """Search, menu, tags, delete, undo, start: nobody touches a mouse."""
    here = desk(visitors, service)
    page = here.page
    reach(page, "input[name=q]")
    page.keyboard.type("verbs")
    here.expect_titles("Verbs")
    reach(page, ".quiz-card summary")
    page.keyboard.press("Enter")
    menu = here.card("Verbs").locator("details")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, ".menu-field input")
    page.keyboard.press("End")
    page.keyboard.type(", French")
    page.keyboard.press("Enter")
    expect(here.card("Verbs").locator(".tag")).to_have_text(["Grammar", "French"])
    reach(page, ".quiz-card summary")
    page.keyboard.press("Enter")
    reach(page, ".menu-danger")
    page.keyboard.press("Enter")
    # The way back is where the hands are.
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    here.expect_titles("Verbs")
    reach(page, ".quiz-actions > form button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/host/\d+$"))


def reach(page: Page, selector: str, most: int = 40) -> None:
    """Tabs until what has this selector has the focus."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached by {most} tabs")


def test_search_works_without_a_script(visitors: Visitors, service: Service) -> None:
    """As the plain form that it is; buttons of a card too."""
    here = desk(visitors, service)
    state = here.page.context.storage_state()
    plain = Desk(visitors.arrive("plain", java_script_enabled=False, storage_state=state), here.base)
    plain.page.goto(f"{here.base}/quizzes")
    plain.search.fill("verbs")
    plain.page.get_by_role("button", name="Search").click()
    plain.expect_titles("Verbs")
    plain.open_menu("Verbs").get_by_role("button", name="Delete").click()
    plain.page.get_by_role("button", name="Undo").click()
    plain.expect_titles("Verbs")


def test_every_state_of_the_list_is_accessible(visitors: Visitors, service: Service) -> None:
    """Empty, full, with a menu open, nothing found, something deleted; on a laptop and on a phone."""
    for size in (LAPTOP, PHONE):
        empty = desk(visitors, service, MAPS, size=size)
        check(empty.page)
        empty.open_menu("Maps").get_by_role("button", name="Delete").click()
        expect(empty.page.get_by_role("heading", name="Your first quiz starts here")).to_be_visible()
        check(empty.page)
        empty.page.goto(f"{empty.base}/quizzes/deleted")
        check(empty.page)
        full = desk(visitors, service, size=size)
        full.open_menu("Verbs")
        check(full.page)
        full.search.fill("nothing like it")
        expect(full.page.locator("#found")).to_contain_text("Nothing fits that")
        check(full.page)


def check(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == []
