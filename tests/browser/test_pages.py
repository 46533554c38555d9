"""Every page by itself: no complaint in either scheme, nothing wider than a small phone, targets that a thumb hits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, sign_in, start_room, upload
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_quiz import CAPITAL, LEGS, PRIMES
from browser_student import Student
from browser_visitors import LAPTOP, PHONE, REFUSED, Visitors
from playwright.sync_api import Browser, Page, Response, ViewportSize, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

ANSWER = 72
MOST_BYTES = 60_000
LONG = {
    "title": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "questions": [
        CAPITAL | {"prompt": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz? " * 3},
        PRIMES | {"choices": [{"text": "Kraftfahrzeughaftpflichtversicherungsgesellschaften", "correct": True}] * 2},
        LEGS,
    ],
}


@dataclass
class School:
    """A service with a quiz, a room that waits, and one that is over; and the paths of all pages."""

    base: str
    cookies: Any
    waiting_pin: str
    quiz_path: str
    results_path: str
    over_pin: str
    public: list[str] = field(init=False)
    teachers: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.public = ["/", "/?pin=000000", f"/j/{self.waiting_pin}", "/login", "/j/000000", "/no/such/page"]
        self.teachers = ["/quizzes", "/quizzes/import", self.quiz_path, self.results_path]
        self.teachers += [f"/{kind}/{pin}" for kind in ("host", "screen") for pin in (self.waiting_pin, self.over_pin)]


@pytest.fixture(scope="module")
def school(browser: Browser, service: Service) -> Iterator[School]:
    """A room is played to its end before the first test."""
    visitors = Visitors(browser)
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, LONG)
    quiz_path = page.url.removeprefix(base)
    over = start_room(page)
    mia = Student(visitors.student("Mia"), "Maximiliane-Charlotte")
    mia.scan(base, over.pin)
    mia.take_seat()
    over.press(" ", "Question 1 of 3: reading time")
    over.press(" ", "Question 1 of 3 is open")
    mia.choose("Canberra")
    over.expect_phase("Question 1 of 3 is closed")
    over.page.locator("#end").click()
    over.page.get_by_role("dialog").get_by_role("button", name="End the room").click()
    over.expect_phase("The room is over")
    results_path = f"/rooms/{over.room_id}/results"
    page.goto(base + quiz_path)
    waiting = start_room(page)
    yield School(base, page.context.storage_state(), waiting.pin, quiz_path, results_path, over.pin)
    visitors.leave()
    assert visitors.complaints == []


def open_page(page: Page, school: School, path: str) -> None:
    """Opens a page and waits until it has found its room, when it has one."""
    page.goto(school.base + path)
    if path.startswith("/host/"):
        expect(page.locator("#health")).to_have_text("Connected")
    if path.startswith("/screen/"):
        expect(page.locator("#wait")).to_be_hidden()
    if re.fullmatch(r"/j/(?!000000)\d+", path):
        expect(page.locator(".view form, .view h1").first).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_opens_without_a_complaint(school: School, visitors: Visitors, size: ViewportSize) -> None:
    """Nothing in the console, on both ends of what teachers and students hold; by dark, as others go by light."""
    stranger = visitors.arrive("stranger", size, color_scheme="dark", allowed=[REFUSED.format(404)])
    teacher = visitors.arrive("teacher", size, color_scheme="dark", storage_state=school.cookies)
    for page, paths in ((stranger, school.public), (teacher, school.teachers)):
        for path in paths:
            open_page(page, school, path)
            paper = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
            assert paper in ("light dark", "dark"), f"{path} says nothing of a dark scheme"


def test_no_page_is_wider_than_a_small_phone(school: School, visitors: Visitors) -> None:
    """At 320 px nothing scrolls sideways, not even with the longest words."""
    stranger = visitors.arrive("stranger", NARROW, is_mobile=True, allowed=[REFUSED.format(404)])
    teacher = visitors.arrive("teacher", NARROW, is_mobile=True, storage_state=school.cookies)
    wide = {}
    for page, paths in ((stranger, school.public), (teacher, school.teachers)):
        for path in paths:
            open_page(page, school, path)
            wide[path] = page.evaluate(OVERFLOW)
    assert {path: what for path, what in wide.items() if what} == {}


def test_a_phone_stays_in_its_width_through_all_phases(school: School, visitors: Visitors) -> None:
    """A small phone in a room with long words: no phase is too wide, and every target is large enough."""
    page = visitors.arrive("host", storage_state=school.cookies)
    page.goto(school.base + school.quiz_path)
    host = start_room(page)
    mia = Student(visitors.arrive("Mia", NARROW, has_touch=True, is_mobile=True), "W" * 24)
    mia.scan(school.base, host.pin)
    mia.take_seat()
    check_phone(mia.page, "lobby")
    for number in (1, 2, 3):
        host.press(" ", f"Question {number} of 3: reading time")
        expect(mia.page.locator(".read")).to_be_visible()
        check_phone(mia.page, f"reading {number}")
        host.press(" ", f"Question {number} of 3 is open")
        expect(mia.page.locator(".open")).to_be_visible()
        check_phone(mia.page, f"open {number}")
        heights = [answer.bounding_box() for answer in mia.page.locator(".open .answer").all()]
        assert all(box and box["height"] >= ANSWER for box in heights), heights
        host.step("Close now")
        host.expect_phase(f"Question {number} of 3 is closed")
        expect(mia.verdict).to_have_text("No answer from you")
        check_phone(mia.page, f"reveal {number}")
        if number < 3:
            host.press("s", f"Standings after question {number} of 3")
            expect(mia.page.locator(".standings")).to_be_visible()
            check_phone(mia.page, f"standings {number}")
    host.press(" ", "The room is over")
    mia.final()
    check_phone(mia.page, "the end")


def check_phone(page: Page, phase: str) -> None:
    assert page.evaluate(OVERFLOW) == [], phase
    check_targets(page, phase)


def check_targets(page: Page, where: str) -> None:
    """Half a pixel is forgiven: layouts round."""
    small = [found for found in page.evaluate(TARGETS) if found[1] < TARGET - 0.5]
    assert small == [], where


def test_what_students_press_is_large_enough(school: School, visitors: Visitors) -> None:
    """The way into a room, on a phone."""
    page = visitors.student("stranger", allowed=[REFUSED.format(404)])
    for path in ("/", "/j/000000", f"/j/{school.waiting_pin}"):
        open_page(page, school, path)
        check_targets(page, path)


def test_what_a_remote_presses_is_large_enough(school: School, visitors: Visitors) -> None:
    """The host page is also the remote on the teacher's phone."""
    page = visitors.student("teacher", storage_state=school.cookies)
    open_page(page, school, f"/host/{school.waiting_pin}")
    check_targets(page, "host page")


