// A scale: its steps while it is open, then how many took each, and the mean.

import { formatNumber } from "../../lib/dom.js";
import { nobody } from "../dist.js";
import { make, slot } from "../parts.js";
import { register } from "./registry.js";

/** One column a step: {n, count, share: 0..1 of the highest}. Pure. */
export function columnsOf({ min, max }, counts = []) {
  const most = Math.max(1, ...counts);
  return Array.from({ length: max - min + 1 }, (_, index) => ({ n: min + index, count: counts[index] ?? 0, share: (counts[index] ?? 0) / most }));
}

/** Where a value lies among the columns, 0..1 of their width: each step in the middle of its own. Pure. */
export const placeOf = ({ min, max }, value) => (value - min + 0.5) / (max - min + 1);

function draw(question, counts) {
  const box = make("scale");
  const list = slot(box, "steps");
  list.classList.toggle("is-counted", counts !== undefined);
  box.style.setProperty("--steps", question.max - question.min + 1);
  box.dataset.many = question.max - question.min > 10;
  list.append(...columnsOf(question, counts).map(({ n, count, share }) => {
    const step = make("scale-step");
    slot(step, "n").textContent = formatNumber(n);
    slot(step, "count").textContent = counts === undefined ? "" : formatNumber(count);
    slot(step, "bar").style.setProperty("--share", share.toFixed(4));
    step.classList.toggle("is-none", count === 0);
    return step;
  }));
  for (const end of ["min", "max"]) {
    const label = question.labels[end];
    slot(box, end).textContent = label ? `${formatNumber(question[end])} – ${label}` : "";
  }
  slot(box, "ends").hidden = !question.labels.min && !question.labels.max;
  return box;
}

function reveal({ question, distribution }, say) {
  const { counts = [], mean } = distribution ?? {};
  if (mean == null) return [nobody(say)];
  const box = draw(question, counts);
  const sign = slot(box, "mean");
  sign.hidden = false;
  sign.textContent = say("scale_mean", { n: formatNumber(Math.round(10 * mean) / 10) });
  box.style.setProperty("--mean", placeOf(question, mean).toFixed(4));
  return [box];
}

register("scale", { open: (question, say) => ({ elements: [draw(question)], hint: say("scale_hint") }), reveal, isGraded: false });
