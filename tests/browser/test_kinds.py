"""Each kind of question once, all the way: written, hosted, answered by touch and by key, told. A row a kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_editor import Editor
from browser_hands import tab_to
from browser_host import Host, Stage, sign_in, start_room
from browser_inspection import WATCH_SHIFTS, Inspection, shifts_of
from browser_student import Student
from browser_visitors import LAPTOP, PHONE, PROJECTOR, Visitors
from pictures import file_of, halves
from playwright.sync_api import Browser, Page, StorageState, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


@dataclass(frozen=True)
class Row:
    """A kind as people meet it. `name` is that of the editor's menu."""

    name: str
    prompt: str
    # Writes what the kind needs besides its question, by keyboard or touch.
    write: Callable[[Editor], None]
    # How two people answer, by touch and by key; what each then reads, and what the results say of each.
    tap: Callable[[Student], None]
    keys: Callable[[Page], None]
    verdicts: tuple[str, str]
    told: tuple[str, str]
    # What stands on phone and projector while it is open, and on the projector afterwards.
    phone: str
    stage: str
    revealed: str


def press_send(page: Page) -> None:
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")


SAID = "This is what you all said"


def tap_open(student: Student) -> None:
    student.page.get_by_role("textbox").tap()
    student.page.get_by_role("textbox").fill("Because of the Rayleigh scattering.\nI think.")
    expect(student.page.locator("[data-text=count]")).to_have_text("44")
    student.send()


def type_open(page: Page) -> None:
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type("No idea")
    press_send(page)


def write_scale(editor: Editor) -> None:
    editor.type_into(editor.field("From"), "-10")
    editor.type_into(editor.field("What the first step means"), "Not at all")
    editor.type_into(editor.field("To"), "100")
    expect(editor.page.locator("#open-checks")).to_contain_text("1 to finish")
    editor.type_into(editor.field("To"), "10")
    editor.type_into(editor.field("What the last step means"), "Very much")


def tap_scale(student: Student) -> None:
    student.page.locator("label").filter(has=student.page.get_by_label("10 – Very much", exact=True)).tap()
    student.send()


