"""A walk over every screen there is: at three sizes and at 400 % zoom, by light and dark, with axe and a ruler."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from blackbox_process import ADMIN, PASSWORD, TEACHER, Service
from browser_host import Host, Stage, sign_in, start_room, upload
from browser_inspection import OLD_PROJECTOR, WATCH_SHIFTS, WATCH_SPEECH, Inspection, shifts_of
from browser_network import Wire
from browser_quiz import CAPITAL, CATEGORIZE, LEGS, MATCH, ORDER, PAUSE, PRIMES, RIVER, TEA
from browser_student import Student
from browser_visitors import CUT_OFF, PHONE, PROJECTOR, REFUSED, Visitors
from playwright.sync_api import Browser, Page, expect

from handlers.pages.base import PageHandler
from handlers.routes import routes

pytestmark = [pytest.mark.browser, pytest.mark.process]

# A round, a slide, and a round without points; test_all_kinds looks at every kind.
QUESTIONS = [CAPITAL, PAUSE, TEA]
QUIZ = {"title": "A little of everything", "questions": QUESTIONS}
FILE = QUIZ | {"questions": [*QUESTIONS, PRIMES, RIVER, LEGS, ORDER, MATCH, CATEGORIZE]}
# Where pages with something in their address are found; the others are looked for in the routes.
FILLED = {
    "/quizzes/([^/]+)": "quiz",
    "/quizzes/([^/]+)/edit": "edit",
    "/quizzes/([^/]+)/export": "export",
    "/quizzes/import/([^/]+)": "preview",
    "/quizzes/import/([^/]+)/columns": "columns",
    "/rooms/([^/]+)/results": "results",
    "/rooms/([^/]+)/results/([^/]+)": "person",
    "/admin/rooms/([^/]+)": "admin_room",
    "/admin/users/([^/]+)": "user",
    "/host/([^/]+)": "lesson",
    "/screen/([^/]+)": "lesson",
    "/j/([^/]+)": "lesson",
}
# Seen on a service of its own; frames of the editor, which say nothing alone; and a way to somewhere else.
UNSEEN = {"/setup", "/quizzes/preview/phone", "/quizzes/preview/screen", "/quizzes/([^/]+)/host"}


@dataclass
class School:
    """A service on which a lesson was walked through."""

    base: str
    teacher: Page
    admin: Page
    paths: dict[str, str]
    inspection: Inspection


@dataclass
class Lesson:
    host: Host
    phone: Student
    screen: Page
    inspection: Inspection
    moved: list[str]

    def look(self, name: str) -> None:
        """One moment on all devices."""
        self.inspection.look(self.phone.page, f"phone {name}")
        self.inspection.look(self.host.page, f"host {name}")
        self.inspection.look(self.screen, f"screen {name}", PROJECTOR, OLD_PROJECTOR, thumbs=False)

    def pages(self) -> tuple[Page, ...]:
        return self.phone.page, self.host.page, self.screen


@pytest.fixture(scope="module")
def school(service: Service, visitors_of_module: Visitors) -> School:
    base = f"http://127.0.0.1:{service.port}"
    pages = {}
    for who, email in (("teacher", TEACHER), ("admin", ADMIN)):
        pages[who] = visitors_of_module.arrive(who, allowed=[REFUSED.format(r"4\d\d")])
        sign_in(pages[who], base, email, PASSWORD)
    return School(base, pages["teacher"], pages["admin"], {}, Inspection())


@pytest.fixture(scope="module")
def lesson(school: School, service: Service, visitors_of_module: Visitors) -> Iterator[Lesson]:
    """A room with everything in it; the phone hears what it says and sees what moves."""
    upload(school.teacher, school.base, QUIZ)
    school.paths["quiz"] = school.teacher.url.removeprefix(school.base)
    wire = Wire(service.port)
    phone = visitors_of_module.arrive("Mia", PHONE, has_touch=True, allowed=[CUT_OFF])
    screen = visitors_of_module.arrive("screen", PROJECTOR)
    for page in (phone, school.teacher, screen):
        page.add_init_script(WATCH_SHIFTS)
        page.add_init_script(WATCH_SPEECH)
    host = start_room(school.teacher, read_time_s="60")
    screen.goto(host.open_projector())
    Stage(screen).expect_phase("LOBBY")
    lesson = Lesson(host, Student(phone, "Maximiliane-Charlotte"), screen, school.inspection, [])
    lesson.phone.scan(f"http://127.0.0.1:{wire.port}", host.pin)
    expect(phone.get_by_label("Nickname")).to_be_visible()
    school.inspection.look(phone, "phone nickname")
    lesson.phone.take_seat()
    expect(Stage(screen).names.first).to_be_visible()
    lesson.look("lobby")
    walk(lesson, wire)
    school.paths |= {"results": f"/rooms/{host.room_id}/results", "admin_room": f"/admin/rooms/{host.pin}"}
    yield lesson
    wire.remove()


def walk(lesson: Lesson, wire: Wire) -> None:
    """Through all rounds: reading, open, answered (once without a network), the reveal, standings, the end."""
    host, phone = lesson.host, lesson.phone
    for number, question in enumerate(QUESTIONS, start=1):
        name, place = f"{number} {question['kind']}", f"{number} of {len(QUESTIONS)}"
        if question["kind"] == "info":
            host.press(" ", f"Slide {place}")
            expect(phone.page.locator(".prompt.info")).to_be_visible()
            lesson.look(name)
            continue
        host.press(" ", f"Question {place}: reading time")
        expect(phone.page.locator(".read")).to_be_visible()
        if number == 1:
            lesson.look(f"{name} read")
        for page in lesson.pages():
            shifts_of(page)
        host.press(" ", f"Question {place} is open")
        expect(phone.page.locator(".open")).to_be_visible()
        lesson.moved += [f"{name}: {shift}" for page in lesson.pages() for shift in shifts_of(page)]
        lesson.look(f"{name} open")
        answer(lesson, wire if number == 1 else None)
        host.expect_phase(f"Question {place} is closed")
        expect(phone.verdict).not_to_have_text("Time is up")
        lesson.look(f"{name} reveal")
        if question["kind"] != "poll":
            host.press("s", f"Standings after question {place}")
        if number == 1:
            expect(phone.page.locator(".standings")).to_be_visible()
            lesson.look("standings")
    host.press(" ", "The room is over")
    phone.final()
    lesson.look("the end")


def answer(lesson: Lesson, wire: Wire | None) -> None:
    phone, look = lesson.phone, lesson.inspection.look
    if wire is not None:
        wire.cut()
        phone.expect_banner("No connection")
        look(phone.page, "phone offline")
        phone.choose("Canberra")
        expect(phone.receipt).to_have_attribute("data-state", "waiting")
        look(phone.page, "phone offline, kept")
        wire.mend()
    else:
        phone.choose("Tea")


def test_every_moment_of_a_lesson(lesson: Lesson) -> None:
    """On the phone, the host page and the projector, 16:9 and 4:3."""
    assert lesson.inspection.found == []
    assert len(lesson.inspection.seen) >= 30


def test_nothing_moves_when_a_question_opens(lesson: Lesson) -> None:
    """What was there stays where it is, on every device."""
    assert lesson.moved == []


def test_who_does_not_see_hears_it(lesson: Lesson) -> None:
    """Phase, receipt and result, on the phone; the host hears each phase."""
    spoken = "\n".join(lesson.phone.page.evaluate("window.spoken"))
    for said in ("Question 1. Get ready.", "You can answer now.", "will be sent", "Stored", "That's right"):
        assert said in spoken, said
    heard = "\n".join(lesson.host.page.evaluate("window.spoken"))
    for said in (
        f"Question 1 of {len(QUESTIONS)} is open",
        f"Question 1 of {len(QUESTIONS)} is closed",
        "The room is over",
    ):
        assert said in heard, said


def page_routes() -> list[str]:
    """The addresses of all pages that can be looked at."""
    return [
        pattern
        for pattern, handler, *_ in routes()
        if isinstance(handler, type) and issubclass(handler, PageHandler) and "get" in vars(handler)
    ]


def test_every_other_page(school: School, lesson: Lesson, visitors_of_module: Visitors, fresh_service: Service) -> None:
    """Each address that the service knows; a new one with something in it has to be named in FILLED."""
    inspection = Inspection()
    stranger = visitors_of_module.arrive("stranger", allowed=[REFUSED.format(r"4\d\d")])
    for path in ("/", "/?pin=000000", "/login", "/no/such/page"):
        stranger.goto(school.base + path)
        inspection.look(stranger, f"stranger {path}")
    setup = re.search(r"http://\S+/setup\?key=\S+", fresh_service.log.read_text(encoding="utf-8"))
    assert setup
    stranger.goto(f"http://127.0.0.1:{fresh_service.port}/setup?{setup[0].partition('?')[2]}")
    inspection.look(stranger, "set-up")
    school.teacher.goto(school.base + school.paths["results"])
    school.paths["person"] = school.teacher.locator(".to-person").first.get_attribute("href") or ""
    school.paths |= {name: f"{school.paths['quiz']}/{name}" for name in ("edit", "export")}
    school.admin.goto(school.base + "/admin/users")
    school.paths["user"] = school.admin.locator("main a[href^='/admin/users/']").first.get_attribute("href") or ""
    school.teacher.goto(school.base + "/quizzes/import")
    file = {"name": "quiz.json", "mimeType": "application/json", "buffer": json.dumps(FILE).encode()}
    school.teacher.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    school.teacher.wait_for_url(re.compile(r"/quizzes/import/.+"))
    school.paths["preview"] = school.teacher.url.removeprefix(school.base)
    school.teacher.goto(school.base + "/quizzes/import")
    school.teacher.locator("#text").fill("Who wrote this one\tAnn\tBob\t20\nWho did the other\tDee\tEd\t30\n")
    school.teacher.locator("#look").press("Enter")
    school.teacher.wait_for_url(re.compile(r"/quizzes/import/.+/columns"))
    school.paths["columns"] = school.teacher.url.removeprefix(school.base)
    for pattern in page_routes():
        if pattern in UNSEEN or FILLED.get(pattern) == "lesson":
            continue
        assert "(" not in pattern or pattern in FILLED, f"say in FILLED where {pattern} is found"
        path = school.paths[FILLED[pattern]] if pattern in FILLED else pattern
        for who, page in (("teacher", school.teacher), ("admin", school.admin)):
            if (who == "teacher" and path.startswith("/admin")) or (who == "admin" and not path.startswith("/admin")):
                continue
            page.goto(school.base + path)
            page.wait_for_load_state("networkidle")
            inspection.look(page, f"{who} {pattern}")
    assert inspection.found == [], "\n".join(inspection.found)


def test_a_pin_leads_to_its_room_without_any_script(school: School, lesson: Lesson, browser: Browser) -> None:
    """The way in is a form; what needs a script says so."""
    school.teacher.goto(school.base + school.paths["quiz"])
    host = start_room(school.teacher)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(school.base + "/")
    page.get_by_label("Type the PIN").fill("12 34 56")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_contain_text("That PIN isn't in use right now")
    page.get_by_label("Type the PIN").fill(host.pin)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(f"{school.base}/j/{host.pin}")
    assert "this page needs JavaScript" in page.content()
    context.close()


SOUNDS = """
  window.notes = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    window.notes.push(this.frequency.value);
    return start.apply(this, at);
  };
