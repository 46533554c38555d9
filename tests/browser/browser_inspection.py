"""Looks at pages as people with other eyes, hands and devices meet them, and gathers what stands in their way."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from browser_measure import CUT_OFF, NARROW, OVERFLOW, TARGET, TARGETS
from browser_visitors import LAPTOP, PHONE, PROJECTOR
from playwright.sync_api import Page, ViewportSize

SIZES = (PHONE, LAPTOP, PROJECTOR)
OLD_PROJECTOR = ViewportSize(width=1024, height=768)
AXE = Axe().axe_script
VIOLATIONS = """async ([part, only]) => (await axe.run(part, {resultTypes: ["violations"], ...only})).violations
  .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")}`)"""
# What axe is asked: a page has the same elements in both themes, in other colours.
SCHEMES: dict[Literal["dark", "light"], dict[str, object]] = {
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
    "light": {},
}
MOVED = """() => {
  const shifts = window.layoutShifts.splice(0);
  return shifts.map((s) => `${s.value.toFixed(4)} by ${s.sources.map((n) => n?.outerHTML?.slice(0, 80)).join(" | ")}`);
}"""
WATCH_SHIFTS = """
  window.layoutShifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.layoutShifts.push({value: entry.value, sources: entry.sources.map((s) => s.node)});
    }
  }).observe({type: "layout-shift", buffered: true});
"""
WATCH_SPEECH = """
  window.spoken = [];
  const note = (change) => {
    const element = change.target.nodeType === 1 ? change.target : change.target.parentElement;
    const place = element?.closest("[role=status], [role=alert], [aria-live]");
    const text = place?.checkVisibility?.({}) !== false && place?.textContent.trim().replace(/\\s+/g, " ");
    if (text && window.spoken.at(-1) !== text) window.spoken.push(text);
  };
  addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => changes.forEach(note))
    .observe(document.body, {subtree: true, childList: true, characterData: true}));
"""


class Inspection:
    """`found` has a line for everything that is wrong on a page, with the page's name."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: set[str] = set()

    def look(self, page: Page, name: str, *sizes: ViewportSize, thumbs: bool = True, part: str = "html") -> None:
        """At these sizes and at 400 % zoom, by light and by dark; the page is as before afterwards.

        `part` is where axe looks, when the rest of the page was looked at before.
        """
        self.seen.add(name)
        self.measure(page, name, *sizes, thumbs=thumbs)
        self._note(name, "axe", violations(page, part))

    def measure(self, page: Page, name: str, *sizes: ViewportSize, thumbs: bool = True) -> None:
        """Nothing sticks out or is cut off, and what can be pressed is large enough."""
        before = page.viewport_size or LAPTOP
        for size in (*(sizes or SIZES), NARROW):
            page.set_viewport_size(size)
            self._note(name, f"{size['width']} px", page.evaluate(OVERFLOW) + page.evaluate(CUT_OFF))
            if thumbs and size in (PHONE, NARROW):
                small = [str(target) for target in page.evaluate(TARGETS) if target[1] < TARGET - 0.5]
                self._note(name, f"small targets at {size['width']} px", small)
        page.set_viewport_size(before)

    def _note(self, name: str, where: str, problems: list[str]) -> None:
        self.found += [f"{name}, {where}: {problem}" for problem in problems]


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds in a part of the page, by light and by dark; the page is by light afterwards."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = []
    for scheme, only in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {violation}" for violation in page.evaluate(VIOLATIONS, [part, only])]
    page.emulate_media(color_scheme="light")
    return found


def shifts_of(page: Page) -> list[str]:
    """What has moved under the eyes since it was asked last; needs WATCH_SHIFTS."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved: list[str] = page.evaluate(MOVED)
    return moved
