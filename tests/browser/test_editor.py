"""The editor in a real browser: written by keyboard alone, kept, taken back, two tabs, and played in a room."""

import json
import re
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from blackbox_process import PASSWORD, TEACHER, Service
from browser_editor import Editor
from browser_host import sign_in, start_room
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_network import Wire
from browser_student import Student
from browser_visitors import CUT_OFF, PHONE, REFUSED, Visitors
from pictures import file_of, photo
from playwright.sync_api import Browser, Dialog, Page, StorageState, expect
from sound_samples import wav

pytestmark = [pytest.mark.browser, pytest.mark.process]


def new_quiz(page: Page, base: str) -> Editor:
    """From the list, by its button."""
    page.get_by_role("button", name="New quiz").first.click()
    page.wait_for_url(re.compile(r"/edit$"))
    return Editor(page)


def stored(page: Page, editor: Editor) -> dict:
    """The quiz as the service has it."""
    return json.loads(page.request.get(f"/api/v1/quizzes/{editor.quiz_id}").body())


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


@pytest.fixture
def ada(visitors: Visitors, base: str, signed_in: StorageState) -> Page:
    """A teacher who looks at her quizzes."""
    page = visitors.arrive("ada", base_url=base, storage_state=signed_in, allowed=[REFUSED.format("4(09|22)")])
    page.goto("/quizzes")
    return page


def test_a_quiz_of_every_kind_is_written_without_a_mouse_and_played(ada: Page, base: str, visitors: Visitors) -> None:
    """From the empty quiz to the first answer of a student."""
    editor = new_quiz(ada, base)
    editor.type_into(editor.title, "Written by keys")
    editor.press(editor.button("About this quiz"))
    editor.type_into(editor.field("Tags"), "Keys, maths, keys")
    editor.press(editor.button("Done"))

    editor.add("One right answer", "Capital of France?")
    editor.type_into(editor.field("Answer A"), "Paris")
    ada.keyboard.press("Enter")
    ada.keyboard.type("Rome")
    ada.keyboard.press("Enter")
    ada.keyboard.type("Bern")
    ada.locator("#panel-title").focus()
    editor.press(editor.button("Answer A is right"))
    editor.type_into(editor.field("Seconds to answer"), "45")
    editor.type_into(editor.field("Explanation"), "It is on the Seine.")

    editor.add("Several right answers", "Which are prime?")
    for letter, text in (("A", "2"), ("B", "9")):
        editor.type_into(editor.field(f"Answer {letter}"), text)
    ada.locator("#panel-title").focus()
    editor.press(editor.button("Answer A is right"))

    editor.add("True or false", "Fire is cold.")
    editor.press(editor.button("Answer B is right"))
    editor.add("Type the answer", "River through Cairo?")
    editor.type_into(editor.field("Accepted answer 1"), "Nile")
    editor.add("Number", "Legs of a spider?")
    editor.field("How number 1 is meant").select_option("around")
    editor.type_into(editor.field("Number 1"), "8")
    editor.type_into(editor.field("Number 1: how far off is right too"), "0,5")
    editor.add("Poll", "Tea or coffee?")
    for letter, text in (("A", "Tea"), ("B", "Coffee")):
        editor.type_into(editor.field(f"Answer {letter}"), text)
    editor.add("Slide", "That was it.")

    expect(ada.locator("#open-checks")).to_contain_text("Ready")
    editor.expect_saved()
    quiz = stored(ada, editor)
    assert quiz["ready"]
    assert quiz["tags"] == ["Keys", "maths"]
    kinds = [question["kind"] for question in quiz["questions"]]
    assert kinds == ["single", "multi", "true_false", "text", "number", "poll", "info"]
    first = quiz["questions"][0]
    assert [(choice["text"], choice["correct"]) for choice in first["choices"]] == [
        ("Paris", True),
        ("Rome", False),
        ("Bern", False),
    ]
    assert (first["time_limit_s"], first["explanation"]) == (45, "It is on the Seine.")
    assert quiz["questions"][4]["accepted"] == [{"value": 8, "tolerance": 0.5}]

    ada.keyboard.press("Control+Home")
    editor.press(ada.get_by_role("link", name="Start a room"))
    ada.wait_for_url(re.compile(rf"/quizzes/{editor.quiz_id}$"))
    host = start_room(ada, read_time_s="0")
    bo = Student(visitors.student("bo", base_url=base), "Bo")
    bo.scan(base, host.pin)
    bo.take_seat()
    host.expect_names("Bo")
    host.step("Start")
    expect(host.stage.prompt).to_have_text("Capital of France?")
    bo.choose("Paris")
    expect(bo.verdict).to_have_text("That's right")


