// The right numbers, a line each: exactly, about, or from … to.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { parseNumber } from "../../room/answer_text.js";
import { slot } from "../../screen/parts.js";
import { onNumber, put, putNumber, syncRows } from "../fields.js";

const ACCEPTED_MOST = 50;
/** Which of an entry's fields stand in the two inputs, by its shape. */
const PARTS = { value: ["value"], around: ["value", "tolerance"], range: ["min", "max"] };

/** What is right is anything between two numbers. */
export const isRange = (entry) => "min" in entry || "max" in entry;

export function numberForm({ edit }) {
  const element = fromTemplate("form-number");
  const word = readWords("words-number");
  const list = slot(element, "rows");
  const add = slot(element, "add");
  const score = slot(element, "score");
  let accepted = [];

  const save = (next, key = null) => edit({ accepted: next }, key);
  const change = (index, entry, key) => save(accepted.map((other, at) => (at === index ? entry : other)), key);

  function make(index) {
    const row = fromTemplate("form-number-row");
    const shape = slot(row, "shape");
    slot(row, "error").dataset.error = `accepted.${index}`;
    slot(row, "error").id = `error-accepted-${index}`;
    slot(row, "first").dataset.part = `accepted.${index}`;
    ["first", "second"].forEach((name, place) => {
      slot(row, name).setAttribute("aria-describedby", `error-accepted-${index}`);
      onNumber(slot(row, name), parseNumber, (value) => {
        const part = PARTS[shape.value][place];
        change(index, withPart(accepted[index], part, value), `accepted.${index}.${part}`);
      });
    });
    shape.addEventListener("change", () => {
      row.dataset.form = shape.value;
      change(index, reshaped(accepted[index], shape.value));
      // An empty line says nothing of its shape: then nothing has changed but the line itself.
      update(row, accepted[index], index);
    });
    slot(row, "remove").addEventListener("click", () => {
      save(accepted.filter((_, at) => at !== index));
      slot(list.children[Math.min(index, accepted.length - 1)], "first").focus();
    });
    return row;
  }

  function update(row, entry, index) {
    const n = index + 1;
    const name = shapeOf(entry) ?? row.dataset.form ?? "value";
    const [first, second] = PARTS[name];
    row.dataset.form = name;
    put(slot(row, "shape"), name);
    putNumber(slot(row, "first"), parseNumber, entry[first]);
    putNumber(slot(row, "second"), parseNumber, second && entry[second]);
    slot(row, "second").hidden = slot(row, "sign").hidden = !second;
    slot(row, "sign").textContent = second ? word(`sign_${name}`) : "";
    slot(row, "shape").setAttribute("aria-label", word("shape", { n }));
    slot(row, "first").setAttribute("aria-label", word(first, { n }));
    slot(row, "second").setAttribute("aria-label", second ? word(second, { n }) : "");
    slot(row, "remove").disabled = accepted.length <= 1;
    slot(row, "remove").setAttribute("aria-label", word("remove", { n }));
  }

  add.addEventListener("click", () => {
    save([...accepted, {}]);
    slot(list.children[accepted.length - 1], "first").focus();
  });
  score.addEventListener("change", () => edit({ score: score.value }));
  return {
    element,
    update(question) {
      accepted = question.accepted?.length ? question.accepted : [{}];
      syncRows(list, accepted, make, update);
      add.hidden = accepted.length >= ACCEPTED_MOST;
      put(score, question.score ?? "in_range");
    },
  };
}

/** Null for an entry that says nothing yet: then its line stays what it is. */
function shapeOf(entry) {
  if (isRange(entry)) return "range";
  if ("tolerance" in entry) return "around";
  return entry.value === undefined ? null : "value";
}

function withPart(entry, part, value) {
  const { [part]: _, ...others } = entry;
  return value === undefined ? others : { ...others, [part]: value };
}

/** The same number in another shape: a value and how far off, or the ends that these come to. */
function reshaped(entry, shape) {
  const { value, tolerance = 0, min, max, ...rest } = entry;
  const middle = value ?? (min !== undefined && max !== undefined ? (min + max) / 2 : min);
  if (shape === "range") return middle === undefined ? rest : { ...rest, min: min ?? middle - tolerance, max: max ?? middle + tolerance };
  const plain = middle === undefined ? rest : { ...rest, value: middle };
  if (shape !== "around") return plain;
  return { ...plain, tolerance: tolerance || (min !== undefined && max !== undefined ? Math.abs(max - min) / 2 : 0) };
}
