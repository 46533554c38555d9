// What is accepted, a line each, and how exactly it must be typed.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { onTyped, put, syncRows } from "../fields.js";
import { ACCEPTED_MOST, textOf, unitsOf } from "./text.js";

// A typing error in 5 km could be 5 m (docs/adr/0026).
const WITHOUT_UNITS = ["fuzzy", "wildcard"];

export function textForm({ edit }) {
  const element = fromTemplate("form-text");
  const word = readWords("words-text");
  const list = slot(element, "rows");
  const add = slot(element, "add");
  const match = slot(element, "match");
  const accents = slot(element, "accents");
  const units = slot(element, "units");
  let accepted = [];

  const save = (next, key = null) => edit({ accepted: next }, key);
  const inputOf = (index) => slot(list.children[index], "text");
  // An entry with a weight keeps it.
  const written = (entry, text) => (typeof entry === "string" ? text : { ...entry, text });

  function make(index) {
    const row = fromTemplate("form-text-row");
    const input = slot(row, "text");
    input.dataset.part = `accepted.${index}`;
    input.setAttribute("aria-describedby", `error-accepted-${index}`);
    slot(row, "error").dataset.error = `accepted.${index}`;
    slot(row, "error").id = `error-accepted-${index}`;
    onTyped(input, (text) => save(accepted.map((entry, at) => (at === index ? written(entry, text) : entry)), `accepted.${index}`));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      if (index + 1 < accepted.length) inputOf(index + 1).focus();
      else addRow();
    });
    slot(row, "remove").addEventListener("click", () => {
      save(accepted.filter((_, at) => at !== index));
      inputOf(Math.min(index, accepted.length - 1)).focus();
    });
    return row;
  }

  function update(row, entry, index) {
    put(slot(row, "text"), textOf(entry));
    slot(row, "text").setAttribute("aria-label", word("entry", { n: index + 1 }));
    slot(row, "remove").disabled = accepted.length <= 1;
    slot(row, "remove").setAttribute("aria-label", word("remove", { n: index + 1 }));
  }

  function addRow() {
    if (accepted.length >= ACCEPTED_MOST) return;
    save([...accepted, ""]);
    inputOf(accepted.length - 1).focus();
  }

  add.addEventListener("click", addRow);
  match.addEventListener("change", () => edit({ match: match.value, ...(WITHOUT_UNITS.includes(match.value) && { units: undefined }) }));
  accents.addEventListener("change", () => edit({ ignore_accents: accents.checked || undefined }));
  onTyped(units, (text) => edit({ units: unitsOf(text).length ? unitsOf(text) : undefined }, "units"));
  return {
    element,
    update(question) {
      accepted = question.accepted?.length ? question.accepted : [""];
      syncRows(list, accepted, make, update);
      add.hidden = accepted.length >= ACCEPTED_MOST;
      put(match, question.match ?? "ignore_case");
      accents.checked = Boolean(question.ignore_accents);
      slot(element, "units-field").hidden = WITHOUT_UNITS.includes(match.value);
      // Whoever types a comma has not yet typed what comes behind it.
      if (unitsOf(units.value).join() !== (question.units ?? []).join()) put(units, (question.units ?? []).join(", "));
    },
  };
}