def test_questions_are_reordered_by_key_and_by_hand_and_taken_back(ada: Page, base: str) -> None:
    """Each way leads to the same place, is announced, and Ctrl+Z leads back."""
    editor = new_quiz(ada, base)
    for prompt in ("one", "two", "three"):
        editor.add("Slide", prompt)
    ada.keyboard.press("Alt+ArrowUp")
    assert editor.prompts() == ["one", "three", "two"]
    expect(ada.locator("#live")).to_have_text("Question moved to place 2 of 3.")

    from_handle, to_handle = editor.rail.nth(0).locator(".ed-handle"), editor.rail.nth(2).locator(".ed-handle")
    start, end = from_handle.bounding_box(), to_handle.bounding_box()
    assert start
    assert end
    drag(ada, start["x"] + 8, start["y"] + 20, end["y"] + 40, touch=False)
    assert editor.prompts() == ["three", "two", "one"]

    ada.keyboard.press("ControlOrMeta+Z")
    ada.keyboard.press("ControlOrMeta+Z")
    assert editor.prompts() == ["one", "two", "three"]
    ada.keyboard.press("ControlOrMeta+Shift+Z")
    assert editor.prompts() == ["one", "three", "two"]
    editor.button("Delete").click()
    expect(editor.rail).to_have_count(2)
    editor.button("Undo").click()
    expect(editor.rail).to_have_count(3)
    editor.expect_saved()
    assert [question["prompt"] for question in stored(ada, editor)["questions"]] == ["one", "three", "two"]


def test_what_is_unfinished_is_stored_and_named(ada: Page, base: str) -> None:
    """It survives a reload; a room waits until it is finished, and the list leads to each place."""
    editor = new_quiz(ada, base)
    editor.add("One right answer", "Half a question")
    editor.expect_saved()
    ada.reload()
    editor = Editor(ada)
    expect(editor.prompt).to_have_value("Half a question")
    assert not stored(ada, editor)["ready"]

    ada.get_by_role("link", name="Start a room").click()
    checks = ada.get_by_role("dialog", name="Before you start")
    expect(checks).to_contain_text("No answer is marked as right.")
    checks.get_by_role("button", name="Answer B is empty.").click()
    expect(editor.field("Answer B")).to_be_focused()
    expect(ada.locator("#error-choices-1")).to_have_text("Answer B is empty.")

    ada.goto(f"/quizzes/{editor.quiz_id}")
    expect(ada.get_by_role("button", name="Start a room")).to_have_count(0)
    ada.get_by_role("link", name="Question 1").click()
    expect(editor.prompt).to_have_value("Half a question")


