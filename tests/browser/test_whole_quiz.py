"""One whole quiz as people have it: a teacher from the set-up link on, a projector, and four phones."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from blackbox_process import Service
from browser_host import Host, Stage, start_room, upload
from browser_network import Wire
from browser_quiz import QUIZ
from browser_student import Student
from browser_visitors import CUT_OFF, PROJECTOR, Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

SETUP_LINK = re.compile(r"(http://\S+)(/setup\?key=\S+)")
PASSWORD = "four unrelated plain words"
ROUNDS = len(QUIZ["questions"])


@dataclass
class Lesson:
    """Everyone in the room, and what their phones have shown of each round."""

    base: str
    visitors: Visitors
    wire: Wire
    host: Host
    screen: Stage
    mia: Student
    lea: Student
    noor: Student
    students: list[Student] = field(default_factory=list)
    points: dict[int, dict[str, int]] = field(default_factory=dict)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)

    def begin_round(self, number: int, key: str = " ") -> None:
        """Reading time, then open, both by the keyboard."""
        self.host.press(key, f"Question {number} of {ROUNDS}: reading time")
        self.screen.expect_phase("READ")
        self.host.press("ArrowRight", f"Question {number} of {ROUNDS} is open")
        self.screen.expect_phase("OPEN")

    def expect_reveal(self, number: int) -> None:
        """Everyone sees the end of the round; notes what phones and projector say."""
        self.host.expect_phase(f"Question {number} of {ROUNDS} is closed", timeout=15_000)
        self.screen.expect_phase("REVEAL")
        for student in self.students:
            expect(student.verdict).not_to_have_text(re.compile("^(|Time is up)$"))
        self.points[number] = {student.nickname: student.points() for student in self.students}
        self.counts[number] = self.screen.counts()

    def show_standings(self, number: int) -> None:
        """The table holds the sums of what the phones have shown, best first."""
        self.host.press(" ", f"Standings after question {number} of {ROUNDS}")
        self.screen.expect_phase("STANDINGS")
        shown = {name: score for _, name, score in self.screen.standings()}
        assert shown == {student.nickname: self.total(student) for student in self.students}
        assert list(shown.values()) == sorted(shown.values(), reverse=True)
        for student in self.students:
            mine = student.page.locator(".standing.is-me")
            expect(mine).to_contain_text(f"{self.total(student):,}")

    def total(self, student: Student) -> int:
        return sum(points.get(student.nickname, 0) for points in self.points.values())


def test_a_whole_quiz(fresh_service: Service, visitors: Visitors, lay_wire: Callable[[int], Wire]) -> None:
    """From the set-up link to the results page, every number that was shown is the number that is kept."""
    base = f"http://127.0.0.1:{fresh_service.port}"
    teacher = visitors.arrive("host")
    make_account(teacher, base, fresh_service.log_text())
    upload(teacher, base, QUIZ)
    lesson = gather(visitors, base, start_room(teacher, read_time_s="60"), lay_wire(fresh_service.port))
    play_capital_with_a_lost_network(lesson)
    play_primes_with_a_reload_and_a_late_one(lesson)
    play_river_to_its_deadline(lesson)
    look_at_the_slide(lesson)
    finals = finish(lesson)
    compare_results(lesson, finals)
    assert "Traceback" not in fresh_service.log_text()


def make_account(page: Page, base: str, log: str) -> None:
    """The link works once: afterwards it leads to the sign-in page."""
    found = SETUP_LINK.search(log)
    assert found, f"no set-up link in what the service printed:\n{log}"
    page.goto(base + found[2])
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("E-mail").fill("ada@school.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    page.wait_for_url(f"{base}/quizzes")
    page.goto(base + found[2])
    page.wait_for_url(re.compile("/(login|quizzes)"))


def gather(visitors: Visitors, base: str, host: Host, wire: Wire) -> Lesson:
    """Three students in the lobby, one of them behind a network that can be cut; projector and host see them."""
    host.expect_phase("Waiting for people to join")
    projector = visitors.arrive("projector", PROJECTOR)
    projector.goto(host.open_projector())
    screen = Stage(projector)
    screen.expect_phase("LOBBY")
    projector.reload()
    screen.expect_phase("LOBBY")
    mia = Student(visitors.student("Mia"), "Mia")
    lea = Student(visitors.student("Lea", allowed=[CUT_OFF]), "Léa")
    noor = Student(visitors.student("Noor"), "نور")
    mia.type_pin(base, host.pin)
    lea.scan(f"http://127.0.0.1:{wire.port}", host.pin)
    noor.scan(base, host.pin)
    for student in (mia, lea, noor):
        student.take_seat()
        expect(screen.names.filter(has_text=student.nickname)).to_be_visible()
    host.expect_names("Mia", "Léa", "نور")
    expect(screen.root.locator(".lobby-qr svg")).to_be_visible()
    return Lesson(base, visitors, wire, host, screen, mia, lea, noor, [mia, lea, noor])


def play_capital_with_a_lost_network(lesson: Lesson) -> None:
    """Léa answers without a network: kept, sent by itself, counted once. The last answer closes the round."""
    lesson.begin_round(1)
    lesson.mia.choose("Canberra")
    lesson.mia.expect_stored()
    cut_off(lesson)
    lesson.lea.choose("Canberra")
    expect(lesson.lea.receipt).to_have_attribute("data-state", "waiting")
    expect(lesson.lea.receipt).to_contain_text("Your answer is kept on this phone and will be sent.")
    lesson.lea.expect_banner("Your answer is kept on this phone and will be sent.")
    lesson.host.expect_answered(1, of=2)
    lesson.wire.mend()
    lesson.lea.page.context.set_offline(False)
    lesson.lea.expect_stored()
    expect(lesson.lea.banner).to_be_hidden()
    lesson.host.expect_answered(2, of=3)
    lesson.noor.choose("Sydney")
    lesson.expect_reveal(1)
    expect(lesson.mia.verdict).to_have_text("That's right")
    expect(lesson.noor.verdict).to_have_text("Not this time")
    expect(lesson.noor.page.locator("[data-row=why]")).to_contain_text("founded in 1913")
    expect(lesson.screen.root.locator("[data-slot=explanation]")).to_contain_text("founded in 1913")
    assert lesson.counts[1] == {"Sydney": 1, "Canberra": 2, "Perth": 0, "Hobart": 0}
    assert lesson.points[1]["Mia"] >= lesson.points[1]["Léa"] > 0, "the earlier right answer gets no less"
    lesson.show_standings(1)


def cut_off(lesson: Lesson) -> None:
    """The browser believes itself offline, and what was open is torn for real."""
    lesson.lea.page.context.set_offline(True)
    lesson.wire.cut()
    expect(lesson.lea.banner).to_be_visible()


def play_primes_with_a_reload_and_a_late_one(lesson: Lesson) -> None:
    """Noor reloads and finds the answer, Omar comes late, the host reloads and goes on from a second device."""
    lesson.begin_round(2, "ArrowRight")
    lesson.noor.choose("Two", "Seven")
    lesson.noor.expect_stored()
    lesson.noor.page.reload()
    lesson.noor.expect_stored()
    for text, pressed in (("Two", "true"), ("Seven", "true"), ("Nine", "false")):
        expect(lesson.noor.choice(text)).to_have_attribute("aria-pressed", pressed)
    omar = Student(lesson.visitors.student("Omar"), "Omar")
    omar.scan(lesson.base, lesson.host.pin)
    omar.give_name()
    lesson.students.append(omar)
    omar.choose("Two", "Nine")
    omar.expect_stored()
    lesson.host.page.reload()
    lesson.host.expect_phase(f"Question 2 of {ROUNDS} is open")
    lesson.host.expect_answered(2, of=4)
    state = lesson.host.page.context.storage_state()
    tablet = lesson.visitors.arrive("second host", storage_state=state)
    tablet.goto(lesson.host.page.url)
    second = Host(tablet)
    second.expect_answered(2, of=4)
    second.step("Close now")
    lesson.expect_reveal(2)
    second.expect_phase(f"Question 2 of {ROUNDS} is closed")
    expect(lesson.noor.verdict).to_have_text("That's right")
    expect(lesson.mia.verdict).to_have_text("No answer from you")
    assert lesson.counts[2] == {"Two": 2, "Nine": 1, "Seven": 1, "Fifteen": 0}
    assert lesson.points[2]["نور"] > 0
    assert lesson.points[2]["Mia"] == 0
    lesson.show_standings(2)


def play_river_to_its_deadline(lesson: Lesson) -> None:
    """Two say nothing: the round ends when its time is over."""
    lesson.begin_round(3)
    lesson.mia.type_answer("nile")
    lesson.lea.type_answer("Amazon")
    lesson.mia.expect_stored()
    lesson.lea.expect_stored()
    lesson.expect_reveal(3)
    expect(lesson.mia.verdict).to_have_text("That's right")
    expect(lesson.lea.page.locator("[data-row=right]")).to_contain_text("Nile")
    expect(lesson.noor.verdict).to_have_text("No answer from you")
    lesson.show_standings(3)


def look_at_the_slide(lesson: Lesson) -> None:
    lesson.host.press(" ", f"Slide 4 of {ROUNDS}")
    for student in lesson.students:
        expect(student.page.get_by_role("heading", name="Half-time. Stretch your fingers.")).to_be_visible()


def finish(lesson: Lesson) -> dict[str, tuple[int, int]]:
    """The podium, and each one's own place and score."""
    lesson.host.press("ArrowRight", "The room is over")
    lesson.screen.expect_phase("FINISHED")
    finals = {student.nickname: student.final() for student in lesson.students}
    assert {name: score for name, (_, score) in finals.items()} == {
        s.nickname: lesson.total(s) for s in lesson.students
    }
    assert lesson.screen.podium() == {(rank, name) for name, (rank, _) in finals.items() if rank <= 3}
    return finals


