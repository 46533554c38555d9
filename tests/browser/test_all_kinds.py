"""All kinds of questions, all the way: one quiz is written, looked at, hosted, played by touch and by key, and told."""

import csv
import io
import json

import pytest
from browser_editor import Editor, new_quiz
from browser_hands import Keys, Mouse, Touch
from browser_host import Host, Stage, start_room
from browser_inspection import OLD_PROJECTOR, WATCH_SHIFTS, Inspection, shifts_of
from browser_kinds import ROWS, Row
from browser_student import Student
from browser_visitors import LAPTOP, PHONE, PROJECTOR, Visitors
from playwright.sync_api import Page, StorageState, expect

from game.kinds import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.process]

COUNT = len(KINDS)
# What a page was touched with: "mouse", "touch", or nothing.
WATCH_POINTERS = """
  window.pointers = [];
  addEventListener("pointerdown", ({pointerType}) => window.pointers.push(pointerType), true);
"""
# Where an answer is given: what still takes one.
CHANGEABLE = ".open-body :is(button, input, textarea):enabled:visible:not([aria-disabled=true], [readonly])"


@pytest.fixture(scope="module")
def inspection() -> Inspection:
    return Inspection()


@pytest.fixture(scope="module")
def ada(visitors_of_module: Visitors, base: str, signed_in: StorageState) -> Page:
    return visitors_of_module.arrive("ada", base_url=base, storage_state=signed_in)


@pytest.fixture(scope="module")
def editor(ada: Page, inspection: Inspection) -> Editor:
    """A quiz with a question of each kind, in the order of the menu, written by keyboard."""
    assert list(ROWS) == list(KINDS), "each kind has a row in browser_kinds.py, in the order of the kinds"
    ada.goto("/quizzes")
    editor = new_quiz(ada)
    inspection.look(ada, "editor, nothing written", PHONE, LAPTOP)
    editor.type_into(editor.title, "One of each")
    editor.press(editor.button("About this quiz"))
    editor.type_into(editor.field("Tags"), "Keys, maths, keys")
    editor.press(editor.button("Done"))
    for kind, row in ROWS.items():
        editor.add(row.name, row.prompt)
        row.write(editor)
        if KINDS[kind].takes_answers and "time_limit_s" not in row.body:
            editor.tab_to(ada.get_by_label("No time limit"))
            ada.keyboard.press("Space")
        expect(ada.locator("#open-checks")).to_contain_text("Ready")
        preview(editor, row)
        inspection.look(ada, f"editor {kind}", PHONE, LAPTOP, part="#panel")
    look_at_the_rest(ada, inspection)
    editor.expect_saved()
    return editor


def preview(editor: Editor, row: Row) -> None:
    """Phone and projector as they will be, by the pages that will draw them; ends where it began."""
    page, when = editor.page, editor.page.get_by_role("group", name="At which moment")
    expect(editor.phone.locator(".receipt, .info")).to_contain_text(row.phone)
    page.get_by_role("radio", name="Projector").check()
    expect(editor.screen.locator("[data-stage]")).to_contain_text(row.stage)
    when.get_by_role("radio", name="Afterwards").check()
    expect(editor.screen.locator("[data-stage]")).to_have_attribute("data-phase", "REVEAL" if row.revealed else "OPEN")
    page.get_by_role("radio", name="Phone").check()
    for said in row.verdicts[:1] if row.revealed else (row.phone,):
        expect(editor.phone.locator("main")).to_contain_text(said)
    expect(editor.phone.locator("main")).to_contain_text(row.body.get("explanation", ""))
    when.get_by_role("radio", name="Answering").check()


def look_at_the_rest(page: Page, inspection: Inspection) -> None:
    """What has to be finished, and on a small phone the editor's other parts."""
    page.locator("#open-checks").click()
    inspection.look(page, "editor, checks", PHONE, LAPTOP)
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    for tab in ("Preview", "Questions", "Write"):
        page.get_by_role("navigation", name="Part of the editor").get_by_role("button", name=tab).click()
        inspection.look(page, f"editor, {tab}", PHONE)
    page.set_viewport_size(LAPTOP)


def test_all_kinds_are_written(editor: Editor) -> None:
    """What was typed is what is stored."""
    quiz = json.loads(editor.page.request.get(f"/api/v1/quizzes/{editor.quiz_id}").body())
    assert (quiz["title"], quiz["tags"], quiz["ready"]) == ("One of each", ["Keys", "maths"], True)
    assert [question["kind"] for question in quiz["questions"]] == list(KINDS)
    for question, row in zip(quiz["questions"], ROWS.values(), strict=True):
        expected = {"prompt": row.prompt, "time_limit_s": None} | row.body
        assert {name: question.get(name) for name in expected} == expected


