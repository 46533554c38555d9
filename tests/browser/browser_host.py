"""What a teacher does in the browser: account, quiz, room, and driving it; and reading the projector."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

# A key that came too early is not taken: nobody skips what they have not seen.
KEY_TRIES = 12
KEY_WAIT_MS = 700


def sign_in(page: Page, base: str, email: str, password: str) -> None:
    page.goto(f"{base}/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/quizzes")


def upload(page: Page, base: str, quiz: dict[str, Any]) -> None:
    """A file chosen, looked at and saved; ends on the quiz's page."""
    count = len(quiz["questions"])
    page.goto(f"{base}/quizzes/import")
    file = {"name": "quiz.json", "mimeType": "application/json", "buffer": json.dumps(quiz).encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator("h1")).to_have_text(re.compile(rf"^{count} questions? can be saved"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=quiz["title"], level=1)).to_be_visible()


def start_room(page: Page, **settings: str) -> "Host":
    """From a quiz's page; `settings` are fields of its form, "on" and "off" for those that are ticked.

    The others are the defaults, whatever the last room had.
    """
    page.get_by_role("link", name="Classic").click()
    more = page.locator(".more-settings")
    if settings and more.get_attribute("open") is None:
        more.locator("summary").click()
    for name, value in settings.items():
        field = page.locator(f"[name={name}]")
        kind = field.first.get_attribute("type")
        if kind == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif kind == "checkbox":
            field.set_checked(value == "on")
        else:
            field.fill(value)
    page.get_by_role("button", name="Start a room").click()
    page.wait_for_url(re.compile(r"/host/\d+$"))
    return Host(page)


class Host:
    """A host page that stands open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pin = page.url.rsplit("/", 1)[-1]
        self.stage = Stage(page)
        self.phase = page.locator("#phase")
        self.answered = page.locator("#answers .rail-figure")
        expect(page.locator("#health")).to_have_text("Connected")

    @property
    def room_id(self) -> str:
        return self.page.locator("#main").get_attribute("data-room") or ""

    def expect_phase(self, text: str, timeout: float | None = None) -> None:
        expect(self.phase).to_have_text(text, timeout=timeout)

    def press(self, key: str, phase: str) -> None:
        """Drives with the keyboard: presses until the room has moved from where it is, to `phase`."""
        before = self.phase.inner_text()
        for _ in range(KEY_TRIES):
            self.page.keyboard.press(key)
            try:
                expect(self.phase).not_to_have_text(before, timeout=KEY_WAIT_MS)
            except AssertionError:
                continue
            break
        self.expect_phase(phase)

    def step(self, label: str) -> None:
        """Clicks the one big button, which must be called so."""
        button = self.page.locator("#step")
        expect(button).to_contain_text(label)
        button.click()

    def expect_answered(self, answered: int, of: int) -> None:
        expect(self.answered).to_have_text(re.compile(rf"{answered}\s+of {of} answered"))

    def expect_names(self, *names: str) -> None:
        for name in names:
            expect(self.stage.names.filter(has_text=name)).to_be_visible()

    def remove(self, nickname: str, *, ban: bool) -> None:
        people = self.page.locator("#people")
        if people.get_attribute("open") is None:
            people.locator("summary").click()
        people.get_by_role("button", name=f"Remove {nickname}").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_contain_text(nickname)
        dialog.get_by_role("button", name="Ban" if ban else "Remove", exact=True).click()
        expect(dialog).to_be_hidden()

    def set_lock(self, locked: bool) -> None:
        switch = self.page.get_by_role("switch")
        switch.set_checked(locked)
        expect(self.stage.root.get_by_text("The room is locked")).to_be_visible(visible=locked)

    def open_projector(self) -> str:
        """Opens a window that shows the room; returns its address with the token."""
        with self.page.expect_popup() as popup, self.page.expect_response("**/api/v1/rooms/*/screen") as reply:
            self.page.get_by_role("button", name="Open the projector screen").click()
        Stage(popup.value).expect_phase("LOBBY")
        popup.value.close()
        return str(reply.value.json()["url"])


class Stage:
    """What the class sees, on the projector and on the host page."""

    def __init__(self, page: Page) -> None:
        self.root = page.locator("[data-stage]")
        self.names = self.root.locator(".wall .name")
        self.prompt = self.root.locator(".prompt")
        self.bars = self.root.locator(".dist-row")

    def expect_phase(self, phase: str) -> None:
        expect(self.root).to_have_attribute("data-phase", phase)

    def bar(self, text: str) -> Locator:
        return self.bars.filter(has_text=text)

    def counts(self) -> dict[str, int]:
        """How many gave each answer, by its text."""
        return {
            bar.locator(".dist-text").inner_text(): int(bar.locator(".dist-count").inner_text())
            for bar in self.bars.all()
        }

    def standings(self) -> list[tuple[int, str, int]]:
        """[(rank, nickname, score)] as listed."""
        rows = self.root.locator(".rank")
        expect(rows.first).to_be_visible()
        return [
            (
                int(row.locator(".rank-place").inner_text()),
                row.locator("bdi").inner_text(),
                int(row.locator(".rank-score").inner_text().replace(",", "")),
            )
            for row in rows.all()
        ]

    def podium(self) -> set[tuple[int, str]]:
        """{(rank, nickname)} of those on it."""
        steps = self.root.locator(".step")
        expect(steps.first).to_be_visible()
        return {
            (int(step.get_attribute("data-rank") or 0), name.inner_text())
            for step in steps.all()
            for name in step.locator(".winner bdi").all()
        }
