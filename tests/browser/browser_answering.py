"""How a student answers each kind: Mia's phone has nothing but a touch screen, Bo's nothing but keys."""

import re
from collections.abc import Callable

from browser_hands import drag, tab_to
from browser_sorting import Sorter
from browser_student import Student
from playwright.sync_api import Page, expect


def press(page: Page, name: str, key: str = "Enter") -> None:
    """A button of that name."""
    tab_to(page, page.get_by_role("button", name=name))
    page.keyboard.press(key)


def key_multi(page: Page) -> None:
    press(page, "Two", "Space")
    press(page, "Send")


def type_answer(page: Page, text: str) -> None:
    """Enter is Send."""
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type(f"{text}\n")


def tap_order(student: Student) -> None:
    """Dragged to the end, said where it is now; then brought into order by the arrows. Sent, nothing moves any more."""
    sorter = Sorter(student.page)
    before = sorter.texts()
    sorter.drag(0, 2)
    assert sorter.texts() == [before[1], before[2], before[0]]
    expect(student.page.locator("#live")).to_have_text(f"{before[0]}: place 3 of 3")
    sorter.put_in_order(["Mercury", "Venus", "Earth"])
    student.send()


def key_order(page: Page) -> None:
    Sorter(page).put_in_order_by_key(["Earth", "Venus", "Mercury"])
    press(page, "Send")


def tap_targets(**targets: str) -> Callable[[Student], None]:
    def tap(student: Student) -> None:
        Sorter(student.page).assign(targets)
        student.send()

    return tap


def key_targets(**targets: str) -> Callable[[Page], None]:
    """They need not be all."""

    def answer(page: Page) -> None:
        Sorter(page).assign_by_key(targets)
        press(page, "Send")

    return answer


def tap_open(student: Student) -> None:
    student.page.get_by_role("textbox").tap()
    student.page.get_by_role("textbox").fill("Because of the Rayleigh scattering.\nI think.")
    expect(student.page.locator("[data-text=count]")).to_have_text("44")
    student.send()


def key_open(page: Page) -> None:
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type("No idea")
    press(page, "Send")


def tap_scale(student: Student) -> None:
    student.page.locator("label").filter(has=student.page.get_by_label("10 – Very much", exact=True)).tap()
    student.send()


def key_scale(page: Page) -> None:
    """Onto the first step, and two on."""
    tab_to(page, page.get_by_label("-10 – Not at all"))
    for key in ("Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    press(page, "Send")


def tap_blanks(student: Student) -> None:
    for label, text in (("Gap 1", "Cat"), ("Gap 2", "mat")):
        student.page.get_by_label(label).tap()
        student.page.get_by_label(label).fill(text)
    student.send()


def key_blanks(page: Page) -> None:
    """Enter leads to the next gap, and from the last to the service."""
    tab_to(page, page.get_by_label("Gap 1"))
    page.keyboard.type("dog\nroof\n")


def tap_words(student: Student) -> None:
    student.page.get_by_role("textbox").fill("Rain")
    student.page.get_by_role("button", name="One more word").tap()
    student.page.get_by_role("textbox", name="Word 2").fill("Fog")
    student.send()


def key_words(page: Page) -> None:
    """Enter goes on to the next word, and sends when there is none."""
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type("wind\nrain\n")


def expect_mark(page: Page, x: str, y: str) -> None:
    """Where it stands in the picture: how its shares begin."""
    mark = page.locator(".spot-mark.is-set")
    expect(mark).to_have_attribute("style", re.compile(rf"--x: ({x})\d*; --y: ({y})\d*;"))


def tap_picture(student: Student) -> None:
    """Beside it at first; then the mark is dragged to where it belongs."""
    picture = student.page.locator(".spot .picture")
    box = picture.bounding_box()
    assert box is not None
    picture.tap(position={"x": 0.45 * box["width"], "y": 0.5 * box["height"]})
    expect_mark(student.page, "0.44|0.45", "0.49|0.5")
    beside, there = ((box["x"] + x * box["width"], box["y"] + 0.5 * box["height"]) for x in (0.45, 0.75))
    drag(student.page, beside, there, touch=True)
    expect_mark(student.page, "0.74|0.75", "0.49|0.5")
    student.send()


def key_picture(page: Page) -> None:
    """The mark goes by arrow keys; whoever takes the list instead takes it back."""
    mark = page.get_by_role("button", name="Point with the arrow keys")
    tab_to(page, mark)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    expect_mark(page, "0.6", "0.49")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(mark).not_to_have_class("spot-mark is-set")
    for _ in range(2):
        if not page.get_by_role("radio", name="The red half").is_checked():
            page.keyboard.press("ArrowDown")
    press(page, "Send")
