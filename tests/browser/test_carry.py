"""Questions carried from quiz to quiz in the editor, by keyboard and by thumb."""

import json

from blackbox_process import Service
from browser_editor import Editor
from browser_inspection import Inspection
from browser_quiz import CAPITAL, LEGS, RIVER, SHORT, TEA
from browser_visitors import LAPTOP, PHONE, REFUSED, Visitors
from playwright.sync_api import Page, expect
from test_quizzes import Desk, desk

FOREIGN = {"image": "0" * 64, "alt": "A cup of tea"}
ODDS = {"title": "Odds and ends", "questions": [RIVER, LEGS, TEA]}


def edit(here: Desk, title: str, page: Page | None = None) -> Editor:
    """Opens the editor of a quiz, in this tab or another one of the same person."""
    address = here.card(title).get_by_role("link", name=f"Edit {title}").get_attribute("href") or ""
    page = page or here.page
    page.goto(here.base + address)
    return Editor(page)


def test_questions_are_copied_from_one_tab_into_another_by_keyboard(visitors: Visitors, service: Service) -> None:
    """Two of three, picked with Shift, go behind the question that is open there; Undo takes them away again."""
    here = desk(visitors, service, SHORT, ODDS)
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    target = edit(here, "Two questions", here.page.context.new_page())
    source = edit(here, "Odds and ends")
    source.page.bring_to_front()
    source.tab_to(source.rail.nth(1).locator(".ed-open"))
    source.page.keyboard.press("Shift+ArrowDown")
    expect(source.page.locator("#live")).to_have_text("2 questions picked.")
    source.page.keyboard.press("ControlOrMeta+C")
    expect(source.page.locator("#toasts")).to_contain_text("2 questions copied")
    source.page.keyboard.press("Escape")
    expect(source.rail.locator("[aria-pressed]")).to_have_count(0)
    target.page.bring_to_front()
    target.tab_to(target.rail.first.locator(".ed-open"))
    target.page.keyboard.press("ControlOrMeta+V")
    texts = target.rail.locator("[data-slot=text]")
    expect(texts).to_have_text([CAPITAL["prompt"], LEGS["prompt"], TEA["prompt"], "A whale is a fish."])
    expect(target.rail.nth(1).locator(".ed-open")).to_be_focused()
    target.expect_saved()
    target.page.keyboard.press("ControlOrMeta+Z")
    expect(target.rail).to_have_count(2)


def test_what_is_pasted_into_a_field_stays_text(visitors: Visitors, service: Service) -> None:
    """And what is no question is said to be none; our JSON from anywhere else is taken, without pictures of there."""
    here = desk(visitors, service, SHORT, allowed=[REFUSED.format(404)])
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor = edit(here, "Two questions")
    put = "text => navigator.clipboard.writeText(text)"
    editor.page.evaluate(put, "just words")
    editor.prompt.fill("")
    editor.page.keyboard.press("ControlOrMeta+V")
    expect(editor.prompt).to_have_value("just words")
    editor.rail.first.locator(".ed-open").focus()
    editor.page.keyboard.press("ControlOrMeta+V")
    expect(editor.page.locator("#toasts")).to_contain_text("no questions to paste")
    editor.page.evaluate(put, json.dumps({"title": "Elsewhere", "questions": [TEA | {"media": FOREIGN}]}))
    editor.page.keyboard.press("ControlOrMeta+V")
    expect(editor.rail).to_have_count(3)
    expect(editor.page.locator("#toasts")).to_contain_text("Pictures and sounds that are stored in another place")
    editor.expect_saved()


def test_a_thumb_copies_and_pastes_too(visitors: Visitors, service: Service) -> None:
    """By the two buttons below the list, from one quiz into the next."""
    here = desk(visitors, service, SHORT, ODDS, size=PHONE)
    editor = edit(here, "Odds and ends")
    editor.page.get_by_role("button", name="Questions", exact=True).click()
    editor.page.get_by_role("button", name="Copy", exact=True).click()
    here.page.goto(f"{here.base}/quizzes")
    editor = edit(here, "Two questions")
    editor.page.get_by_role("button", name="Questions", exact=True).click()
    editor.page.get_by_role("button", name="Paste", exact=True).click()
    expect(editor.rail.nth(1)).to_contain_text(RIVER["prompt"])


def test_questions_of_other_quizzes_are_brought_in(visitors: Visitors, service: Service) -> None:
    """Searched, ticked and added by keyboard; those of this quiz are not among them; nothing stands in the way."""
    here = desk(visitors, service, SHORT, ODDS)
    editor = edit(here, "Two questions")
    editor.press(editor.button("From my other quizzes").locator("visible=true"))
    dialog = editor.page.get_by_role("dialog", name="From my other quizzes")
    expect(dialog.locator(".bank-hit")).to_have_count(3)
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    editor.page.keyboard.type("spider")
    expect(dialog.locator(".bank-hit")).to_have_count(1)
    editor.tab_to(dialog.locator("input[name=pick]"))
    editor.page.keyboard.press("Space")
    seen = Inspection()
    seen.look(editor.page, "questions of other quizzes", PHONE, LAPTOP)
    assert not seen.found, "\n".join(seen.found)
    editor.press(dialog.get_by_role("button", name="Add 1 question"))
    expect(editor.rail).to_have_count(3)
    expect(editor.rail.nth(1)).to_contain_text(LEGS["prompt"])
    editor.expect_saved()