def test_what_a_typed_answer_may_look_like(ada: Page, base: str) -> None:
    """Accents and units are said where the answer is; where typing errors are forgiven there are no units."""
    editor = new_quiz(ada, base)
    editor.add("Type the answer", "How long?")
    editor.type_into(editor.field("Accepted answer 1"), "5 m")
    editor.tab_to(ada.get_by_label("Accents do not matter either: e for é, n for ñ"))
    ada.keyboard.press("Space")
    units = editor.field("Spellings of the unit, where the answer has one")
    editor.type_into(units, "m, metre,")
    expect(units).to_have_value("m, metre,")
    editor.expect_saved()
    (question,) = stored(ada, editor)["questions"]
    assert (question["units"], question["ignore_accents"], stored(ada, editor)["ready"]) == (["m", "metre"], True, True)
    ada.reload()
    expect(units).to_have_value("m, metre")
    ada.get_by_label("What counts as the same").select_option(label="Small typing errors are forgiven")
    expect(units).to_be_hidden()
    editor.expect_saved()
    assert "units" not in stored(ada, editor)["questions"][0]


@pytest.mark.parametrize("touch", [False, True])
def test_answers_are_dragged(visitors: Visitors, base: str, signed_in: StorageState, touch: bool) -> None:
    """By its handle, with the mouse or a finger; what is right and the letters go along, and it is announced."""
    options = {"size": PHONE, "has_touch": True, "is_mobile": True} if touch else {}
    page = visitors.arrive("ada", base_url=base, storage_state=signed_in, **options)
    page.goto("/quizzes")
    editor = new_quiz(page, base)
    editor.button("Add a question").locator("visible=true").click()
    page.get_by_role("dialog").get_by_role("button", name="Several right answers").click()
    for letter, text in (("A", "one"), ("B", "two")):
        editor.field(f"Answer {letter}").fill(text)
    editor.button("Add an answer").click()
    editor.field("Answer C").fill("three")
    editor.button("Answer A is right").click()
    handles = page.locator("#kind-form .ed-handle")
    start, end = handles.nth(0).bounding_box(), handles.nth(2).bounding_box()
    assert start
    assert end
    drag(page, start["x"] + 8, start["y"] + 20, end["y"] + 40, touch=touch)
    expect(page.locator("#live")).to_have_text("Now answer C.")
    editor.expect_saved()
    choices = stored(page, editor)["questions"][0]["choices"]
    assert [(choice["text"], choice["correct"]) for choice in choices] == [
        ("two", False),
        ("three", False),
        ("one", True),
    ]


def drag(page: Page, x: float, y: float, to: float, *, touch: bool) -> None:
    """Straight down or up, as a hand does it."""
    if not touch:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, to, steps=5)
        page.mouse.up()
        return
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 6):
        point = {"x": x, "y": y + (to - y) * part / 5}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_what_few_need_is_behind_more(ada: Page, base: str) -> None:
    """What is said to those who chose an answer, and what it is worth; the phone shows the one afterwards."""
    editor = new_quiz(ada, base)
    editor.add("One right answer", "Capital of France?")
    for letter, text in (("A", "Paris"), ("B", "Lyon")):
        editor.field(f"Answer {letter}").fill(text)
    editor.button("Answer A is right").click()
    for letter, said, worth in (("A", "The old Lutetia.", ""), ("B", "The third largest.", "25")):
        ada.get_by_label(f"More for answer {letter}").click()
        editor.field(f"Shown to whoever chose answer {letter}").fill(said)
        editor.field(f"Part of the points for answer {letter}, in per cent").fill(worth)
    ada.get_by_role("radio", name="Afterwards").check()
    expect(editor.phone.get_by_text("The old Lutetia.")).to_be_visible()
    expect(editor.phone.get_by_text("The third largest.")).to_have_count(0)
    check_page(ada)
    editor.expect_saved()
    first, second = stored(ada, editor)["questions"][0]["choices"]
    assert (first["feedback"], "weight" in first) == ("The old Lutetia.", False)
    assert (second["feedback"], second["weight"]) == ("The third largest.", 0.25)


