"""How people reach things: by mouse, by touch, by keyboard alone. Each does the same to a page in its own way."""

from collections.abc import Mapping
from typing import Any, ClassVar

from browser_visitors import LAPTOP, PHONE, Visitors
from playwright.sync_api import FilePayload, Locator, Page

# Nobody tabs through more of a page than this to find something.
TABS_MOST = 60
HAS_FOCUS = "(element) => element === document.activeElement"


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(TABS_MOST):
        if target.evaluate(HAS_FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {target}")


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