def walk_scale(page: Page) -> None:
    """Onto the first step, and two on."""
    tab_to(page, page.get_by_label("-10 – Not at all"))
    for key in ("Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    press_send(page)


def write_blanks(editor: Editor) -> None:
    """One gap typed, one made of a word that is selected."""
    for key in ("End", "ArrowLeft", *["Shift+ArrowLeft"] * 3):
        editor.page.keyboard.press(key)
    editor.press(editor.button("Insert gap"))
    expect(editor.prompt).to_have_value("The {{1}} sat on the {{2}}.")
    expect(editor.prompt).to_be_focused()
    expect(editor.field("Gap 2, accepted answer 1")).to_have_value("mat")
    editor.type_into(editor.field("Gap 1, accepted answer 1"), "cat")
    editor.press(editor.button("Accept another in gap 1"))
    editor.page.keyboard.type("dog")


def tap_blanks(student: Student) -> None:
    for label, text in (("Gap 1", "Cat"), ("Gap 2", "mat")):
        student.page.get_by_label(label).tap()
        student.page.get_by_label(label).fill(text)
    student.send()


def type_blanks(page: Page) -> None:
    """Enter leads to the next gap, and from the last to the service."""
    tab_to(page, page.get_by_label("Gap 1"))
    for text in ("dog", "roof"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def tap_words(student: Student) -> None:
    student.page.get_by_role("textbox").fill("Rain")
    student.page.get_by_role("button", name="One more word").tap()
    student.page.get_by_role("textbox", name="Word 2").fill("Fog")
    student.send()


def type_words(page: Page) -> None:
    """Enter goes on to the next word, and sends when there is none."""
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type("wind\nrain\n\n")


def write_hotspot(editor: Editor) -> None:
    """A picture; a place drawn on it by mouse, another added and typed by key."""
    picture = {"name": "halves.png", "mimeType": "image/png", "buffer": file_of(halves(400, 200))}
    editor.page.locator("#image-file").set_input_files(picture)  # type: ignore[arg-type]
    editor.page.locator("#alt").fill("A red half and a blue one")
    canvas = editor.page.locator(".ed-spot")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    editor.page.mouse.move(box["x"] + 0.55 * box["width"], box["y"] + 0.1 * box["height"])
    editor.page.mouse.down()
    editor.page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.9 * box["height"], steps=4)
    editor.page.mouse.up()
    expect(editor.field("Name of place 1")).to_be_focused()
    editor.page.keyboard.type("The blue half")
    editor.press(editor.button("Add a place"))
    editor.page.keyboard.type("The red half")
    editor.press(editor.page.locator(".ed-area").nth(1).locator("summary"))
    editor.type_into(editor.field("Place 2: from the left, %"), "5")
    editor.type_into(editor.field("Place 2: width, %"), "40")
    # What was right is drawn over the picture, and nowhere else.
    editor.page.get_by_role("radio", name="Afterwards").check()
    expect(editor.phone.locator(".spot rect")).to_have_count(1)
    # Nothing is drawn anew between two looks.
    editor.expect_saved()
    assert editor.phone.locator(".spot svg").bounding_box() == editor.phone.locator(".spot .picture").bounding_box()
    editor.page.get_by_role("radio", name="Answering").check()


def expect_mark(page: Page, x: str, y: str) -> None:
    """Where it stands in the picture: how its shares begin."""
    mark = page.locator(".spot-mark.is-set")
    expect(mark).to_have_attribute("style", re.compile(rf"--x: ({x})\d*; --y: ({y})\d*;"))


def tap_picture(student: Student) -> None:
    """Beside it at first; then the mark is dragged to where it belongs."""
    picture = student.page.locator(".spot .picture")
    box = picture.bounding_box()
    assert box is not None
    picture.tap(position={"x": 0.45 * box["width"], "y": 0.5 * box["height"]})
    expect_mark(student.page, "0.44|0.45", "0.49|0.5")
    student.page.mouse.move(box["x"] + 0.45 * box["width"], box["y"] + 0.5 * box["height"])
    student.page.mouse.down()
    student.page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 0.5 * box["height"], steps=4)
    student.page.mouse.up()
    expect_mark(student.page, "0.74|0.75", "0.49|0.5")
    student.send()


def key_picture(page: Page) -> None:
    """The mark goes by arrow keys; whoever takes the list instead takes it back."""
    mark = page.get_by_role("button", name="Point with the arrow keys")
    tab_to(page, mark)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    expect_mark(page, "0.6", "0.49")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(mark).not_to_have_class("spot-mark is-set")
    for _ in range(2):
        if not page.get_by_role("radio", name="The red half").is_checked():
            page.keyboard.press("ArrowDown")
    press_send(page)


ROWS = {
    "blanks": Row(
        name="Fill in the gaps",
        prompt="The {{1}} sat on the mat.",
        write=write_blanks,
        tap=tap_blanks,
        keys=type_blanks,
        verdicts=("That's right", "Partly right"),
        told=("1. Cat · 2. mat", "1. dog · 2. roof"),
        phone="Fill in the gaps.",
        stage="Fill in the gaps on your device",
        revealed="The cat sat on the mat.",
    ),
    "scale": Row(
        name="Scale",
        prompt="How sure are you?",
        write=write_scale,
        tap=tap_scale,
        keys=walk_scale,
        verdicts=(SAID, SAID),
        told=("10", "-8"),
        phone="Choose a step.",
        stage="10 – Very much",
        revealed="On average 1",
    ),
    "open": Row(
        name="Open answer",
        prompt="Why is the sky blue?",
        write=lambda editor: None,
        tap=tap_open,
        keys=type_open,
        verdicts=(SAID, SAID),
        told=("Because of the Rayleigh scattering.", "No idea"),
        phone="Write your answer.",
        stage="Write your answer on your device",
        revealed="Because of the Rayleigh scattering.",
    ),
    "wordcloud": Row(
        name="Word cloud",
        prompt="What comes with autumn?",
        write=lambda editor: editor.field("Words that each may send").select_option("3"),
        tap=tap_words,
        keys=type_words,
        verdicts=(SAID, SAID),
        told=("Rain, Fog", "wind, rain"),
        phone="Type up to 3 words.",
        stage="Up to 3 words each",
        revealed="Rain2",
    ),
    "hotspot": Row(
        name="Point at the picture",
        prompt="Where is it blue?",
        write=write_hotspot,
        tap=tap_picture,
        keys=key_picture,
        verdicts=("That's right", "Not this time"),
        told=("The blue half", "The red half"),
        phone="Tap the place in the picture.",
        stage="Tap the place on your device",
        revealed="The red half",
    ),
}


