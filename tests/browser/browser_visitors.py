"""People with a browser of their own each, and everything that their browsers complain about."""

import re
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, WebError

PHONE = ViewportSize(width=360, height=740)
LAPTOP = ViewportSize(width=1366, height=768)
PROJECTOR = ViewportSize(width=1920, height=1080)
# Long enough for a busy machine; every wait ends as soon as what it waits for is there.
PATIENCE_MS = 12_000
# Chromium's words for a fetch that was answered with an error, and for a network that is gone.
REFUSED = r"Failed to load resource: the server responded with a status of {}"
CUT_OFF = r"WebSocket connection to .* failed|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_(REFUSED|RESET|CLOSED))"


class Visitors:
    """Contexts are people: nobody shares cookies or storage with anybody else."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        # Console errors (a breach of the Content Security Policy is one) and uncaught ones, with whose they are.
        self.complaints: list[str] = []

    def arrive(self, who: str, size: ViewportSize = LAPTOP, *, allowed: Sequence[str] = (), **options: Any) -> Page:
        """A page of a new context. `allowed` holds patterns of the complaints that the test provokes."""
        options = {"reduced_motion": "reduce", "color_scheme": "light", "locale": "en-GB"} | options
        context = self._browser.new_context(viewport=size, **options)
        context.set_default_timeout(PATIENCE_MS)
        patterns = [re.compile(pattern) for pattern in allowed]
        self._contexts.append(context)

        def complain(text: str) -> None:
            if not any(pattern.search(text) for pattern in patterns):
                self.complaints.append(f"{who}: {text}")

        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error":
                complain(f"{message.text} ({message.location['url']})")

        def on_error(error: WebError) -> None:
            complain(f"uncaught {error.error}")

        context.on("console", on_console)
        context.on("weberror", on_error)
        return context.new_page()

    def student(self, who: str, **options: Any) -> Page:
        """A page on a phone."""
        return self.arrive(who, PHONE, has_touch=True, is_mobile=True, **options)

    def leave(self) -> None:
        """Closes every context."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