def test_what_a_phone_loads_to_play_is_small(school: School, visitors: Visitors) -> None:
    """Page, styles and scripts as the browser really fetches them, with those of the first question's kind."""
    page = visitors.student("stranger")
    responses: list[Response] = []
    page.on("response", lambda answer: responses.append(answer))
    open_page(page, school, f"/j/{school.waiting_pin}")
    page.locator("template#choice").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    kinds = {"document", "stylesheet", "script", "fetch"}
    sizes = {answer.url: len(answer.body()) for answer in responses if answer.request.resource_type in kinds}
    assert len(sizes) > 10, "the page's scripts were not seen"
    assert sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert all(url.startswith(school.base) for url in sizes), "something came from elsewhere"


def test_the_host_page_shows_the_room_before_anybody_is_there(school: School, visitors: Visitors) -> None:
    """PIN, address and QR code, and a button that starts even an empty room."""
    page = visitors.arrive("teacher", LAPTOP, storage_state=school.cookies)
    open_page(page, school, f"/host/{school.waiting_pin}")
    host = Host(page)
    expect(host.stage.root.locator(".lobby-pin")).to_have_text(re.compile(r"\s?".join(school.waiting_pin)))
    expect(host.stage.root.locator(".lobby-qr svg")).to_be_visible()
    expect(page.locator("#step")).to_be_enabled()
