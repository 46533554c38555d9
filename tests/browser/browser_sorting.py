"""What students do with items to be ordered, matched and categorized: with a finger, and with keys alone."""

from browser_hands import DRAG_STEP_PX, drag, middle_of, tab_to
from playwright.sync_api import Locator, Page, expect


class Sorter:
    """A phone on which things are sorted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.items = page.locator(".order > li")

    def texts(self) -> list[str]:
        return self.page.locator(".order > li [data-text=item]").all_inner_texts()

    def drag(self, start: int, end: int) -> None:
        """One finger on the handle of a row, moved to another row's place and lifted."""
        # A finger that comes with the question was meant for what stood there before.
        expect(self.page.locator(".is-settling")).to_have_count(0)
        handles = self.page.locator(".order .handle")
        (x, y), (_, last) = middle_of(handles.nth(start)), middle_of(handles.nth(end))
        beyond = DRAG_STEP_PX / 2 if last > y else -DRAG_STEP_PX / 2
        drag(self.page, (x, y), (x, last + beyond), touch=True)

    def put_in_order(self, items: list[str]) -> None:
        """By its buttons."""
        for place, text in enumerate(items):
            while self.texts().index(text) > place:
                self.page.get_by_role("button", name=f"{text}: up").tap()

    def assign(self, targets: dict[str, str]) -> None:
        for thing, target in targets.items():
            row = self._row(thing)
            if row.locator(".thing").get_attribute("aria-expanded") != "true":
                row.locator(".thing").tap()
            row.get_by_role("button", name=target, exact=True).tap()
            expect(row.locator("[data-text=given]")).to_have_text(target)

    def put_in_order_by_key(self, items: list[str]) -> None:
        for place, text in enumerate(items):
            button = self.page.get_by_role("button", name=f"{text}: up")
            tab_to(self.page, button)
            while self.texts().index(text) > place:
                self.page.keyboard.press("ArrowUp")
            expect(button).to_be_focused()

    def assign_by_key(self, targets: dict[str, str]) -> None:
        for thing, target in targets.items():
            row = self._row(thing)
            if row.locator(".thing").get_attribute("aria-expanded") != "true":
                tab_to(self.page, row.locator(".thing"))
                self.page.keyboard.press("Enter")
            tab_to(self.page, row.get_by_role("button", name=target, exact=True))
            self.page.keyboard.press("Space")
            expect(row.locator("[data-text=given]")).to_have_text(target)

    def _row(self, thing: str) -> Locator:
        return self.page.locator(".assign > li").filter(has=self.page.get_by_text(thing, exact=True))