@pytest.fixture
def base(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, service: Service) -> StorageState:
    """Ada's cookies: she signs in once, as often as people may."""
    context = browser.new_context()
    sign_in(context.new_page(), f"http://127.0.0.1:{service.port}", TEACHER, PASSWORD)
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_kind_is_written_asked_answered_and_told(
    row: Row, base: str, visitors: Visitors, signed_in: StorageState
) -> None:
    """Editor and previews, phones and projector, results; nothing moves when it opens, and axe has nothing to say."""
    inspection = Inspection()
    ada = visitors.arrive("ada", base_url=base, storage_state=signed_in)
    write(ada, row, inspection)

    host = start_room(ada, read_time_s="60")
    touch, keys = Student(visitors.student("Mia", base_url=base), "Mia"), Student(visitors.arrive("Bo", PHONE), "Bo")
    screen = visitors.arrive("screen", PROJECTOR)
    screen.goto(host.open_projector())
    touch.page.add_init_script(WATCH_SHIFTS)
    for student in (touch, keys):
        student.scan(base, host.pin)
        student.take_seat()
    host.press(" ", "Question 1 of 1: reading time")
    expect(touch.page.locator(".read")).to_be_visible()
    shifts_of(touch.page)
    host.press(" ", "Question 1 of 1 is open")
    expect(touch.receipt).to_contain_text(row.phone)
    expect(Stage(screen).root).to_contain_text(row.stage)
    assert shifts_of(touch.page) == []
    look(inspection, touch, screen, "open")

    answer(row, host, touch, keys)
    expect(Stage(screen).root).to_contain_text(row.revealed, ignore_case=True)
    look(inspection, touch, screen, "reveal")
    assert inspection.found == []

    host.press(" ", "The room is over")
    results = f"/rooms/{host.room_id}/results"
    for student, told in zip((touch, keys), row.told, strict=True):
        ada.goto(results)
        expect(ada.locator("main")).not_to_contain_text("{{")
        ada.locator(".matrix").get_by_role("link", name=student.nickname, exact=True).click()
        expect(ada.locator(".path-answer")).to_contain_text(told)


def write(page: Page, row: Row, inspection: Inspection) -> None:
    """A new quiz with one question; ends on the quiz's page."""
    page.goto("/quizzes")
    page.get_by_role("button", name="New quiz").first.click()
    page.wait_for_url("**/edit")
    editor = Editor(page)
    editor.type_into(editor.title, row.name)
    editor.add(row.name, row.prompt)
    row.write(editor)
    page.get_by_label("No time limit").check()
    expect(page.locator("#open-checks")).to_contain_text("Ready")
    expect(editor.phone.locator(".receipt")).to_contain_text(row.phone)
    page.get_by_role("radio", name="Projector").check()
    expect(editor.screen.locator("[data-stage]")).to_contain_text(row.stage)
    inspection.look(page, "editor", PHONE, LAPTOP)
    editor.expect_saved()
    page.get_by_role("link", name="Start a room").click()
    page.wait_for_url(f"**/quizzes/{editor.quiz_id}")
    inspection.look(page, "quiz", PHONE, LAPTOP)


def answer(row: Row, host: Host, touch: Student, keys: Student) -> None:
    """Once both have answered, the round closes by itself."""
    row.tap(touch)
    touch.expect_stored()
    host.expect_answered(1, 2)
    row.keys(keys.page)
    host.expect_phase("Question 1 of 1 is closed")
    for student, verdict in zip((touch, keys), row.verdicts, strict=True):
        expect(student.verdict).to_have_text(verdict)


def look(inspection: Inspection, phone: Student, screen: Page, moment: str) -> None:
    inspection.look(phone.page, f"phone {moment}", PHONE)
    inspection.look(screen, f"screen {moment}", PROJECTOR, thumbs=False)