def compare_results(lesson: Lesson, finals: dict[str, tuple[int, int]]) -> None:
    """Page, JSON and CSV say what phones and projector said."""
    page = lesson.host.page
    results = page.request.get(f"{lesson.base}/api/v1/rooms/{lesson.host.room_id}/results.json").json()
    people = {person["nickname"]: person for person in results["participants"]}
    assert {name: (person["rank"], person["score"]) for name, person in people.items()} == finals
    for number, shown in lesson.points.items():
        kept = {name: person["answers"][number - 1]["points"] for name, person in people.items()}
        assert kept == {name: shown.get(name, 0) for name in people}, f"round {number}"
    answered = [item["answered"] for item in results["rounds"]]
    assert answered == [3, 2, 2, 0]
    for number in (1, 2):
        assert results["rounds"][number - 1]["distribution"]["counts"] == list(lesson.counts[number].values())
    page.get_by_role("link", name="See the results").click()
    compare_matrix(page, results)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert {row["nickname"]: (int(row["rank"]), int(row["score"])) for row in rows} == finals
    assert {row["nickname"]: row["3 answer"] for row in rows} == {"Mia": "nile", "Léa": "Amazon", "نور": "", "Omar": ""}


def compare_matrix(page: Page, results: dict[str, Any]) -> None:
    """The table of the results page, row by row."""
    rows = page.locator("#matrix tbody tr")
    expect(rows).to_have_count(len(results["participants"]))
    for row, person in zip(rows.all(), results["participants"], strict=True):
        expect(row.locator("th")).to_have_text(person["nickname"])
        expect(row.locator(".score")).to_have_text(f"{person['score']:,}")
        for entry in person["answers"]:
            cell = row.locator("td.cell").nth(entry["round"] - 1)
            if entry["answer"] and results["rounds"][entry["round"] - 1]["counted"]:
                expect(cell.locator(".cell-points")).to_have_text(f"{entry['points']:,}")
