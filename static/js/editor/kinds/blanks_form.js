// What is accepted in each gap; gaps themselves stand in the prompt, a field of every question.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { acceptedRows, textOf } from "../accepted.js";
import { put, syncRows } from "../fields.js";
import { insertGap, removeGap, rowsOf } from "../gaps.js";

export function blanksForm({ edit, announce }) {
  const element = fromTemplate("form-blanks");
  const word = readWords("words-blanks");
  const list = slot(element, "gaps");
  const insert = slot(element, "insert");
  const match = slot(element, "match");
  const accents = slot(element, "accents");
  // The rows of each gap, by its box.
  const rows = new WeakMap();
  let shown = {};

  const promptField = () => element.closest("form").querySelector('[data-part="prompt"]');

  insert.addEventListener("click", () => {
    const field = promptField();
    const done = insertGap(shown, field.selectionStart, field.selectionEnd);
    edit({ prompt: done.prompt, blanks: done.blanks });
    announce(word("inserted", { n: done.index + 1 }));
    if (!textOf(rowsOf(shown)[done.index].accepted[0])) return rows.get(list.children[done.index]).focus(0);
    // What was selected is accepted: on to the next word.
    field.focus();
    field.setSelectionRange(done.caret, done.caret);
  });

  function makeGap(gap) {
    const box = fromTemplate("form-blanks-gap");
    const [name, error] = [`blanks.${gap}`, `error-blanks-${gap}`];
    slot(box, "error").dataset.error = name;
    slot(box, "error").id = error;
    slot(box, "remove").addEventListener("click", () => {
      edit(removeGap(shown, gap));
      announce(word("removed", { n: gap + 1 }));
      insert.focus();
    });
    rows.set(box, acceptedRows({
      list: slot(box, "rows"),
      add: slot(box, "add"),
      template: "form-blanks-row",
      name,
      bind(row) {
        slot(row, "text").dataset.part = name;
        slot(row, "text").setAttribute("aria-describedby", error);
      },
      label(place) {
        const values = { gap: gap + 1, n: place + 1 };
        return { text: word("entry", values), remove: word("remove_entry", values) };
      },
      save: (accepted, key = null) => edit({ blanks: rowsOf(shown).map((row, at) => (at === gap ? { ...row, accepted } : row)) }, key),
    }));
    return box;
  }

  function updateGap(box, { accepted }, gap) {
    const n = gap + 1;
    slot(box, "legend").textContent = word("gap", { n });
    slot(box, "remove").setAttribute("aria-label", word("remove", { n }));
    slot(box, "add").setAttribute("aria-label", word("add", { n }));
    rows.get(box).update(accepted);
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
