"""A word cloud grows on the projector while its round is open, and nothing in it jumps."""

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import sign_in, start_room, upload
from browser_student import Student
from browser_visitors import PROJECTOR, Visitors
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

CLOUD = {"kind": "wordcloud", "prompt": "What comes with autumn?", "time_limit_s": None}
QUIZ = {"title": "Autumn", "questions": [CLOUD]}


def send(student: Student, *words: str) -> None:
    for number, word in enumerate(words):
        if number:
            student.page.get_by_role("button", name="One more word").tap()
        student.page.get_by_role("textbox").nth(number).fill(word)
    student.send()
    student.expect_stored()


def middle(word: Locator) -> tuple[int, int]:
    box = word.bounding_box()
    assert box is not None
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


def test_a_word_cloud_grows_while_it_is_open(visitors: Visitors, service: Service) -> None:
    """While it is open: a word that comes again grows where it stands, and the reveal has it there too."""
    base = f"http://127.0.0.1:{service.port}"
    ada = visitors.arrive("ada", base_url=base)
    sign_in(ada, base, TEACHER, PASSWORD)
    upload(ada, base, QUIZ)
    host = start_room(ada, read_time_s="0")
    students = [Student(visitors.student(name), name) for name in ("Mia", "Bo", "Cy")]
    for student in students:
        student.scan(base, host.pin)
        student.take_seat()
    screen: Page = visitors.arrive("screen", PROJECTOR)
    screen.goto(host.open_projector())
    host.step("Start")
    expect(screen.locator("[data-stage]")).to_contain_text("Send your words from your device")

    send(students[0], "Rain", "Fog")
    rain = screen.locator(".cloud-word").filter(has_text="Rain")
    expect(rain).to_be_visible()
    host.expect_phase("Question 1 of 1 is open")
    fog = screen.locator(".cloud-word").filter(has_text="Fog")
    place, width = middle(rain), rain.evaluate("(word) => word.getBoundingClientRect().width")
    send(students[1], "rain", "wind", "storm")
    expect(rain).to_contain_text("× 2")
    expect(screen.locator(".cloud-word")).to_have_count(4)
    assert rain.evaluate("(word) => word.getBoundingClientRect().width") > width
    assert middle(rain) == place
    places = [middle(rain), middle(fog)]
    host.step("Close now")
    expect(screen.locator("[data-stage][data-phase=REVEAL] .cloud-word")).to_have_count(4)
    # The reveal has no clock and no count: its cloud has a little more room.
    for (x, y), (old_x, old_y) in zip((middle(rain), middle(fog)), places, strict=True):
        assert abs(x - old_x) < 80
        assert abs(y - old_y) < 80
