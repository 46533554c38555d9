// Reorders a list by dragging a handle, with mouse, pen or finger. The document is touched only when the row is dropped.

// So close to the edge of what is seen the list scrolls along.
const EDGE_PX = 56;
const SCROLL_PX = 12;

/** Rows are the children of `list`, `handle` a selector in them; onDrop(from, to), places counted from 0. */
export function bindDrag(list, { handle: selector, onDrop }) {
  let drag = null;

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(selector);
    if (drag || !handle || event.button > 0) return;
    event.preventDefault();
    const rows = [...list.children];
    const row = rows.find((one) => one.contains(handle));
    drag = { row, rows, from: rows.indexOf(row), to: rows.indexOf(row), startY: event.clientY, y: event.clientY, scrolled: scrollOf() };
    drag.height = row.getBoundingClientRect().height + gapOf();
    drag.middles = rows.map((one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; });
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    list.classList.add("is-sorting");
    drag.frame = requestAnimationFrame(follow);
  });
  list.addEventListener("pointermove", (event) => {
    if (drag) drag.y = event.clientY;
  });
  list.addEventListener("pointerup", () => end(true));
  list.addEventListener("pointercancel", () => end(false));
  list.addEventListener("keydown", (event) => event.key === "Escape" && end(false));

  const scroller = () => list.closest("[data-scrolls]") ?? document.scrollingElement;
  const scrollOf = () => scroller().scrollTop;
  const gapOf = () => parseFloat(getComputedStyle(list).rowGap) || 0;

  function follow() {
    if (!drag) return;
    scrollAlong();
    place();
    drag.frame = requestAnimationFrame(follow);
  }

  function scrollAlong() {
    const box = scroller() === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller().getBoundingClientRect();
    if (drag.y < box.top + EDGE_PX) scroller().scrollTop -= SCROLL_PX;
    else if (drag.y > box.bottom - EDGE_PX) scroller().scrollTop += SCROLL_PX;
  }

  /** The row under the pointer; the others make way. */
  function place() {
    const { row, rows, from, middles, height } = drag;
    const way = drag.y - drag.startY + scrollOf() - drag.scrolled;
    const middle = middles[from] + way;
    drag.to = middles.filter((other, index) => index !== from && other < middle).length;
    rows.forEach((other, index) => {
      const isBetween = index > from ? index <= drag.to : index >= drag.to;
      const shift = other === row ? way : index !== from && isBetween ? Math.sign(from - index) * height : 0;
      other.style.translate = shift ? `0 ${shift}px` : "";
    });
  }

  function end(isDropped) {
    if (!drag) return;
    if (isDropped) place();
    cancelAnimationFrame(drag.frame);
    const { row, rows, from, to } = drag;
    drag = null;
    row.classList.remove("is-dragged");
    list.classList.remove("is-sorting");
    for (const other of rows) other.style.translate = "";
    if (isDropped && to !== from) onDrop(from, to);
  }
}
