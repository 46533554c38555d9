"""An admin watches a lesson on a phone, sees the numbers move, and takes part where it is needed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from blackbox_process import ADMIN, PASSWORD, TEACHER, Service
from browser_host import Host, Stage, sign_in, start_room, upload
from browser_inspection import violations
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_network import Wire
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import CUT_OFF, LAPTOP, REFUSED, Visitors
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

OPEN = "Question 1 of 2 is open"
# On a busy machine the service may really have stood still, and says so.
JUDGED = re.compile(r"^(All is well|\d+ alerts?: )")


@dataclass
class Lesson:
    """A host, a projector and two students, and an admin with a phone."""

    base: str
    host: Host
    screen: Stage
    mia: Student
    lea: Student
    admin: Page


def gather(visitors: Visitors, base: str, admin: Page) -> Lesson:
    """The admin's page stands open before anybody comes."""
    sign_in(admin, base, ADMIN, PASSWORD)
    admin.goto(f"{base}/admin")
    expect(health(admin)).to_have_text(JUDGED)
    teacher = visitors.arrive("host")
    sign_in(teacher, base, TEACHER, PASSWORD)
    upload(teacher, base, SHORT)
    host = start_room(teacher, read_time_s="60")
    projector = visitors.arrive("projector")
    projector.clock.install()
    projector.goto(host.open_projector())
    mia = Student(visitors.student("Mia"), "Mia")
    lea = Student(visitors.student("Lea"), "Léa")
    expect(cell(admin, host, "people")).to_have_text("0 of 0")
    for student in (mia, lea):
        student.scan(base, host.pin)
        student.take_seat()
    return Lesson(base, host, Stage(projector), mia, lea, admin)


def health(page: Page) -> Locator:
    return page.locator("#health-words")


def cell(page: Page, host: Host, name: str) -> Locator:
    """One figure of the room's card."""
    card = page.locator("#rooms tr").filter(has=page.locator(f'[href="/admin/rooms/{host.pin}"]'))
    return card.locator(f'[data-slot="{name}"]')


def plot(page: Page, key: str) -> Locator:
    return page.locator(f'[data-plot="{key}"]')


def points(page: Page, key: str) -> int:
    """How many points the line of a plot has."""
    return len(re.findall("[ML]", plot(page, key).locator(".plot-line").get_attribute("d") or ""))


def row(page: Page, nickname: str) -> Locator:
    return page.locator("#people tr").filter(has_text=nickname)


def confirm(page: Page, button: str) -> None:
    """Says yes to the question that is asked."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=button, exact=True).tap()
    expect(dialog).to_be_hidden()


def announce(page: Page, text: str) -> None:
    page.get_by_label("What should they read?").fill(text)
    page.get_by_role("button", name="Announce…").tap()
    expect(page.get_by_role("dialog")).to_contain_text(text)
    confirm(page, "Show it")
    expect(page.locator("#toasts")).to_contain_text("It is shown now.")


def test_an_admin_watches_a_lesson(service: Service, visitors: Visitors) -> None:
    """From an empty lobby to the closed room: every number that moves in the room moves on the admin's phone."""
    base = f"http://127.0.0.1:{service.port}"
    lesson = gather(visitors, base, visitors.student("admin"))
    watch_the_overview(lesson)
    look_into_the_room(lesson)
    announce_to_the_room(lesson)
    disconnect_somebody(lesson)
    close_the_room(lesson)
    announce_to_everyone(lesson)
    read_the_audit(lesson)
    assert "Traceback" not in service.log_text()


