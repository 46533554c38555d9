"""Order, match and categorize in a room: one student has a finger, the other has keys; both get everything right."""

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, sign_in, start_room, upload
from browser_quiz import CATEGORIZE, MATCH, ORDER
from browser_sorting import Sorter, right_targets
from browser_student import Student
from browser_visitors import Visitors
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

QUIZ = {"title": "Sorting", "questions": [ORDER, MATCH, CATEGORIZE]}


@pytest.fixture
def lesson(service: Service, visitors: Visitors) -> tuple[Host, Student, Student]:
    """A host, Mia on a phone and Bo who has only keys, in the lobby."""
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, QUIZ)
    host = start_room(page, read_time_s="60")
    students = Student(visitors.student("Mia"), "Mia"), Student(visitors.arrive("Bo"), "Bo")
    for student in students:
        student.scan(base, host.pin)
        student.take_seat()
    return host, *students


def test_everything_can_be_sorted_by_finger_and_by_key(lesson: tuple[Host, Student, Student]) -> None:
    """Dragged, tapped and typed; locked once it is sent; told apart afterwards, on phone and projector."""
    host, mia, bo = lesson
    for number, question in enumerate(QUIZ["questions"], start=1):
        host.step("Start" if number == 1 else "Next question")
        host.expect_phase(f"Question {number} of 3: reading time")
        host.step("Open now")
        host.expect_phase(f"Question {number} of 3 is open")
        sort_by_finger(mia, question)
        sort_by_key(bo, question)
        host.expect_phase(f"Question {number} of 3 is closed")
        for student in (mia, bo):
            expect(student.verdict).to_have_text("That's right")
            expect(student.page.locator(".after-list .is-right")).to_have_count(len(student_rows(question)))
        if question["kind"] == "categorize":
            expect(host.stage.root.locator(".boxed b")).to_have_text(["2"] * len(student_rows(question)))
        else:
            assert set(host.stage.counts().values()) == {2}
        if number < 3:
            host.step("Show standings")
            host.expect_phase(f"Standings after question {number} of 3")


def student_rows(question: dict) -> list[str]:
    return question["items"] if question["kind"] == "order" else list(right_targets(question))


def sort_by_finger(student: Student, question: dict) -> None:
    sorter = Sorter(student.page)
    if question["kind"] == "order":
        before = sorter.texts()
        sorter.drag(0, 2)
        assert sorter.texts() == [before[1], before[2], before[0], before[3]]
        expect(student.page.locator("#live")).to_have_text(f"{before[0]}: place 3 of 4")
        sorter.put_in_order(question["items"])
    else:
        sorter.assign(right_targets(question))
    student.send()
    student.expect_stored()
    expect(student.page.locator(".open-body button:visible:not([aria-disabled=true])")).to_have_count(0)


def sort_by_key(student: Student, question: dict) -> None:
    sorter = Sorter(student.page)
    if question["kind"] == "order":
        sorter.put_in_order_by_key(question["items"])
    else:
        sorter.assign_by_key(right_targets(question))
    sorter.send_by_key()