def test_all_kinds_are_played_and_told(
    editor: Editor, base: str, inspection: Inspection, visitors_of_module: Visitors
) -> None:
    """By a phone that is only touched and one that has only keys; what they sent is what the results say."""
    ada = editor.page
    ada.add_init_script(WATCH_SHIFTS)
    ada.get_by_role("link", name="Start a room").click()
    ada.wait_for_url(f"**/quizzes/{editor.quiz_id}")
    inspection.look(ada, "quiz", PHONE, LAPTOP)
    host = start_room(ada, read_time_s="60")
    touch = sit_down(Touch.on_phone(visitors_of_module, "Mia"), "Mia", base, host)
    keys = sit_down(Keys.on_phone(visitors_of_module, "Bo"), "Bo", base, host)
    screen = visitors_of_module.arrive("screen", PROJECTOR)
    screen.add_init_script(WATCH_SHIFTS)
    screen.goto(host.open_projector())
    seen = [touch.page, ada, screen]
    for number, (kind, row) in enumerate(ROWS.items(), start=1):
        if not KINDS[kind].takes_answers:
            show(number, row, host, touch, screen)
        else:
            ask(number, row, host, touch, seen)
            look(inspection, f"{kind} open", *seen)
            answer(number, row, host, touch, keys)
            expect_reveal(row, Stage(screen))
        look(inspection, f"{kind} shown", *seen)
        if KINDS[kind].graded:
            host.press("ArrowRight", f"Standings after question {number} of {COUNT}")
    assert set(touch.page.evaluate("window.pointers")) == {"touch"}
    assert keys.page.evaluate("window.pointers") == []
    host.press(" ", "The room is over")
    expect_results(ada, host.room_id, touch, keys, inspection)
    assert inspection.found == []


def sit_down(hand: Mouse, name: str, base: str, host: Host) -> Student:
    hand.page.add_init_script(WATCH_POINTERS)
    hand.page.add_init_script(WATCH_SHIFTS)
    student = Student(hand.page, name)
    student.scan(base, host.pin)
    hand.write(hand.page.get_by_label("Nickname"), name)
    hand.press(hand.page.get_by_role("button", name="Join", exact=True))
    expect(hand.page.locator(".lobby .tile bdi")).to_have_text(name)
    host.expect_names(name)
    return student


def ask(number: int, row: Row, host: Host, touch: Student, seen: list[Page]) -> None:
    """Nothing moves when the question opens."""
    host.press("ArrowRight", f"Question {number} of {COUNT}: reading time")
    expect(touch.page.locator(".read")).to_be_visible()
    for page in seen:
        shifts_of(page)
    host.press("ArrowRight", f"Question {number} of {COUNT} is open")
    expect(touch.receipt).to_contain_text(row.phone)
    expect(Stage(seen[-1]).root).to_contain_text(row.stage)
    assert [shift for page in seen for shift in shifts_of(page)] == []


def show(number: int, row: Row, host: Host, touch: Student, screen: Page) -> None:
    """A slide."""
    host.press("ArrowRight", f"Slide {number} of {COUNT}")
    expect(touch.page.locator(".prompt.info")).to_have_text(row.phone)
    expect(Stage(screen).root).to_contain_text(row.stage)


def answer(number: int, row: Row, host: Host, touch: Student, keys: Student) -> None:
    """What is stored can no more be changed. Once both have answered, the round closes by itself."""
    row.tap(touch)
    touch.expect_stored()
    expect(touch.page.locator(CHANGEABLE)).to_have_count(0)
    host.expect_answered(1, 2)
    row.keys(keys.page)
    host.expect_phase(f"Question {number} of {COUNT} is closed")
    for student, verdict in zip((touch, keys), row.verdicts, strict=True):
        expect(student.verdict).to_have_text(verdict)
    expect(touch.page.locator(".after-list .is-right")).to_have_count(row.right_rows)


def expect_reveal(row: Row, stage: Stage) -> None:
    stage.expect_phase("REVEAL")
    if isinstance(row.revealed, str):
        expect(stage.root).to_contain_text(row.revealed, ignore_case=True)
    else:
        expect(stage.bars).to_have_count(len(row.revealed))
        assert stage.counts() == row.revealed


def look(inspection: Inspection, name: str, phone: Page, host: Page, screen: Page) -> None:
    """The host page has the projector's stage in it, which is the only part of it that a kind changes."""
    inspection.look(phone, f"phone {name}", PHONE, LAPTOP)
    inspection.measure(host, f"host {name}", PHONE, LAPTOP)
    inspection.look(screen, f"screen {name}", PROJECTOR, OLD_PROJECTOR, thumbs=False)


def expect_results(page: Page, room_id: str, touch: Student, keys: Student, inspection: Inspection) -> None:
    """The page of all, that of each person, and the file."""
    asked = [row for kind, row in ROWS.items() if KINDS[kind].takes_answers]
    page.goto(f"/rooms/{room_id}/results")
    inspection.look(page, "results", PHONE, LAPTOP)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    lines = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    cells = {line["nickname"]: [line[f"{number} answer"] for number in range(1, len(asked) + 1)] for line in lines}
    for place, student in enumerate((touch, keys)):
        assert cells[student.nickname] == [row.cells[place] or row.told[place] for row in asked]
        page.goto(f"/rooms/{room_id}/results")
        expect(page.locator("main")).not_to_contain_text("{{")
        page.locator(".matrix").get_by_role("link", name=student.nickname, exact=True).click()
        expect(page.locator(".path-answer")).to_contain_text([row.told[place] for row in asked])
    inspection.look(page, "person", PHONE, LAPTOP)
