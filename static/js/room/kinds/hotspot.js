// A picture to point at: by finger, mouse or keys; and a list of its areas, for those who do not see it.

import { drawArea } from "../../lib/areas.js";
import { fill, fillPicture, find, fromTemplate } from "../../lib/dom.js";
import { register } from "./registry.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (point) => point.map((share) => Number(Math.min(1, Math.max(0, share)).toFixed(4)));

/** Puts a mark where somebody points. */
function place(mark, [x, y]) {
  mark.style.setProperty("--x", x);
  mark.style.setProperty("--y", y);
}

function input({ media, areas }, onPick) {
  const element = fillPicture(fromTemplate("hotspot"), media);
  const hasPicture = element.classList.contains("has-picture");
  const spot = find(".spot", element);
  const mark = find("button", spot);
  const list = find("details", element);
  let answer = null;
  let isLocked = false;

  const radios = areas.map(({ index, label: text }) => {
    const row = fill(fromTemplate("hotspot-area"), { label: text });
    list.append(row);
    row.addEventListener("change", () => pick({ area: index }));
    return [find("input", row), index];
  });
  spot.hidden = find("summary", element).hidden = !hasPicture;
  list.open = !hasPicture;

  function pick(next) {
    if (!isLocked) answer = next;
    onPick();
  }

  const point = () => answer?.point ?? [0.5, 0.5];

  function draw() {
    place(mark, point());
    mark.classList.toggle("is-set", Boolean(answer?.point));
    for (const [radio, index] of radios) radio.checked = answer?.area === index;
    // Not `disabled`: that would throw the focus away.
    for (const control of [mark, ...radios.map(([radio]) => radio)]) control.ariaDisabled = isLocked;
  }

  function pointAt({ clientX, clientY }) {
    const { left, top, width, height } = spot.getBoundingClientRect();
    pick({ point: within([(clientX - left) / width, (clientY - top) / height]) });
  }
  // A click on the mark is the end of a drag, or a key.
  spot.addEventListener("click", (event) => (event.target === mark ? pick({ point: point() }) : pointAt(event)));
  mark.addEventListener("pointerdown", ({ pointerId }) => mark.setPointerCapture(pointerId));
  mark.addEventListener("pointermove", (event) => mark.hasPointerCapture(event.pointerId) && pointAt(event));
  mark.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    pick({ point: within(point().map((share, axis) => share + way[axis] / (event.shiftKey ? 10 : 100))) });
  });

  return {
    element,
    hint: hasPicture ? "hotspot_point" : "hotspot_list",
    needsSend: true,
    value: () => answer,
    show(given, locked) {
      if (given && locked) answer = given;
      isLocked = locked;
      draw();
    },
  };
}

/** The picture with what was right on it, and where one pointed oneself. */
function after({ question, key }, mine) {
  const element = fillPicture(fromTemplate("hotspot-after"), question.media);
  const mark = find("i", element);
  const labelOf = (wanted) => question.areas.find(({ index }) => index === wanted)?.label;
  find("svg", element).append(...(key?.areas ?? []).filter((area) => area.correct).map(drawArea));
  mark.hidden = !mine?.point;
  if (mine?.point) place(mark, mine.point);
  return {
    elements: element.classList.contains("has-picture") ? [element] : [],
    rows: { right: key?.accepted.map(labelOf).join(", "), mine: labelOf(mine?.area) },
  };
}

register("hotspot", { input, after, drawsPicture: true });