def test_two_tabs_lose_nothing(ada: Page, base: str) -> None:
    """The second to save is asked, sees what differs, and whatever is chosen, undo leads to the other."""
    editor = new_quiz(ada, base)
    editor.add("Slide", "Both know this")
    editor.expect_saved()
    other = ada.context.new_page()
    other.goto(ada.url)
    elsewhere = Editor(other)
    elsewhere.prompt.fill("Written elsewhere")
    elsewhere.expect_saved()

    editor.prompt.fill("Written here")
    dialog = ada.get_by_role("dialog", name="There are two versions of this quiz")
    expect(dialog).to_be_visible()
    dialog.get_by_text("See what differs").click()
    expect(dialog.locator(".ed-mine")).to_contain_text("Written here")
    expect(dialog.locator(".ed-theirs")).to_contain_text("Written elsewhere")
    dialog.get_by_role("button", name="Take the other one").click()
    expect(editor.prompt).to_have_value("Written elsewhere")
    ada.keyboard.press("ControlOrMeta+Z")
    expect(editor.prompt).to_have_value("Written here")
    editor.expect_saved()
    assert stored(ada, editor)["questions"][0]["prompt"] == "Written here"

    elsewhere.prompt.fill("Written elsewhere again")
    dialog = other.get_by_role("dialog", name="There are two versions of this quiz")
    dialog.get_by_role("button", name="Keep mine").click()
    elsewhere.expect_saved()
    assert stored(other, elsewhere)["questions"][0]["prompt"] == "Written elsewhere again"
    other.keyboard.press("ControlOrMeta+Z")
    expect(elsewhere.prompt).to_have_value("Written here")


def test_without_a_network_it_is_kept_and_saved_later(
    visitors: Visitors, service: Service, signed_in: StorageState, lay_wire: Callable[[int], Wire]
) -> None:
    """Said so, through a reload, and the page warns whoever leaves it."""
    wire = lay_wire(service.port)
    base = f"http://127.0.0.1:{wire.port}"
    page = visitors.arrive("ada", base_url=base, storage_state=signed_in, allowed=[CUT_OFF])
    page.goto("/quizzes")
    editor = new_quiz(page, base)
    editor.add("Slide", "Before")
    editor.expect_saved()

    wire.cut()
    editor.prompt.fill("Written in a tunnel")
    expect(editor.status).to_have_attribute("data-state", "offline")
    expect(editor.status).to_contain_text("kept in this browser")
    address = page.url
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("about:blank")
    assert asked == ["beforeunload"]

    wire.mend()
    page.goto(address)
    editor = Editor(page)
    expect(editor.prompt).to_have_value("Written in a tunnel")
    editor.expect_saved()
    assert stored(page, editor)["questions"][0]["prompt"] == "Written in a tunnel"


@pytest.mark.parametrize("device", ["phone", "screen"])
def test_the_preview_is_what_the_class_will_see(ada: Page, base: str, device: str) -> None:
    """Drawn by the pages of the phone and the projector themselves, with every key."""
    editor = new_quiz(ada, base)
    editor.add("One right answer", "Capital of France?")
    editor.field("Answer A").fill("Paris")
    if device == "screen":
        ada.get_by_role("radio", name="Projector").check()
    frame = editor.phone if device == "phone" else editor.screen
    expect(frame.locator(".prompt")).to_have_text("Capital of France?")
    expect(frame.get_by_text("Paris", exact=True)).to_be_visible()
    editor.prompt.press_sequentially(" Really?")
    expect(frame.locator(".prompt")).to_have_text("Capital of France? Really?")
    editor.field("Explanation").fill("It is on the Seine.")
    ada.get_by_role("radio", name="Afterwards").check()
    expect(frame.get_by_text("It is on the Seine.")).to_be_visible()


def test_too_much_text_is_measured(ada: Page, base: str) -> None:
    """On the projector of the preview, with its size, and as a hint in the list."""
    editor = new_quiz(ada, base)
    editor.title.fill("Seasons")
    editor.add("Poll", "Short.")
    for letter in "AB":
        editor.field(f"Answer {letter}").fill(letter)
    expect(ada.locator("#open-checks")).to_contain_text("Ready")
    editor.prompt.fill("A word or two. " * 130)
    expect(ada.locator("#measured")).to_contain_text("Below 32 px the last row cannot read it.")
    expect(ada.locator("#open-checks")).to_contain_text("3 hints")
    editor.prompt.fill("Short.")
    expect(ada.locator("#measured")).to_be_empty()


