"""Debian's Chromium, found and started; says in one sentence when there is none."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The first is the same browser without its own windows, which cost more than the pages.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
MISSING = "These tests play in a real Chromium and there is none on this machine: `make test` installs it."
# Nothing but the test's own pages on the wire, and no sandbox, which containers forbid.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The program's path, None when it is not installed."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; it and Playwright's loop, which no other test may meet, end with the block."""
    path = find_chromium()
    if path is None:
        raise LookupError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
