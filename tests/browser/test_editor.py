"""The editor in a real browser: taken back, dragged, unfinished, two tabs, no network. test_all_kinds has the kinds."""

import json
from collections.abc import Callable

import pytest
from blackbox_process import Service
from browser_editor import Editor, new_quiz
from browser_hands import drag, middle_of
from browser_inspection import violations
from browser_network import Wire
from browser_visitors import CUT_OFF, PHONE, REFUSED, Visitors
from pictures import file_of, photo
from playwright.sync_api import Dialog, Page, StorageState, expect
from sound_samples import wav

pytestmark = [pytest.mark.browser, pytest.mark.process]


def stored(page: Page, editor: Editor) -> dict:
    """The quiz as the service has it."""
    return json.loads(page.request.get(f"/api/v1/quizzes/{editor.quiz_id}").body())


@pytest.fixture
def ada(visitors: Visitors, base: str, signed_in: StorageState) -> Page:
    """A teacher who looks at her quizzes."""
    page = visitors.arrive("ada", base_url=base, storage_state=signed_in, allowed=[REFUSED.format("4(09|22)")])
    page.goto("/quizzes")
    return page


def test_questions_are_reordered_by_key_and_by_hand_and_taken_back(ada: Page) -> None:
    """Each way leads to the same place, is announced, and Ctrl+Z leads back."""
    editor = new_quiz(ada)
    for prompt in ("one", "two", "three"):
        editor.add("Slide", prompt)
    ada.keyboard.press("Alt+ArrowUp")
    assert editor.prompts() == ["one", "three", "two"]
    expect(ada.locator("#live")).to_have_text("Question moved to place 2 of 3.")

    start, (x, y) = (middle_of(editor.rail.nth(place).locator(".ed-handle")) for place in (0, 2))
    drag(ada, start, (x, y + 20), touch=False)
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


def test_what_is_unfinished_is_stored_and_named(ada: Page) -> None:
    """It survives a reload; a room waits until it is finished, and the list leads to each place."""
    editor = new_quiz(ada)
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


def test_an_item_whose_category_is_gone_says_so(ada: Page) -> None:
    """And undo brings both back."""
    editor = new_quiz(ada)
    editor.title.fill("Metals and gases")
    editor.add("Categorize", "Metal or gas?")
    editor.type_lines("Category 1", "Metal", "Gas", "Neither")
    editor.type_lines("Item 1", "Iron")
    editor.type_lines("Item 2", "Neon")
    editor.button("Remove category 1").click()
    expect(ada.locator("#error-items-0")).to_have_text("")
    ada.locator("#open-checks").click()
    checks = ada.get_by_role("dialog", name="Before you start")
    checks.get_by_role("button", name="Item 1 has no category.").click()
    expect(ada.locator("#error-items-0")).to_have_text("Item 1 has no category.")
    editor.button("Undo").click()
    expect(ada.locator("#open-checks")).to_contain_text("Ready")


def test_what_a_typed_answer_may_look_like(ada: Page) -> None:
    """Accents and units are said where the answer is; where typing errors are forgiven there are no units."""
    editor = new_quiz(ada)
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
    editor = new_quiz(page)
    editor.button("Add a question").locator("visible=true").click()
    page.get_by_role("dialog").get_by_role("button", name="Several right answers").click()
    for letter, text in (("A", "one"), ("B", "two")):
        editor.field(f"Answer {letter}").fill(text)
    editor.button("Add an answer").click()
    editor.field("Answer C").fill("three")
    editor.button("Answer A is right").click()
    handles = page.locator("#kind-form .ed-handle")
    start, (x, y) = (middle_of(handles.nth(place)) for place in (0, 2))
    drag(page, start, (x, y + 20), touch=touch)
    expect(page.locator("#live")).to_have_text("Now answer C.")
    editor.expect_saved()
    choices = stored(page, editor)["questions"][0]["choices"]
    assert [(choice["text"], choice["correct"]) for choice in choices] == [
        ("two", False),
        ("three", False),
        ("one", True),
    ]


def test_what_few_need_is_behind_more(ada: Page) -> None:
    """What is said to those who chose an answer, and what it is worth; the phone shows the one afterwards."""
    editor = new_quiz(ada)
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
    assert violations(ada) == []
    editor.expect_saved()
    first, second = stored(ada, editor)["questions"][0]["choices"]
    assert (first["feedback"], "weight" in first) == ("The old Lutetia.", False)
    assert (second["feedback"], second["weight"]) == ("The third largest.", 0.25)


def test_two_tabs_lose_nothing(ada: Page) -> None:
    """The second to save is asked, sees what differs, and whatever is chosen, undo leads to the other."""
    editor = new_quiz(ada)
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
    editor = new_quiz(page)
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


def test_too_much_text_is_measured(ada: Page) -> None:
    """On the projector of the preview, with its size, and as a hint in the list."""
    editor = new_quiz(ada)
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


def test_a_picture_and_a_sound_are_described_and_shown(ada: Page) -> None:
    """Uploaded at once, asked about, in both previews; without a word for the blind and the deaf there is a hint."""
    editor = new_quiz(ada)
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
    assert violations(ada) == []
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
