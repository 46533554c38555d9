// The areas of a picture: drawn on it, or added and typed; a line each with its name, whether it is right, and its place.

import { boxOf } from "../../screen/area_box.js";
import { fromTemplate, readWords } from "../../lib/dom.js";
import { parseNumber } from "../../room/answer_text.js";
import { slot } from "../../screen/parts.js";
import { inBox, newArea } from "../bounds.js";
import { createCanvas } from "../canvas.js";
import { onNumber, onTyped, put, putNumber, syncRows } from "../fields.js";

export const AREAS_MOST = 20;
const SIDES = ["x", "y", "width", "height"];
/** Where an area begins that is added without drawing. */
const MIDDLE = { x: 0.35, y: 0.35, width: 0.3, height: 0.3 };

export function hotspotForm({ edit, announce }) {
  const element = fromTemplate("form-hotspot");
  const word = readWords("words-hotspot");
  const list = slot(element, "rows");
  const add = slot(element, "add");
  let question = {};
  let areas = [];
  let chosen = -1;

  const shape = () => element.querySelector("input[name=area-shape]:checked").value;
  const save = (next, key = null) => edit({ areas: next }, key);
  const change = (index, area, key) => save(areas.map((other, at) => (at === index ? area : other)), key);
  const canvas = createCanvas(slot(element, "spot"), { shape, onDrawn: addArea, onChanged: (index, area) => change(index, area), onChosen: choose });

  function choose(index) {
    chosen = index;
    canvas.update(question.media, areas, chosen);
  }

  function addArea(area) {
    if (areas.length >= AREAS_MOST) return announce(word("full"));
    chosen = areas.length;
    save([...areas, area]);
    slot(list.children[chosen], "label").focus();
  }

  function make(index) {
    const row = fromTemplate("form-hotspot-row");
    const error = slot(row, "error");
    error.dataset.error = `areas.${index}`;
    error.id = `error-areas-${index}`;
    const label = slot(row, "label");
    label.dataset.part = `areas.${index}`;
    label.setAttribute("aria-describedby", error.id);
    onTyped(label, (text) => change(index, { ...areas[index], label: text }, `areas.${index}`));
    slot(row, "right").addEventListener("change", (event) => change(index, { ...areas[index], correct: event.target.checked }));
    for (const side of SIDES) {
      onNumber(slot(row, side), parseNumber, (value) => {
        if (value === undefined) return;
        change(index, inBox(areas[index], { ...boxOf(areas[index]), [side]: value / 100 }), `areas.${index}.${side}`);
      });
      // What was typed beyond the picture was held at its edge: said once the field is left.
      slot(row, side).addEventListener("change", () => drawSides(row, areas[index], true));
    }
    slot(row, "remove").addEventListener("click", () => remove(index));
    row.addEventListener("focusin", () => choose(index));
    return row;
  }

  function update(row, area, index) {
    const n = index + 1;
    slot(row, "number").textContent = n;
    put(slot(row, "label"), area.label ?? "");
    slot(row, "label").setAttribute("aria-label", word("label", { n }));
    slot(row, "right").checked = Boolean(area.correct);
    slot(row, "right").setAttribute("aria-label", word("is_right", { n }));
    slot(row, "remove").setAttribute("aria-label", word("remove", { n }));
    for (const side of SIDES) slot(row, side).setAttribute("aria-label", word(side, { n }));
    drawSides(row, area);
  }

  /** In whole per cent; a field in which somebody types is left alone. */
  function drawSides(row, area, isLeft = false) {
    const box = boxOf(area);
    for (const side of SIDES) {
      const input = slot(row, side);
      if (isLeft || input !== document.activeElement) putNumber(input, parseNumber, Math.round(box[side] * 1000) / 10);
    }
  }

  function remove(index) {
    chosen = -1;
    save(areas.filter((_, at) => at !== index));
    announce(word("removed", { n: index + 1 }));
    const next = list.children[Math.min(index, areas.length - 1)];
    (next ? slot(next, "label") : add).focus();
  }

  add.addEventListener("click", () => addArea(newArea(shape(), MIDDLE, !areas.length)));
  return {
    element,
    update(next) {
      question = next;
      areas = next.areas ?? [];
      const hasPicture = Boolean(next.media?.image);
      slot(element, "drawing").hidden = !hasPicture;
      slot(element, "empty").hidden = hasPicture;
      add.hidden = !hasPicture || areas.length >= AREAS_MOST;
      syncRows(list, areas, make, update);
      canvas.update(next.media, areas, Math.min(chosen, areas.length - 1));
    },
  };
}
