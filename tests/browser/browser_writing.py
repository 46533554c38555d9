"""What a teacher writes into the form of each kind: by keyboard, and by mouse what is dragged and drawn."""

from browser_editor import Editor
from browser_hands import drag, middle_of
from pictures import file_of, halves
from playwright.sync_api import FilePayload, expect

PICTURE = FilePayload(name="halves.png", mimeType="image/png", buffer=file_of(halves(400, 200)))


def write_single(editor: Editor) -> None:
    editor.type_lines("Answer A", "Paris", "Rome", "Bern")
    editor.press(editor.button("Answer A is right"), "Shift+Tab")
    editor.type_into(editor.field("Explanation"), "It is on the Seine.")


def write_multi(editor: Editor) -> None:
    editor.type_lines("Answer A", "Two", "Nine", "Seven")
    editor.press(editor.button("Answer C is right"))
    editor.press(editor.button("Answer A is right"), "Shift+Tab")


def write_true_false(editor: Editor) -> None:
    editor.press(editor.button("Answer B is right"))


def write_poll(editor: Editor) -> None:
    editor.type_lines("Answer A", "Tea", "Coffee")
    editor.type_into(editor.field("Seconds to answer"), "600")


def write_text(editor: Editor) -> None:
    """Enter makes another line, but not out of an empty one."""
    editor.type_lines("Accepted answer 1", "Nile", "Nil", "", "")
    expect(editor.field("Accepted answer 3")).to_be_focused()
    expect(editor.field("Accepted answer 4")).to_have_count(0)
    editor.press(editor.button("Remove accepted answer 3"))
    expect(editor.field("Accepted answer 2")).to_be_focused()


def write_number(editor: Editor) -> None:
    editor.pick("How number 1 is meant", "About")
    editor.type_into(editor.field("Number 1"), "8")
    editor.type_into(editor.field("Number 1: how far off is right too"), "0,5")


def write_order(editor: Editor) -> None:
    """A line is dragged by its handle, as the questions are."""
    editor.type_lines("Item 1", "Venus", "Earth", "Mercury")
    handles = editor.page.locator("#kind-form .ed-handle")
    x, y = middle_of(handles.nth(0))
    drag(editor.page, middle_of(handles.nth(2)), (x, y - 20), touch=False)
    expect(editor.field("Item 1")).to_have_value("Mercury")


def write_match(editor: Editor) -> None:
    editor.type_lines("Pair 1, left", "cat", "chat", "dog", "chien", "bird", "oiseau")
    editor.press(editor.button("Add one that fits nothing"))
    editor.page.keyboard.type("souris")


def write_categorize(editor: Editor) -> None:
    """A line that is moved with Alt and an arrow says so, and takes its items along."""
    editor.type_lines("Category 1", "Metal", "Gas", "Neither")
    editor.type_lines("Item 1", "Iron")
    editor.type_lines("Item 2", "Neon")
    editor.pick("Category of item 2", "Gas")
    editor.tab_to(editor.field("Category 2"), "Shift+Tab")
    editor.page.keyboard.press("Alt+ArrowUp")
    expect(editor.field("Category 1")).to_be_focused()
    expect(editor.page.locator("#live")).to_have_text("Now category 1.")


def write_blanks(editor: Editor) -> None:
    """One gap typed, one made of a word that is selected."""
    for key in ("End", "ArrowLeft", *["Shift+ArrowLeft"] * 3):
        editor.page.keyboard.press(key)
    editor.press(editor.button("Insert gap"))
    expect(editor.prompt).to_have_value("The {{1}} sat on the {{2}}.")
    expect(editor.prompt).to_be_focused()
    expect(editor.field("Gap 2, accepted answer 1")).to_have_value("mat")
    editor.type_into(editor.field("Gap 1, accepted answer 1"), "cat")
    editor.press(editor.button("Accept another in gap 1"))
    editor.page.keyboard.type("dog")


def write_hotspot(editor: Editor) -> None:
    """One place drawn, another added and typed."""
    page = editor.page
    page.locator("#image-file").set_input_files(PICTURE)
    expect(editor.field("What does the image show?")).to_be_focused()
    page.keyboard.type("A red half and a blue one")
    canvas = page.locator(".ed-spot")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    first, last = ((box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in ((0.55, 0.1), (0.95, 0.9)))
    drag(page, first, last, touch=False)
    expect(editor.field("Name of place 1")).to_be_focused()
    page.keyboard.type("The blue half")
    editor.press(editor.button("Add a place"))
    page.keyboard.type("The red half")
    editor.press(page.locator(".ed-area").nth(1).locator("summary"))
    editor.type_into(editor.field("Place 2: from the left, %"), "5")
    editor.type_into(editor.field("Place 2: width, %"), "40")
    # What was right is drawn over the picture, and nowhere else.
    page.get_by_role("radio", name="Afterwards").check()
    expect(editor.phone.locator(".spot rect")).to_have_count(1)
    editor.expect_saved()
    assert editor.phone.locator(".spot svg").bounding_box() == editor.phone.locator(".spot .picture").bounding_box()
    page.get_by_role("radio", name="Answering").check()


def write_scale(editor: Editor) -> None:
    """What cannot be is said at once."""
    editor.type_into(editor.field("From"), "-10")
    editor.type_into(editor.field("What the first step means"), "Not at all")
    editor.type_into(editor.field("To"), "100")
    expect(editor.page.locator("#open-checks")).to_contain_text("1 to finish")
    editor.type_into(editor.field("To"), "10")
    editor.type_into(editor.field("What the last step means"), "Very much")


def write_wordcloud(editor: Editor) -> None:
    editor.pick("Words that each may send", "2")


def write_nothing(editor: Editor) -> None:
    """The question is all that it needs."""
