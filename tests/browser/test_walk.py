"""The whole way of somebody who has never seen it, from the set-up link to the results: by mouse, touch and keyboard.

No address is typed but the one in the log and the PIN; everything else is found on the pages.
"""

import re

import pytest
from blackbox_process import Service
from browser_hands import Keys, Mouse, Touch
from browser_visitors import Visitors
from playwright.sync_api import FilePayload, Page, expect
from workbooks import kahoot

pytestmark = [pytest.mark.browser, pytest.mark.process]

SETUP = re.compile(r"http://\S+?(/setup\?key=\S+)")
EMAIL, PASSWORD = "ada@school.example", "four unrelated plain words"
SHEET = kahoot(
    ["Capital of Australia?", "Sydney", "Canberra", "Perth", None, 20, 2],
    ["Which are primes?", 2, 4, 5, 9, 30, 1.3],
)
FILE = FilePayload(name="Geography.xlsx", mimeType="", buffer=SHEET)
OWN = ("Which river flows through Cairo?", "Nile", "Niger")


@pytest.fixture
def new_service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    service = Service(tmp_path_factory.mktemp("service"))
    service.start()
    yield service
    service.stop()


@pytest.mark.parametrize("way", [Mouse, Touch, Keys])
def test_the_whole_way(new_service: Service, visitors: Visitors, way: type[Mouse]) -> None:
    """An account, a quiz of one's own, a spreadsheet, a room with a phone as remote, two students, the results."""
    base = f"http://127.0.0.1:{new_service.port}"
    teacher = way.at_desk(visitors, "teacher")
    make_account(teacher, base, new_service.log_text())
    write_a_quiz(teacher)
    bring_a_spreadsheet(teacher)
    add_a_question(teacher)
    teacher.press(teacher.page.get_by_role("link", name="Start a room"))
    teacher.press(teacher.page.get_by_role("button", name="Start a room"))
    teacher.page.wait_for_url(re.compile(r"/host/\d+$"))
    students = [join(way.on_phone(visitors, name), base, teacher.page, name) for name in ("Mia", "Léa")]
    remote = take_remote(way, visitors, teacher)
    play(remote, students)
    finish(remote, teacher, students)


def make_account(hand: Mouse, base: str, log: str) -> None:
    link = SETUP.search(log)
    assert link
    hand.page.goto(base + link[1])
    for label, text in (("Your name", "Ada"), ("E-mail", EMAIL), ("Password", PASSWORD)):
        hand.write(hand.page.get_by_label(label), text)
    hand.press(hand.page.get_by_role("button", name="Create the account"))
    hand.page.wait_for_url(f"{base}/quizzes")


def write_a_quiz(hand: Mouse) -> None:
    """With one question; back in the list it can be started."""
    hand.press(hand.page.get_by_role("button", name="New quiz").first)
    hand.page.wait_for_url(re.compile("/edit$"))
    hand.write(hand.page.get_by_label("Title of the quiz"), "My own")
    write_a_question(hand)
    hand.press(hand.page.get_by_role("link", name="All quizzes"))
    expect(hand.page.get_by_role("button", name="Start My own")).to_be_visible()


def write_a_question(hand: Mouse) -> None:
    page, (prompt, right, wrong) = hand.page, OWN
    hand.press(page.get_by_role("button", name="Add a question").locator("visible=true"))
    hand.press(page.get_by_role("dialog").get_by_role("button", name="One right answer"))
    expect(page.locator("#prompt")).to_be_focused()
    page.keyboard.type(prompt)
    for letter, text in (("A", right), ("B", wrong)):
        hand.write(page.get_by_label(f"Answer {letter}", exact=True), text)
    hand.press(page.get_by_role("button", name="Answer A is right"))
    expect(page.locator("#open-checks")).to_contain_text("Ready")
    expect(page.locator("#status")).to_have_attribute("data-state", "saved")