def test_a_picture_and_a_sound_are_described_and_shown(ada: Page, base: str) -> None:
    """Uploaded at once, asked about, in both previews; without a word for the blind and the deaf there is a hint."""
    editor = new_quiz(ada, base)
    editor.title.fill("Seasons")
    editor.add("Slide", "Look at this.")
    file = {"name": "noise.png", "mimeType": "image/png", "buffer": file_of(photo())}
    ada.locator("#image-file").set_input_files(file)  # type: ignore[arg-type]
    alt = editor.field("What does the image show?")
    expect(alt).to_be_focused()
    expect(ada.locator("#error-alt")).to_be_empty()
    expect(ada.locator("#open-checks")).to_contain_text("1 hint")
    alt.fill("Coloured noise")
    expect(ada.locator("#open-checks")).to_contain_text("Ready")
    expect(editor.phone.get_by_role("img", name="Coloured noise", include_hidden=True)).to_be_visible()
    expect(editor.screen.locator(".picture")).to_have_attribute("alt", "Coloured noise")
    editor.expect_saved()
    media = stored(ada, editor)["questions"][0]["media"]
    assert media["alt"] == "Coloured noise"
    assert ada.request.get(f"/media/{media['image']}").ok

    # Whatever button it was chosen by, a sound is one.
    tone = {"name": "tone.wav", "mimeType": "audio/wav", "buffer": wav(3)}
    ada.locator("#image-file").set_input_files(tone)  # type: ignore[arg-type]
    heard = editor.field("What is heard in the sound?")
    expect(heard).to_be_focused()
    expect(ada.locator("#open-checks")).to_contain_text("1 hint")
    heard.fill("A tone")
    expect(ada.locator("#open-checks")).to_contain_text("Ready")
    expect(editor.phone.locator("#sound")).to_be_visible()
    expect(editor.screen.locator(".player")).not_to_have_attribute("hidden", "")
    check_page(ada)
    editor.expect_saved()
    both = stored(ada, editor)["questions"][0]["media"]
    assert both == media | {"audio": both["audio"], "transcript": "A tone"}

    bad = {"name": "letter.png", "mimeType": "image/png", "buffer": b"Dear parents"}
    ada.locator("#image-file").set_input_files(bad)  # type: ignore[arg-type]
    expect(ada.locator("#media [role=alert]")).not_to_be_empty()
    editor.button("Remove the image").click()
    editor.button("Remove the sound").click()
    editor.expect_saved()
    assert stored(ada, editor)["questions"][0]["media"] is None
    editor.button("Undo").click()
    expect(heard).to_have_value("A tone")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_is_for_everybody(ada: Page, base: str, scheme: Literal["light", "dark"]) -> None:
    """No violations of axe's rules, nothing sticks out of a small phone, targets that a thumb hits; with every kind."""
    ada.emulate_media(color_scheme=scheme)
    editor = new_quiz(ada, base)
    check_page(ada)
    for kind in ("Several right answers", "Type the answer", "Number", "Slide"):
        editor.add(kind, "")
        ada.locator("#panel-title").focus()
    for row in editor.rail.all():
        row.get_by_role("button").click()
        check_page(ada)
    ada.locator("#open-checks").click()
    check_page(ada)
    ada.keyboard.press("Escape")
    ada.set_viewport_size(NARROW)
    for tab in ("Preview", "Questions", "Write"):
        ada.get_by_role("navigation", name="Part of the editor").get_by_role("button", name=tab).click()
        check_page(ada)


def check_page(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate(OVERFLOW) == []
    small = [target for target in page.evaluate(TARGETS) if target[1] < TARGET - 0.5]
    assert small == []
