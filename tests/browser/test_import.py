"""A file on its way in: dropped, looked at, unticked, saved, played; by mouse, by keyboard and without the script."""

import base64

import pytest
from blackbox_process import PASSWORD, TEACHER
from browser_host import sign_in, start_room
from browser_inspection import violations
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_visitors import LAPTOP, REFUSED, Visitors
from playwright.sync_api import Page, expect
from workbooks import kahoot

pytestmark = [pytest.mark.browser, pytest.mark.process]

SHEET = kahoot(
    ["Capital of Australia?", "Sydney", "Canberra", "Perth", None, 20, 2],
    ["Which are primes?", 2, 4, 5, 9, 30, 1.3],
    ["Only one answer", "yes", None, None, None, 20, 1],
    ["The sun is a star.", "True", "False", None, None, 10, "1"],
)
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const zone = document.getElementById("drop");
  const options = { dataTransfer, bubbles: true, cancelable: true };
  for (const type of ["dragover", "drop"]) zone.dispatchEvent(new DragEvent(type, options));
}"""


def arrive(visitors: Visitors, base: str, **options: object) -> Page:
    """A teacher before the drop zone."""
    page = visitors.arrive("teacher", allowed=[REFUSED.format(422)], **options)  # type: ignore[arg-type]
    sign_in(page, base, TEACHER, PASSWORD)
    page.goto(f"{base}/quizzes/import")
    return page


def drop(page: Page, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})


def check_looks(page: Page) -> None:
    """Accessible, nothing too wide on the smallest phone, targets that a thumb hits."""
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(OVERFLOW) == []
    small = [target for target in page.evaluate(TARGETS) if target[1] < TARGET - 0.5]
    assert small == []
    page.set_viewport_size(LAPTOP)


def test_a_spreadsheet_is_dropped_unticked_saved_and_played(visitors: Visitors, base: str) -> None:
    """From the file on the desk to the open lobby."""
    page = arrive(visitors, base)
    drop(page, "Geography.xlsx", SHEET)
    expect(page.locator("h1")).to_have_text("3 questions can be saved")
    expect(page.locator(".entry.is-left")).to_contain_text("row 11")
    expect(page.locator(".entry", has_text="primes")).to_contain_text("was read as 1, 3")
    address = page.url
    page.reload()
    assert page.url == address
    page.get_by_role("checkbox", name="Which are primes?").uncheck()
    expect(page.locator("#count")).to_have_text("2 questions chosen")
    page.get_by_label("Title of the quiz").fill("Geography, week 3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Geography, week 3", level=1)).to_be_visible()
    assert "Which are primes?" not in page.content()
    host = start_room(page)
    host.expect_phase("Waiting for people to join")
    page.goto(address)
    expect(page.locator("h1")).to_have_text("1 quiz is saved")


def test_the_keyboard_alone_brings_a_file_in(visitors: Visitors, base: str) -> None:
    """Untick with the space bar, save with the enter key."""
    page = arrive(visitors, base)
    choose(page, "facts.gift", b"::a:: One {T}\n\nTwo {F}\n")
    expect(page.locator("h1")).to_have_text("2 questions can be saved")
    page.get_by_role("checkbox", name="Two").focus()
    page.keyboard.press("Space")
    expect(page.locator("#count")).to_have_text("1 question chosen")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="facts", level=1)).to_be_visible()


def test_ticks_can_be_set_all_at_once(visitors: Visitors, base: str) -> None:
    """Nothing ticked is nothing to save."""
    page = arrive(visitors, base)
    choose(page, "g.xlsx", SHEET)
    page.get_by_role("button", name="Untick all").click()
    expect(page.locator("#count")).to_have_text("Nothing is chosen")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_role("button", name="Tick all", exact=True).click()
    expect(page.locator("#count")).to_have_text("3 questions chosen")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#drop")).to_be_visible()


def test_a_file_that_is_no_quiz_gets_its_sentence_where_it_was_dropped(visitors: Visitors, base: str) -> None:
    """And another one may follow at once; two files at a time may not."""
    page = arrive(visitors, base)
    drop(page, "letter.docx", b"Dear parents, this is a letter.")
    expect(page.get_by_role("alert")).to_contain_text("not a quiz file")
    drop(page, "fine.xlsx", SHEET)
    expect(page.locator("h1")).to_have_text("3 questions can be saved")


def test_the_form_works_without_the_script(visitors: Visitors, base: str) -> None:
    """Choose, look, save."""
    page = arrive(visitors, base, java_script_enabled=False)
    choose(page, "plain.gift", b"Plain {T}\n")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.locator("h1")).to_have_text("1 question can be saved")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="plain", level=1)).to_be_visible()


def test_everybody_can_use_the_pages_of_an_import(visitors: Visitors, base: str) -> None:
    """The drop zone, its error, the look before saving, and what was saved."""
    page = arrive(visitors, base)
    check_looks(page)
    drop(page, "letter.txt", b"Dear parents, this is a letter.")
    expect(page.get_by_role("alert")).to_be_visible()
    check_looks(page)
    drop(page, "g.xlsx", SHEET)
    expect(page.locator("h1")).to_have_text("3 questions can be saved")
    check_looks(page)
    address = page.url
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda url: "/import" not in url)
    page.goto(address)
    check_looks(page)


def test_pasted_cells_are_asked_about_column_by_column(visitors: Visitors, base: str) -> None:
    """By the keyboard alone: pasted, one guess put right, and the questions are there."""
    page = arrive(visitors, base)
    check_looks(page)
    page.locator("#text").fill("Who wrote this one\tAnn\tBob\t20\nWho did the other\tDee\tEd\t30\n")
    page.locator("#look").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is in the columns?")
    check_looks(page)
    second, third = page.get_by_label("Column B"), page.get_by_label("Column C")
    expect(second).to_have_value("right")
    second.press("A")
    expect(second).to_have_value("choice")
    third.press("R")
    expect(third).to_have_value("right")
    page.locator("#go").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 questions can be saved")
    expect(page.locator(".key-chip.is-right bdi")).to_have_text(["Bob", "Ed"])
