// The picture that areas are drawn on: a drag on it draws one, a drag on an area moves it, one at its corner sizes it.

import { drawArea } from "../lib/areas.js";
import { boxOf } from "../screen/area_box.js";
import { slot } from "../screen/parts.js";
import { boxBetween, heldBox, inBox, newArea, SMALLEST } from "./bounds.js";

/** `shape()` is that of the next area. onDrawn(area), onChanged(index, area), onChosen(index). Returns {update(media, areas, chosen)}. */
export function createCanvas(element, { shape, onDrawn, onChanged, onChosen }) {
  const drawing = slot(element, "areas");
  const corner = slot(element, "corner");
  const numbers = slot(element, "numbers");
  let areas = [];
  let chosen = -1;
  /** While a finger is down: what it does and the area as it would be. Only lifting it changes the question, in one step of undo. */
  let drag = null;

  const shareAt = ({ clientX, clientY }) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height].map((share) => Math.min(1, Math.max(0, share)));
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || drag) return;
    event.preventDefault();
    const start = shareAt(event);
    const index = corner.contains(event.target) ? chosen : Number(event.target.closest("[data-area]")?.dataset.area ?? -1);
    const change = corner.contains(event.target) ? sized : index < 0 ? drawn : movedBy;
    drag = { change, index, start, from: index < 0 ? null : areas[index], area: null };
    if (index >= 0) onChosen(index);
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.area = drag.change(drag, shareAt(event));
    draw();
  });
  element.addEventListener("pointerup", () => end(true));
  element.addEventListener("pointercancel", () => end(false));

  function end(isKept) {
    const { index, area } = drag ?? {};
    drag = null;
    if (isKept && area) index < 0 ? onDrawn(area) : onChanged(index, area);
    draw();
  }

  /** A tap, and what is hardly a drag, draws nothing. */
  function drawn({ start }, to) {
    const box = boxBetween(start, to);
    return box.width < SMALLEST || box.height < SMALLEST ? null : newArea(shape(), box, !areas.length);
  }

  function movedBy({ start, from }, to) {
    const box = boxOf(from);
    return inBox(from, { ...box, x: box.x + to[0] - start[0], y: box.y + to[1] - start[1] });
  }

  function sized({ from }, [x, y]) {
    const box = boxOf(from);
    return inBox(from, { ...box, width: Math.min(x - box.x, 1 - box.x), height: Math.min(y - box.y, 1 - box.y) });
  }

  function draw() {
    const shown = areas.map((area, index) => (index === drag?.index && drag.area) || area);
    if (drag?.index === -1 && drag.area) shown.push(drag.area);
    drawing.replaceChildren(...shown.map(shapeOf));
    numbers.replaceChildren(...shown.map(numberOf));
    const held = shown[chosen] && heldBox(boxOf(shown[chosen]));
    corner.hidden = !held;
    if (held) putAt(corner, held.x + held.width, held.y + held.height);
  }

  function shapeOf(area, index) {
    const element = drawArea(area);
    element.dataset.area = index;
    element.classList.toggle("is-right", Boolean(area.correct));
    element.classList.toggle("is-chosen", index === chosen);
    return element;
  }

  function numberOf(area, index) {
    const element = document.createElement("b");
    const { x, y, width, height } = boxOf(area);
    element.textContent = index + 1;
    element.dataset.area = index;
    putAt(element, x + width / 2, y + height / 2);
    return element;
  }

  return {
    update(media, next, nextChosen) {
      const source = media?.image ? `/media/${media.image}` : "";
      const picture = slot(element, "picture");
      if (picture.getAttribute("src") !== source) picture.setAttribute("src", source);
      areas = next;
      chosen = nextChosen;
      draw();
    },
  };
}

function putAt(element, x, y) {
  element.style.setProperty("--x", x.toFixed(4));
  element.style.setProperty("--y", y.toFixed(4));
}