def watch_the_overview(lesson: Lesson) -> None:
    """People, phase and answers on the room's card; the plots get a point each second."""
    admin, host = lesson.admin, lesson.host
    expect(cell(admin, host, "people")).to_have_text("2 of 2")
    expect(cell(admin, host, "phase")).to_have_text("Lobby")
    expect(cell(admin, host, "answered")).to_have_text("–")
    expect(admin.locator('[data-figure="people"] .figure-main')).to_have_text("4")
    seen = points(admin, "connections")
    host.press(" ", "Question 1 of 2: reading time")
    host.press(" ", OPEN)
    expect(cell(admin, host, "phase")).to_have_text("Open, 1 of 2")
    expect(cell(admin, host, "answered")).to_have_text("0 of 2")
    lesson.mia.choose("Canberra")
    lesson.mia.expect_stored()
    expect(cell(admin, host, "answered")).to_have_text("1 of 2")
    expect(health(admin)).to_have_text(re.compile(r"1 room, 4 people connected, answers stored in \d|alerts?: "))
    expect(admin.locator('[data-figure="answers"] [data-slot="more"]')).to_have_text(re.compile(r"^stored in \d"))
    expect(plot(admin, "answers_per_s").locator(".plot-range")).not_to_have_text("0/s to 0/s")
    expect(plot(admin, "connections").locator(".plot-now")).to_have_text("5")
    expect(plot(admin, "connections").locator("svg")).to_have_attribute(
        "aria-label", re.compile(r"^Connections: now 5, lowest \d+, highest 5 in the last ten minutes$")
    )
    admin.wait_for_function(
        "([line, seen]) => document.querySelector(line).getAttribute('d').match(/[ML]/g).length > seen + 1",
        arg=["[data-plot=connections] .plot-line", seen],
    )
    plot(admin, "connections").locator("svg").tap()
    expect(plot(admin, "connections").locator(".plot-range")).to_have_text(re.compile(r"^at \d+:\d+:\d+"))


def look_into_the_room(lesson: Lesson) -> None:
    """Who is connected, and whose answer is stored; searched and filtered."""
    admin = lesson.admin
    cell(admin, lesson.host, "pin").tap()
    expect(admin.get_by_role("heading", name=SHORT["title"])).to_be_visible()
    expect(row(admin, "Mia").locator('[data-slot="state"]')).to_have_text("Connected")
    expect(row(admin, "Mia").locator('[data-slot="receipt"]')).to_have_text(re.compile(r"^stored \d+:\d+:\d+, \S+ m?s"))
    expect(row(admin, "Léa").locator('[data-slot="receipt"]')).to_have_text("none yet")
    expect(admin.locator('#figures [data-slot="answered"]')).to_have_text("1 of 2")
    admin.get_by_label("Search by name").fill("lé")
    expect(row(admin, "Mia")).to_be_hidden()
    expect(row(admin, "Léa")).to_be_visible()
    admin.get_by_label("Search by name").fill("")
    admin.locator(".filter-choice").filter(has_text="Gone").tap()
    expect(admin.get_by_text("Nobody fits.")).to_be_visible()
    admin.locator(".filter-choice").filter(has_text="All").tap()
    expect(row(admin, "Mia")).to_be_visible()


def announce_to_the_room(lesson: Lesson) -> None:
    """Phones, host and projector show it; a phone and the host can put it away, from the wall it goes by itself."""
    text = "Please speak up, the back row can't hear."
    lesson.admin.get_by_text("Announce to this room").tap()
    announce(lesson.admin, text)
    pages = (lesson.mia.page, lesson.lea.page, lesson.host.page)
    for page in (*pages, lesson.screen.root.page):
        expect(page.locator("#announcement")).to_contain_text(text)
    wall = lesson.screen.root.page.locator("#announcement")
    expect(wall.locator("button")).to_have_count(0)
    lesson.screen.root.page.clock.fast_forward("00:31")
    expect(wall).to_be_hidden()
    for page in pages:
        page.locator("#announcement button").click()
        expect(page.locator("#announcement")).to_be_hidden()


def disconnect_somebody(lesson: Lesson) -> None:
    """Mia's page sleeps until she touches it; her seat and her answer stay."""
    admin, mia = lesson.admin, lesson.mia
    row(admin, "Mia").get_by_role("button").tap()
    expect(admin.get_by_role("dialog")).to_contain_text("Mia")
    confirm(admin, "Disconnect")
    mia.expect_banner("You were away for a while. Tap to come back.")
    expect(row(admin, "Mia").locator('[data-slot="state"]')).to_have_text("Gone")
    mia.page.locator("h1").first.tap()
    expect(mia.banner).to_be_hidden()
    expect(row(admin, "Mia").locator('[data-slot="state"]')).to_have_text("Connected")
    expect(row(admin, "Mia").locator('[data-slot="reconnects"]')).to_have_text("1")
    mia.expect_stored()


