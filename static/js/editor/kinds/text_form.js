// What is accepted, a line each, and how exactly it must be typed.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { acceptedRows } from "../accepted.js";
import { onTyped, put } from "../fields.js";

// A typing error in 5 km could be 5 m (docs/adr/0026).
const WITHOUT_UNITS = ["fuzzy", "wildcard"];

/** The spellings of a unit, as they are typed: m, metre, metres. */
export const unitsOf = (typed) => typed.split(",").map((unit) => unit.trim()).filter(Boolean);

export function textForm({ edit }) {
  const element = fromTemplate("form-text");
  const word = readWords("words-text");
  const match = slot(element, "match");
  const accents = slot(element, "accents");
  const units = slot(element, "units");
  const rows = acceptedRows({
    list: slot(element, "rows"),
    add: slot(element, "add"),
    template: "form-text-row",
    name: "accepted",
    bind,
    label: (index) => ({ text: word("entry", { n: index + 1 }), remove: word("remove", { n: index + 1 }) }),
    save: (accepted, key = null) => edit({ accepted }, key),
  });

  match.addEventListener("change", () => edit({ match: match.value, ...(WITHOUT_UNITS.includes(match.value) && { units: undefined }) }));
  accents.addEventListener("change", () => edit({ ignore_accents: accents.checked || undefined }));
  onTyped(units, (text) => edit({ units: unitsOf(text).length ? unitsOf(text) : undefined }, "units"));
  return {
    element,
    update(question) {
      rows.update(question.accepted?.length ? question.accepted : [""]);
      put(match, question.match ?? "ignore_case");
      accents.checked = Boolean(question.ignore_accents);
      slot(element, "units-field").hidden = WITHOUT_UNITS.includes(match.value);
      // Whoever types a comma has not yet typed what comes behind it.
      if (unitsOf(units.value).join() !== (question.units ?? []).join()) put(units, (question.units ?? []).join(", "));
    },
  };
}

function bind(row, index) {
  const input = slot(row, "text");
  input.dataset.part = `accepted.${index}`;
  input.setAttribute("aria-describedby", `error-accepted-${index}`);
  slot(row, "error").dataset.error = `accepted.${index}`;
  slot(row, "error").id = `error-accepted-${index}`;
}