def bring_a_spreadsheet(hand: Mouse) -> None:
    """Looked at first, one question left out; ends on the quiz's page."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Import a quiz"))
    hand.bring(page.get_by_label("Choose a file"), FILE)
    expect(page.locator("h1")).to_have_text("2 questions can be saved")
    hand.tick(page.get_by_role("checkbox", name="Which are primes?"))
    expect(page.locator("#count")).to_have_text("1 question chosen")
    hand.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", name="Geography", level=1)).to_be_visible()


def add_a_question(hand: Mouse) -> None:
    """To what came out of the file."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Edit"))
    expect(page.locator("#prompt")).to_have_value("Capital of Australia?")
    questions = page.get_by_role("navigation", name="Part of the editor").get_by_role("button", name="Questions")
    if questions.is_visible():
        hand.press(questions)
    write_a_question(hand)


def join(hand: Mouse, base: str, host: Page, name: str) -> Mouse:
    """With the PIN that the class reads."""
    pin = host.locator("#pin").inner_text()
    hand.page.goto(base)
    hand.write(hand.page.get_by_label("Type the PIN"), pin)
    hand.press(hand.page.get_by_role("button", name="Join"))
    hand.write(hand.page.get_by_label("Nickname"), name)
    hand.press(hand.page.get_by_role("button", name="Join", exact=True))
    expect(hand.page.get_by_role("heading", name="You're in. Look up.")).to_be_visible()
    return hand


def take_remote(way: type[Mouse], visitors: Visitors, teacher: Mouse) -> Mouse:
    """The code leads a phone to the same page, where it signs in. Who hosts on a phone has the remote in hand."""
    page = teacher.page
    shown = page.get_by_role("button", name="Use your phone as remote")
    if way is Touch:
        expect(shown).to_be_hidden()
        return teacher
    teacher.press(shown)
    dialog = page.get_by_role("dialog", name="Your phone as remote")
    expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    remote = way.on_phone(visitors, "remote")
    remote.page.goto(page.url)
    for label, text in (("E-mail", EMAIL), ("Password", PASSWORD)):
        remote.write(remote.page.get_by_label(label), text)
    remote.press(remote.page.get_by_role("button", name="Sign in"))
    expect(remote.page).to_have_url(page.url)
    teacher.press(dialog.get_by_role("button", name="Done"))
    expect(dialog).to_be_hidden()
    return remote


def play(remote: Mouse, students: list[Mouse]) -> None:
    """Both questions; one student knows the file's, both know the river."""
    for number, (opens, answers) in enumerate(
        (("Start", ("Canberra", "Perth")), ("Next question", ("Nile", "Nile"))), 1
    ):
        step(remote, opens, f"Question {number} of 2: reading time")
        step(remote, "Open now", f"Question {number} of 2 is open")
        for student, answer in zip(students, answers, strict=True):
            student.press(student.page.locator(".answers").get_by_role("button", name=answer))
        expect(remote.page.locator("#phase")).to_have_text(f"Question {number} of 2 is closed")
        expect(students[0].page.locator(".verdict h1")).to_have_text("That's right")
        if number == 1:
            step(remote, "Show standings", "Standings after question 1 of 2")


def step(remote: Mouse, label: str, phase: str) -> None:
    button = remote.page.locator("#step")
    expect(button).to_contain_text(label)
    expect(button).to_be_enabled()
    remote.press(button)
    expect(remote.page.locator("#phase")).to_have_text(phase)


def finish(remote: Mouse, teacher: Mouse, students: list[Mouse]) -> None:
    """Everybody sees how it ended; the results are one press away, wherever the teacher looks."""
    step(remote, "Finish", "The room is over")
    expect(students[0].page.locator(".finished h1")).to_have_text("1st of 2")
    expect(students[1].page.locator(".finished h1")).to_have_text("2nd of 2")
    teacher.press(teacher.page.get_by_role("link", name="See the results"))
    expect(teacher.page.locator("h1")).to_contain_text("All 2 answered everything")
    names = teacher.page.locator("#matrix tbody th")
    expect(names).to_have_text(["Mia", "Léa"])
