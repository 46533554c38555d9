"""What students do with items to be ordered, matched and categorized: with a finger, and with keys alone."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

# Further apart than the phone takes for a tap.
DRAG_STEP_PX = 16
TABS_MOST = 60


def right_targets(question: dict[str, Any]) -> dict[str, str]:
    """{thing: what it is to be given} of a match or categorize question."""
    if question["kind"] == "match":
        return {pair["left"]: pair["right"] for pair in question["pairs"]}
    return {item["text"]: question["categories"][item["category"]] for item in question["items"]}


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
        top, bottom = handles.nth(start).bounding_box(), handles.nth(end).bounding_box()
        assert top
        assert bottom
        session = self.page.context.new_cdp_session(self.page)
        x, y, last = top["x"] + top["width"] / 2, top["y"] + top["height"] / 2, bottom["y"] + bottom["height"] / 2
        way = DRAG_STEP_PX if last > y else -DRAG_STEP_PX
        touched = [{"x": x, "y": y + step} for step in range(0, int(last - y), way)] + [{"x": x, "y": last + way / 2}]
        for kind, point in zip(["touchStart"] + ["touchMove"] * len(touched), touched, strict=False):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

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
            self._tab_to(button)
            while self.texts().index(text) > place:
                self.page.keyboard.press("ArrowUp")
            expect(button).to_be_focused()

    def assign_by_key(self, targets: dict[str, str]) -> None:
        for thing, target in targets.items():
            row = self._row(thing)
            if row.locator(".thing").get_attribute("aria-expanded") != "true":
                self._tab_to(row.locator(".thing"))
                self.page.keyboard.press("Enter")
            self._tab_to(row.get_by_role("button", name=target, exact=True))
            self.page.keyboard.press("Space")
            expect(row.locator("[data-text=given]")).to_have_text(target)

    def send_by_key(self) -> None:
        self._tab_to(self.page.get_by_role("button", name="Send"))
        self.page.keyboard.press("Enter")

    def _row(self, thing: str) -> Locator:
        return self.page.locator(".assign > li").filter(has=self.page.get_by_text(thing, exact=True))

    def _tab_to(self, target: Locator) -> None:
        for _ in range(TABS_MOST):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {target}")
