"""What a teacher does in the editor, by keyboard."""

import re

from browser_hands import tab_to
from playwright.sync_api import Locator, Page, expect


class Editor:
    """An editor that stands open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.status = page.locator("#status")
        self.rail = page.locator("#rail .ed-item")
        self.title = page.get_by_label("Title of the quiz")
        self.prompt = page.locator("#prompt")
        self.phone = page.frame_locator("[data-frame=phone] iframe")
        self.screen = page.frame_locator("[data-frame=screen] iframe")
        expect(page).to_have_url(re.compile(r"/edit(#.*)?$"))
        expect(self.status).to_have_attribute("data-state", "saved")
        self.quiz_id = page.locator("#main").get_attribute("data-quiz") or ""

    def tab_to(self, target: Locator, key: str = "Tab") -> None:
        tab_to(self.page, target, key)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def type_into(self, target: Locator, text: str) -> None:
        self.tab_to(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def type_lines(self, first: str, *texts: str) -> None:
        """From the field `first` on; Enter goes to the next, and makes a new one at the end."""
        self.tab_to(self.field(first))
        self.page.keyboard.type("\n".join(texts))

    def press(self, target: Locator, key: str = "Tab") -> None:
        tab_to(self.page, target, key)
        self.page.keyboard.press("Enter")

    def pick(self, label: str, option: str) -> None:
        """One of a list, by its first letters."""
        self.tab_to(self.field(label))
        self.page.keyboard.type(option)
        expect(self.field(label).locator("option:checked")).to_have_text(option)

    def add(self, kind: str, prompt: str) -> None:
        """A new question of a kind, with its text; by keyboard alone."""
        count = self.rail.count()
        self.press(self.button("Add a question").locator("visible=true"))
        dialog = self.page.get_by_role("dialog")
        self.press(dialog.get_by_role("button", name=kind))
        expect(self.rail).to_have_count(count + 1)
        expect(self.prompt).to_be_focused()
        self.page.keyboard.type(prompt)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def expect_saved(self) -> None:
        expect(self.status).to_have_attribute("data-state", "saved")

    def prompts(self) -> list[str]:
        return self.rail.locator("[data-slot=text]").all_inner_texts()


def new_quiz(page: Page) -> Editor:
    """From the list, by its button."""
    page.get_by_role("button", name="New quiz").first.click()
    page.wait_for_url(re.compile(r"/edit$"))
    return Editor(page)