def close_the_room(lesson: Lesson) -> None:
    """As if the host had ended it."""
    lesson.admin.get_by_role("button", name="Close this room…").tap()
    confirm(lesson.admin, "Close the room")
    lesson.host.expect_phase("The room is over")
    lesson.mia.final()
    lesson.screen.expect_phase("FINISHED")
    expect(lesson.admin.locator("#phase")).to_have_text("Over")
    expect(lesson.admin.get_by_role("button", name="Close this room…")).to_be_hidden()


def announce_to_everyone(lesson: Lesson) -> None:
    """Whoever is connected, whatever their room does."""
    lesson.admin.get_by_role("link", name="All rooms").tap()
    expect(cell(lesson.admin, lesson.host, "phase")).to_have_text("Over")
    announce(lesson.admin, "We restart at noon.")
    for page in (lesson.mia.page, lesson.lea.page, lesson.host.page, lesson.screen.root.page):
        expect(page.locator("#announcement")).to_contain_text("We restart at noon.")


def read_the_audit(lesson: Lesson) -> None:
    """Each deed once, the newest first, with whose it was."""
    expect(lesson.admin.locator("#audit .audit-entry p:first-child")).to_have_text(
        [
            "Root announced to everyone",
            f"Root closed room {lesson.host.pin}",
            f"Root disconnected somebody in room {lesson.host.pin}",
            f"Root announced to room {lesson.host.pin}",
        ]
    )
    expect(lesson.admin.locator("#audit")).to_contain_text("the back row can't hear")


def test_old_numbers_say_how_old_they_are(
    service: Service, visitors: Visitors, lay_wire: Callable[[int], Wire]
) -> None:
    """Without a network the last numbers stay, with their age; they move again by themselves."""
    wire = lay_wire(service.port)
    page = visitors.arrive("admin", LAPTOP, allowed=[CUT_OFF])
    sign_in(page, f"http://127.0.0.1:{wire.port}", ADMIN, PASSWORD)
    page.goto(f"http://127.0.0.1:{wire.port}/admin")
    people = page.locator('[data-figure="people"] .figure-main')
    expect(people).not_to_be_empty()
    wire.cut()
    expect(page.locator("#stale")).to_have_text(re.compile(r"^No connection\. These numbers are \d+ sec old\.$"))
    expect(people).not_to_be_empty()
    wire.mend()
    expect(page.locator("#stale")).to_be_hidden()


def test_a_room_that_is_not_there_is_said_to_be_so(service: Service, visitors: Visitors) -> None:
    """With the way back, and without asking for ever."""
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("admin", allowed=[REFUSED.format(404)])
    sign_in(page, base, ADMIN, PASSWORD)
    page.goto(f"{base}/admin/rooms/000000")
    expect(page.get_by_role("heading", name="No room has this PIN")).to_be_visible()
    page.locator("#main").get_by_role("link", name="All rooms").last.click()
    expect(health(page)).to_have_text(JUDGED)


def test_everybody_can_use_the_pages(service: Service, visitors: Visitors) -> None:
    """Both pages, large and small, by the rules of accessibility; nothing sticks out, every target is large."""
    base = f"http://127.0.0.1:{service.port}"
    teacher = visitors.arrive("host")
    sign_in(teacher, base, TEACHER, PASSWORD)
    upload(teacher, base, SHORT)
    host = start_room(teacher, read_time_s="60")
    mia = Student(visitors.student("Mia"), "W" * 24)
    mia.scan(base, host.pin)
    mia.take_seat()
    admin = visitors.arrive("admin", LAPTOP)
    sign_in(admin, base, ADMIN, PASSWORD)
    state = admin.context.storage_state()
    narrow = visitors.arrive("admin", NARROW, storage_state=state, is_mobile=True, has_touch=True)
    for page in (admin, narrow):
        page.goto(f"{base}/admin")
        expect(cell(page, host, "people")).to_have_text("1 of 1")
        page.get_by_text("All figures of the shards").click()
        check_page(page)
        page.goto(f"{base}/admin/rooms/{host.pin}")
        expect(row(page, mia.nickname)).to_be_visible()
        page.get_by_text("Announce to this room").click()
        check_page(page)
        page.get_by_role("button", name="Close this room…").click()
        check_page(page)


def check_page(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == []
    if page.viewport_size == NARROW:
        small = [target for target in page.evaluate(TARGETS) if target[1] < TARGET - 0.5]
        assert small == []
