"""Order, match and categorize in the editor: written by keys, reordered by key and by hand, taken back."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from blackbox_process import PASSWORD, TEACHER, Service
from browser_editor import Editor
from browser_host import sign_in
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_visitors import Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def editor(service: Service, visitors: Visitors) -> Editor:
    """A new quiz of Ada's."""
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("ada", base_url=base)
    sign_in(page, base, TEACHER, PASSWORD)
    page.get_by_role("button", name="New quiz").first.click()
    page.wait_for_url(re.compile(r"/edit$"))
    editor = Editor(page)
    editor.title.fill("Planets and pets")
    return editor


def stored(editor: Editor) -> list[dict]:
    """The questions as the service has them."""
    editor.expect_saved()
    return editor.page.request.get(f"/api/v1/quizzes/{editor.quiz_id}").json()["questions"]


def type_lines(editor: Editor, first: str, *texts: str) -> None:
    """From the field `first` on; Enter goes to the next, and makes a new one at the end."""
    editor.tab_to(editor.field(first))
    for index, text in enumerate(texts):
        editor.page.keyboard.type(text)
        if index + 1 < len(texts):
            editor.page.keyboard.press("Enter")


def test_all_three_are_written_by_keys(editor: Editor) -> None:
    """Lines grow with Enter and change places with Alt and an arrow; categories take their items along."""
    keyboard = editor.page.keyboard
    editor.add("Put in order", "From the Sun outwards")
    type_lines(editor, "Item 1", "Venus", "Mercury", "Earth")
    editor.field("Item 2").focus()
    keyboard.press("Alt+ArrowUp")
    expect(editor.field("Item 1")).to_be_focused()
    expect(editor.page.locator("#live")).to_have_text("Now item 1.")

    editor.add("Match", "In French?")
    type_lines(editor, "Pair 1, left", "cat", "chat", "dog", "chien", "bird", "oiseau")
    editor.press(editor.button("Add one that fits nothing"))
    keyboard.type("souris")

    editor.add("Categorize", "Metal or gas?")
    type_lines(editor, "Category 1", "Metal", "Gas", "Neither")
    type_lines(editor, "Item 1", "Iron")
    type_lines(editor, "Item 2", "Neon")
    editor.field("Category of item 2").select_option("Gas")
    editor.field("Category 2").focus()
    keyboard.press("Alt+ArrowUp")
    expect(editor.page.locator("#open-checks")).to_contain_text("Ready")

    ordered, matched, sorted_ = stored(editor)
    assert ordered["items"] == ["Mercury", "Venus", "Earth"]
    assert [pair["right"] for pair in matched["pairs"]] == ["chat", "chien", "oiseau"]
    assert matched["distractors"] == ["souris"]
    assert sorted_["categories"] == ["Gas", "Metal", "Neither"]
    assert sorted_["items"] == [{"text": "Iron", "category": 1}, {"text": "Neon", "category": 0}]


def test_an_item_whose_category_is_gone_says_so(editor: Editor) -> None:
    """And undo brings both back."""
    editor.add("Categorize", "Metal or gas?")
    type_lines(editor, "Category 1", "Metal", "Gas", "Neither")
    type_lines(editor, "Item 1", "Iron")
    type_lines(editor, "Item 2", "Neon")
    editor.button("Remove category 1").click()
    expect(editor.page.locator("#error-items-0")).to_have_text("")
    editor.page.locator("#open-checks").click()
    checks = editor.page.get_by_role("dialog", name="Before you start")
    checks.get_by_role("button", name="Item 1 has no category.").click()
    expect(editor.page.locator("#error-items-0")).to_have_text("Item 1 has no category.")
    editor.button("Undo").click()
    expect(editor.page.locator("#open-checks")).to_contain_text("Ready")


def test_lines_are_dragged(editor: Editor) -> None:
    """By their handle, as the questions are."""
    page = editor.page
    editor.add("Put in order", "From the Sun outwards")
    type_lines(editor, "Item 1", "Venus", "Earth", "Mercury")
    handles = page.locator("#kind-form .ed-handle")
    start, end = handles.nth(2).bounding_box(), handles.nth(0).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] - 10, steps=5)
    page.mouse.up()
    expect(editor.field("Item 1")).to_have_value("Mercury")
    assert stored(editor)[0]["items"] == ["Mercury", "Venus", "Earth"]


def test_the_forms_are_for_everybody(editor: Editor) -> None:
    """No violations of axe's rules, nothing sticks out of a small phone, targets that a thumb hits."""
    for kind in ("Put in order", "Match", "Categorize"):
        editor.add(kind, "Sort this")
        look(editor.page)
    editor.page.set_viewport_size(NARROW)
    editor.page.get_by_role("navigation", name="Part of the editor").get_by_role("button", name="Write").click()
    look(editor.page)


def look(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate(OVERFLOW) == []
    assert [target for target in page.evaluate(TARGETS) if target[1] < TARGET - 0.5] == []
