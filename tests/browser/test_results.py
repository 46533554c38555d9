"""The results of a room, as a teacher reads them: by mouse, by keyboard, on a phone, on paper; and taking them away."""

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from blackbox_process import Service
from browser_host import sign_in
from browser_inspection import violations
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_quiz import CAPITAL, LEGS, PAUSE, PRIMES, RIVER, TEA, WHALE
from browser_visitors import LAPTOP, PHONE, PROJECTOR, Visitors
from house import house
from past_lessons import lecture
from playwright.sync_api import Page, expect

from clock import ManualClock

pytestmark = [pytest.mark.browser, pytest.mark.process]

EMAIL, PASSWORD = "t@school.example", "a long password"
QUESTIONS = [CAPITAL, PRIMES, RIVER, PAUSE, LEGS, WHALE, TEA]


@dataclass
class Past:
    """A service with a class of 28, a lecture of 120, and who is signed in."""

    base: str
    small: str
    large: str
    cookies: object


async def fill(folder: Path) -> tuple[str, str]:
    async with house(folder, ManualClock(round(time.time() * 1000) - 3_600_000)) as here:
        teacher = await here.teacher(EMAIL)
        small = await lecture(here, teacher, QUESTIONS, 28, shuffle_choices=True)
        large = await lecture(here, teacher, [CAPITAL, WHALE], 120, seed=2)
        return small["id"], large["id"]


@pytest.fixture(scope="module")
def past(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    folder = tmp_path_factory.mktemp("service")
    # Playwright's own loop runs in this thread.
    with ThreadPoolExecutor(1) as thread:
        small, large = thread.submit(lambda: asyncio.run(fill(folder))).result()
    service = Service(folder)
    service.start()
    visitors = Visitors(browser)  # type: ignore[arg-type]
    page = visitors.arrive("teacher")
    base = f"http://127.0.0.1:{service.port}"
    sign_in(page, base, EMAIL, PASSWORD)
    yield Past(base, f"{base}/rooms/{small}/results", f"{base}/rooms/{large}/results", page.context.storage_state())
    visitors.leave()
    service.stop()


@pytest.fixture
def page(past: Past, visitors: Visitors) -> Page:
    return visitors.arrive("teacher", LAPTOP, storage_state=past.cookies)


def first_names(page: Page) -> list[str]:
    return page.locator("#matrix tbody bdi").all_inner_texts()


def test_the_sentence_comes_first_and_every_question_is_a_click_away(past: Past, page: Page) -> None:
    """By mouse: from a column to its question, to who did not answer it, to one of them and back to their row."""
    page.goto(past.small)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^\d+ of 28 answered everything; question \d ")
    )
    page.locator("#matrix").get_by_role("link", name="Question 3", exact=True).click()
    expect(page).to_have_url(past.small + "#q3")
    third = page.locator("#q3")
    expect(third).to_be_in_viewport()
    expect(third.locator(".outcome").first).to_contain_text("Nile")
    third.locator("summary").click()
    link = third.locator(".missing-names a").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("#q3")).to_contain_text("no answer")
    expect(page.locator("#q3 .path-right")).to_contain_text("Nile")
    page.get_by_role("link", name="All results").click()
    expect(page.locator("#matrix tr:focus bdi")).to_have_text(name)


def test_bars_have_the_letters_of_the_screen(past: Past, page: Page) -> None:
    """The first is A, a triangle, whatever place the author gave it; typed answers have none."""
    page.goto(past.small + "#q1")
    rows = page.locator("#q1 .outcome")
    assert rows.locator(".mark").all_inner_texts() == ["A", "B", "C", "D"]
    assert [row.get_attribute("data-shape") for row in rows.all()] == ["0", "1", "2", "3"]
    right = page.locator("#q1 .outcome.is-right")
    expect(right).to_contain_text("Canberra")
    letter = right.locator(".mark").inner_text()
    page.locator("#matrix .to-person").first.click()
    expect(page.locator("#q1 .path-choice").first).to_contain_text(letter)
    page.goto(past.small)
    assert page.locator("#q5 .mark").count() == 0


