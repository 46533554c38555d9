"""How people reach things: by mouse, by touch, by keyboard alone. Each does the same to a page in its own way."""

import time
from collections.abc import Mapping
from typing import Any, ClassVar

from browser_visitors import LAPTOP, PHONE, Visitors
from playwright.sync_api import FilePayload, Locator, Page

Point = tuple[float, float]

# Nobody tabs through more of a page than this to find something.
TABS_MOST = 60
# Further apart than a phone takes for a tap.
DRAG_STEP_PX = 16
STEP_S, REST_S = 0.016, 0.5
HAS_FOCUS = "(element) => element === document.activeElement"


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Presses Tab (or Shift+Tab) until the focus is there, as somebody without a mouse does."""
    # Looked for once: to find it by its name again at each step takes longer than all the steps.
    element = target.element_handle()
    for _ in range(TABS_MOST):
        if element.evaluate(HAS_FOCUS):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never came to {target}")


def drag(page: Page, start: Point, end: Point, *, touch: bool) -> None:
    """Straight from one place of the window to another, by mouse or by one finger."""
    way = [end[axis] - start[axis] for axis in (0, 1)]
    steps = int(max(map(abs, way)) // DRAG_STEP_PX) + 1
    points = [(start[0] + way[0] * step / steps, start[1] + way[1] * step / steps) for step in range(1, steps + 1)]
    if not touch:
        page.mouse.move(*start)
        page.mouse.down()
        for x, y in points:
            page.mouse.move(x, y)
        page.mouse.up()
        return
    finger = page.context.new_cdp_session(page)
    # A finger that is lifted as it moves has thrown something: the browser takes the next tap for what stops it.
    began = time.time() - REST_S - steps * STEP_S
    moves = [("touchStart", start, began)]
    moves += [("touchMove", point, began + step * STEP_S) for step, point in enumerate(points, start=1)]
    for kind, (x, y), when in moves:
        touched = {"type": kind, "touchPoints": [{"x": x, "y": y}], "timestamp": when}
        finger.send("Input.dispatchTouchEvent", touched)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()


def middle_of(target: Locator) -> Point:
    box = target.bounding_box()
    assert box, f"{target} is not to be seen"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


class Mouse:
    """Also what the others share."""

    # The teacher's own device.
    desk: ClassVar[Mapping[str, Any]] = {"size": LAPTOP}
    phone: ClassVar[Mapping[str, Any]] = {"size": PHONE, "is_mobile": True}

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def at_desk(cls, visitors: Visitors, who: str) -> "Mouse":
        return cls(visitors.arrive(who, **cls.desk))

    @classmethod
    def on_phone(cls, visitors: Visitors, who: str) -> "Mouse":
        return cls(visitors.arrive(who, **cls.phone))

    def press(self, target: Locator) -> None:
        """A button or a link."""
        target.click()

    def reach(self, target: Locator) -> None:
        """A field, to write in it."""
        self.press(target)

    def tick(self, target: Locator) -> None:
        """A checkbox, on or off."""
        self.press(target)

    def write(self, target: Locator, text: str) -> None:
        """In place of what stands there."""
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def bring(self, target: Locator, file: FilePayload) -> None:
        """A file, by the device's own dialog."""
        with self.page.expect_file_chooser() as chooser:
            self.press(target)
        chooser.value.set_files(file)


class Touch(Mouse):
    """A phone for everybody, the teacher too."""

    desk: ClassVar = {"size": PHONE, "has_touch": True, "is_mobile": True}
    phone: ClassVar = desk

    def press(self, target: Locator) -> None:
        target.tap()


class Keys(Mouse):
    """Nothing but Tab, Enter, the space bar and letters. Phones too may have a keyboard, or a switch like one."""

    phone: ClassVar = {"size": PHONE}

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def reach(self, target: Locator) -> None:
        tab_to(self.page, target)

    def tick(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Space")
