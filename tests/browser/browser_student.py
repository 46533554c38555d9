"""What a student does on a phone and what the phone shows."""

import re

from playwright.sync_api import Locator, Page, expect


class Student:
    """One page on which one person plays."""

    def __init__(self, page: Page, nickname: str) -> None:
        self.page = page
        self.nickname = nickname
        self.receipt = page.locator(".receipt")
        self.banner = page.locator(".play-banner")
        self.verdict = page.locator(".verdict h1")
        self.score = page.locator("#bar [data-text=score]")

    def type_pin(self, base: str, pin: str) -> None:
        """From the front page to the room's door."""
        self.page.goto(f"{base}/")
        self.page.get_by_label("Type the PIN").fill(pin)
        self.page.get_by_role("button", name="Join").click()
        self.page.wait_for_url(f"{base}/j/{pin}")

    def scan(self, base: str, pin: str) -> None:
        """As the QR code leads."""
        self.page.goto(f"{base}/j/{pin}")

    def give_name(self) -> None:
        self.page.get_by_label("Nickname").fill(self.nickname)
        self.page.get_by_role("button", name="Join", exact=True).click()

    def take_seat(self) -> None:
        """Into the lobby of a room that has not started."""
        self.give_name()
        expect(self.page.get_by_role("heading", name="You're in. Look up.")).to_be_visible()
        expect(self.page.locator(".lobby .tile bdi")).to_have_text(self.nickname)

    def choice(self, text: str) -> Locator:
        return self.page.locator(".answers .answer").filter(has_text=text)

    def choose(self, *texts: str) -> None:
        """One tap is the answer; several wait for "Send"."""
        for text in texts:
            self.choice(text).tap()
        if len(texts) > 1:
            self.send()

    def send(self) -> None:
        self.page.get_by_role("button", name="Send").tap()

    def type_answer(self, text: str) -> None:
        self.page.locator(".answer-field input").fill(text)
        self.send()

    def expect_stored(self) -> None:
        """The receipt, which stands for a durable answer."""
        expect(self.receipt).to_have_attribute("data-state", "stored")
        expect(self.receipt).to_contain_text(re.compile(r"^\s*Stored \d"))

    def expect_banner(self, text: str) -> None:
        """Said once the network has been gone for longer than a blink."""
        expect(self.banner).to_contain_text(text)
        expect(self.banner).to_have_css("opacity", "1")

    def points(self) -> int:
        """What the reveal says was gained; nothing is shown for nothing."""
        gained = self.page.locator(".gained")
        return number_in(gained.inner_text()) if gained.is_visible() else 0

    def final(self) -> tuple[int, int]:
        """(place, score) on the last page."""
        heading = self.page.locator(".finished h1")
        expect(heading).to_have_text(re.compile(r"^\d+(st|nd|rd|th) of \d+$"))
        return number_in(heading.inner_text().split(" of ")[0]), number_in(
            self.page.locator(".finished-score").inner_text()
        )


def number_in(text: str) -> int:
    """1934 from "+1,934 points"."""
    digits = re.sub(r"\D", "", text)
    assert digits, f"no number in {text!r}"
    return int(digits)
