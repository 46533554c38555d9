// A list whose rows people put in order: by dragging, with the two buttons of a row, and with the arrow keys on these. Small enough
// for a phone; the editor's own (editor/drag.js) touches nothing before the drop.

// So close to the edge of the window the page scrolls along; at the bottom there is a button to send.
const EDGE_PX = 110;
const SCROLL_PX = 9;

/**
 * Rows are the children of `list`; in each a `.handle` to drag, and two buttons with data-way -1 and 1.
 * onMove(row, to) whenever a row stands at a new place, counted from 0.
 */
export function bindReorder(list, onMove) {
  const rowOf = (element) => [...list.children].find((row) => row.contains(element));
  const buttonOf = ({ target }) => target.closest("[data-way]");
  let dragged = null;
  let startY;

  /** Up or down by one. What stays in the document keeps focus and finger: it is the other that goes round. */
  function move(row, way) {
    const other = way < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (way < 0) row.after(other);
    else row.before(other);
    onMove(row, [...list.children].indexOf(row));
  }

  function drag(y) {
    const before = scrollY;
    if (y < EDGE_PX) scrollBy(0, -SCROLL_PX);
    if (y > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX);
    startY -= scrollY - before;
    for (let top; top !== dragged.offsetTop;) {
      const way = y - startY;
      const other = way < 0 ? dragged.previousElementSibling : dragged.nextElementSibling;
      top = dragged.offsetTop;
      if (other && Math.abs(way) > other.offsetHeight * .6) move(dragged, way);
      startY += dragged.offsetTop - top;
    }
    dragged.style.translate = `0 ${y - startY}px`;
  }

  function drop() {
    dragged?.classList.remove("is-dragged");
    if (dragged) dragged.style.translate = "";
    dragged = null;
  }

  list.addEventListener("click", (event) => {
    const button = buttonOf(event);
    if (button) move(rowOf(button), button.dataset.way);
  });
  list.addEventListener("keydown", (event) => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!way || !buttonOf(event)) return;
    event.preventDefault();
    move(rowOf(event.target), way);
  });
  list.addEventListener("pointerdown", (event) => {
    if (dragged || !event.target.matches(".handle")) return;
    event.preventDefault();
    event.target.setPointerCapture(event.pointerId);
    dragged = rowOf(event.target);
    startY = event.clientY;
    dragged.classList.add("is-dragged");
  });
  list.addEventListener("pointermove", ({ clientY }) => dragged && drag(clientY));
  for (const name of ["pointerup", "pointercancel"]) list.addEventListener(name, drop);
}
