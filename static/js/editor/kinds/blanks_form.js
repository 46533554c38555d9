// What is accepted in each gap; gaps themselves stand in the prompt, a field of every question.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { onTyped, put, syncRows } from "../fields.js";
import { insertGap, removeGap, rowsOf } from "../gaps.js";
import { textOf } from "./text.js";

const ACCEPTED_MOST = 50;

export function blanksForm({ edit, announce }) {
  const element = fromTemplate("form-blanks");
  const word = readWords("words-blanks");
  const list = slot(element, "gaps");
  const insert = slot(element, "insert");
  const match = slot(element, "match");
  const accents = slot(element, "accents");
  let shown = {};

  const promptField = () => element.closest("form").querySelector('[data-part="prompt"]');
  const inputOf = (gap, place) => slot(slot(list.children[gap], "rows").children[place], "text");
  const acceptedOf = (gap) => rowsOf(shown)[gap].accepted;
  const save = (gap, accepted, key = null) => edit({ blanks: rowsOf(shown).map((row, at) => (at === gap ? { ...row, accepted } : row)) }, key);

  insert.addEventListener("click", () => {
    const field = promptField();
    const done = insertGap(shown, field.selectionStart, field.selectionEnd);
    edit({ prompt: done.prompt, blanks: done.blanks });
    announce(word("inserted", { n: done.index + 1 }));
    if (!textOf(acceptedOf(done.index)[0] ?? "")) return inputOf(done.index, 0).focus();
    // What was selected is accepted: on to the next word.
    field.focus();
    field.setSelectionRange(done.caret, done.caret);
  });

  function makeGap(gap) {
    const box = fromTemplate("form-blanks-gap");
    slot(box, "error").dataset.error = `blanks.${gap}`;
    slot(box, "error").id = `error-blanks-${gap}`;
    slot(box, "remove").addEventListener("click", () => {
      edit(removeGap(shown, gap));
      announce(word("removed", { n: gap + 1 }));
      insert.focus();
    });
    slot(box, "add").addEventListener("click", () => addRow(gap));
    return box;
  }

  function updateGap(box, { accepted }, gap) {
    const n = gap + 1;
    slot(box, "legend").textContent = word("gap", { n });
    slot(box, "remove").setAttribute("aria-label", word("remove", { n }));
    slot(box, "add").hidden = accepted.length >= ACCEPTED_MOST;
    slot(box, "add").setAttribute("aria-label", word("add", { n }));
    syncRows(slot(box, "rows"), accepted, (place) => makeRow(gap, place), (row, entry, place) => updateRow(row, entry, gap, place));
  }

  function makeRow(gap, place) {
    const row = fromTemplate("form-blanks-row");
    const input = slot(row, "text");
    input.dataset.part = `blanks.${gap}`;
    input.setAttribute("aria-describedby", `error-blanks-${gap}`);
    onTyped(input, (text) => {
      // An entry with a weight keeps it.
      const written = (entry) => (typeof entry === "string" ? text : { ...entry, text });
      save(gap, acceptedOf(gap).map((entry, at) => (at === place ? written(entry) : entry)), `blanks.${gap}.${place}`);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      if (place + 1 < acceptedOf(gap).length) inputOf(gap, place + 1).focus();
      else if (input.value.trim()) addRow(gap);
    });
    slot(row, "remove").addEventListener("click", () => {
      save(gap, acceptedOf(gap).filter((_, at) => at !== place));
      inputOf(gap, Math.min(place, acceptedOf(gap).length - 1)).focus();
    });
    return row;
  }

  function updateRow(row, entry, gap, place) {
    const values = { gap: gap + 1, n: place + 1 };
    put(slot(row, "text"), textOf(entry));
    slot(row, "text").setAttribute("aria-label", word("entry", values));
    slot(row, "remove").hidden = acceptedOf(gap).length <= 1;
    slot(row, "remove").setAttribute("aria-label", word("remove_entry", values));
  }

  function addRow(gap) {
    if (acceptedOf(gap).length >= ACCEPTED_MOST) return;
    save(gap, [...acceptedOf(gap), ""]);
    inputOf(gap, acceptedOf(gap).length - 1).focus();
  }

  match.addEventListener("change", () => edit({ match: match.value }));
  accents.addEventListener("change", () => edit({ ignore_accents: accents.checked || undefined }));
  return {
    element,
    update(question) {
      shown = question;
      syncRows(list, rowsOf(question), makeGap, updateGap);
      insert.disabled = insertGap(question, 0, 0) === null;
      put(match, question.match ?? "ignore_case");
      accents.checked = Boolean(question.ignore_accents);
    },
  };
}