def test_the_matrix_is_sorted_by_keyboard(past: Past, page: Page) -> None:
    """Enter on a column's head sorts all pages, again turns it round, and where one is stays in the address."""
    page.goto(past.large)
    everybody = page.locator("#matrix .score")
    name = page.get_by_role("link", name="Name", exact=True)
    name.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sort=name&order=asc#matrix$"))
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Name")
    assert first_names(page)[0] == "Ada"
    page.get_by_role("link", name="Next page").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sort=name&order=asc&page=2#matrix$"))
    page.get_by_role("link", name="Name", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Name")
    assert "Ada" not in first_names(page)
    page.get_by_role("link", name="sort by question 2").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sort=q2&order=desc#matrix$"))
    points = [int(text) for text in page.locator("#matrix tr > td:last-child .cell-points").all_inner_texts()]
    assert points == sorted(points, reverse=True)
    expect(everybody).to_have_count(50)


def test_who_stands_on_another_page_of_the_matrix_has_an_address_too(past: Past, page: Page) -> None:
    """#p-… leads to the row, or to the person's own page."""
    page.goto(past.large + "?page=3")
    row = page.locator("#matrix tbody tr").last
    anchor = row.get_attribute("id")
    page.goto(f"{past.large}?page=3#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_focused()
    page.goto(past.base + "/rooms")
    page.goto(f"{past.large}#{anchor}")
    expect(page).to_have_url(f"{past.large}/{(anchor or '').removeprefix('p-')}")


def test_paper_has_the_table_and_no_buttons(past: Past, page: Page) -> None:
    """On white, whatever the screen; a class fits on a few sheets."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(past.small)
    expect(page.get_by_role("heading", name="Who knew what")).to_be_visible()
    for gone in (".topbar", ".results-files", ".room-data", ".missing", ".on-screen"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 1 <= sheets <= 6


def test_nothing_for_axe_to_find(past: Past, visitors: Visitors) -> None:
    """The three pages, with everything on them opened."""
    page = visitors.arrive("teacher", PROJECTOR, storage_state=past.cookies)
    for path in (past.small, past.base + "/rooms"):
        page.goto(path)
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page) == []
    page.goto(past.small)
    page.locator("#matrix .to-person").first.click()
    assert violations(page) == []


def test_a_phone_has_room_for_it(past: Past, visitors: Visitors) -> None:
    """Only the matrix scrolls sideways, in itself; a thumb hits what is there."""
    for size in (NARROW, PHONE):
        page = visitors.arrive("teacher", size, is_mobile=True, storage_state=past.cookies)
        for path in (past.small, past.base + "/rooms", past.large):
            page.goto(path)
            assert page.evaluate(OVERFLOW) == [], path
            assert [found for found in page.evaluate(TARGETS) if found[1] < TARGET - 0.5] == [], path


def test_deleted_and_brought_back_by_mouse_then_without_names(past: Past, page: Page) -> None:
    """Both ask first; what is deleted can be taken back, names cannot."""
    page.goto(past.large)
    page.locator("summary", has_text="Delete these results").click()
    page.get_by_role("button", name="Delete these results").click()
    expect(page.locator("main")).to_contain_text("The results are deleted")
    expect(page.locator(".room")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(past.large)
    page.goto(past.base + "/quizzes")
    page.get_by_role("link", name="All rooms").click()
    expect(page.locator(".room")).to_have_count(2)
    page.goto(past.large)
    summary = page.locator("summary", has_text="Remove the names")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # Not without the box, to which the browser leads.
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#data")).to_contain_text("The names were removed")
    assert all(re.fullmatch(r"Participant \d+", name) for name in first_names(page))


def test_rooms_are_found_by_quiz_and_day(past: Past, page: Page) -> None:
    """The filter stays in the form and in the address; nothing found says so and leads back."""
    page.goto(past.base + "/rooms")
    page.get_by_label("From").fill("2020-01-01")
    page.get_by_label("To", exact=True).fill("2020-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="No room fits")).to_be_visible()
    expect(page.get_by_label("From")).to_have_value("2020-01-01")
    page.get_by_role("link", name="Show all").first.click()
    page.get_by_label("Quiz", exact=True).select_option(index=1)
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".room")).to_have_count(1)
