"""What is measured on pages: nothing wider than the smallest phone, targets that a thumb hits."""

from playwright.sync_api import ViewportSize

NARROW = ViewportSize(width=320, height=640)
TARGET = 48
# Width of what is laid out against width of what is seen, with the elements that stick out.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 1);
  const tags = wide.slice(0, 8).map((e) => e.outerHTML.slice(0, 90));
  return [`page is ${document.documentElement.scrollWidth} wide`, ...tags];
}"""
# What is cut off at a side, and not by an ellipsis. The stage fits itself in the frame after it changed its size.
# But for what only a screen reader reads, and the field of a PIN, whose last gap lies outside.
CUT_OFF = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const cuts = ({overflowX, textOverflow, webkitLineClamp}) =>
    ["hidden", "clip"].includes(overflowX) && textOverflow !== "ellipsis" && webkitLineClamp === "none";
  const cut = [...document.body.querySelectorAll("*")].filter((e) =>
    e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 2 && !e.matches(".sr-only, .pin") && e.checkVisibility()
      && cuts(getComputedStyle(e)));
  return cut.map((e) => `cut off, ${e.scrollWidth} in ${e.clientWidth}: ${e.outerHTML.slice(0, 90)}`);
}"""
# [what, height] of everything that can be pressed. Switches and file fields are pressed by their labels; a link within
# a sentence is as high as its line, which WCAG 2.5.8 leaves to the text.
TARGETS = """() => [...document.querySelectorAll("button, summary, select, input:not([type=hidden]), a[href]")]
  .filter((e) => e.checkVisibility() && !e.matches(".skip-link, .brand") && getComputedStyle(e).display !== "inline")
  .map((e) => [e.outerHTML.slice(0, 90), (e.closest("label") ?? e).getBoundingClientRect().height])"""
