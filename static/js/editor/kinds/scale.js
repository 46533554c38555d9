// A scale: its two ends, and what they mean.

import { fromTemplate } from "../../lib/dom.js";
import { parseNumber } from "../../room/answer_text.js";
import { slot } from "../../screen/parts.js";
import { onNumber, onTyped, put, putNumber } from "../fields.js";
import { must } from "../findings.js";
import { register } from "./registry.js";

const END_MOST = 100;
const STEPS_MOST = 20;
const ENDS = ["min", "max"];

/** Whole numbers only, with their sign; null when it is none. */
export const parseStep = (text) => (Number.isInteger(parseNumber(text)) ? parseNumber(text) : null);

function checks({ min, max }) {
  const open = ENDS.filter((end) => ({ min, max })[end] == null);
  if (open.length) return open.map((end) => must(end, "scale_open"));
  const far = ENDS.filter((end) => Math.abs({ min, max }[end]) > END_MOST);
  if (far.length) return far.map((end) => must(end, "scale_far", { most: END_MOST }));
  if (min >= max) return [must("max", "scale_turned")];
  return max - min > STEPS_MOST ? [must("max", "scale_steps", { n: max - min, most: STEPS_MOST })] : [];
}

/** A class that leans to the upper half. */
function sample(question) {
  const { min, max, labels = {} } = question;
  // What cannot be played is shown as the usual scale, for want of another.
  const [low, high] = checks(question).length ? [1, 5] : [min, max];
  const peak = (high - low) * 0.65;
  const counts = Array.from({ length: high - low + 1 }, (_, index) => Math.round(9 * Math.exp(-(((index - peak) / (1 + (high - low) / 4)) ** 2))));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count, index) => sum + count * (low + index), 0) / total;
  return {
    question: { min: low, max: high, labels: { min: labels.min ?? "", max: labels.max ?? "" } },
    answer: { number: Math.round(low + peak) },
    distribution: { counts, other: 0, mean },
  };
}

function form({ edit }) {
  const element = fromTemplate("form-scale");
  let shown = {};
  for (const end of ENDS) {
    onNumber(slot(element, end), parseStep, (value) => edit({ [end]: value ?? null }, end));
    onTyped(slot(element, `label-${end}`), (text) => edit({ labels: { min: "", max: "", ...shown.labels, [end]: text } }, `labels.${end}`));
  }
  return {
    element,
    update(question) {
      shown = question;
      for (const end of ENDS) {
        putNumber(slot(element, end), parseStep, question[end] ?? undefined);
        put(slot(element, `label-${end}`), question.labels?.[end] ?? "");
      }
    },
  };
}

register("scale", {
  isGraded: false,
  blank: () => ({ min: 1, max: 5, labels: { min: "", max: "" } }),
  checks,
  texts: ({ labels }) => [labels?.min ?? "", labels?.max ?? ""],
  sample,
  form,
});