"""


def test_the_projector_is_silent_until_somebody_turns_it_on(
    school: School, lesson: Lesson, visitors_of_module: Visitors
) -> None:
    """Then it plays who joins, the end of a round and the podium; M turns it off again."""
    school.teacher.goto(school.base + school.paths["quiz"])
    host = start_room(school.teacher, read_time_s="0")
    page = visitors_of_module.arrive("screen", PROJECTOR)
    page.add_init_script(SOUNDS)
    page.goto(host.open_projector())
    screen = Stage(page)
    screen.expect_phase("LOBBY")
    for name in ("Ada", "Bo"):
        student = Student(visitors_of_module.student(name), name)
        student.scan(school.base, host.pin)
        student.take_seat()
        host.expect_names(name)
        expect(screen.names.filter(has_text=name)).to_be_visible()
        if name == "Ada":
            assert page.evaluate("window.notes") == []
            page.get_by_role("button", name="Sound").click()
            expect(page.get_by_role("button", name="Sound")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("window.notes.length >= 2")
    host.press(" ", f"Question 1 of {len(QUESTIONS)} is open")
    screen.expect_phase("OPEN")
    host.step("Close now")
    screen.expect_phase("REVEAL")
    page.wait_for_function("window.notes.includes(392)")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Sound")).to_have_attribute("aria-pressed", "false")
    host.page.locator("#end").click()
    host.page.get_by_role("dialog").get_by_role("button", name="End the room").click()
    screen.expect_phase("FINISHED")
    assert 1047 not in page.evaluate("window.notes")
