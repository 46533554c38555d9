// What is accepted where people type, a line each: for a question, and for each of its gaps.

import { fromTemplate } from "../lib/dom.js";
import { slot } from "../screen/parts.js";
import { onTyped, put, syncRows } from "./fields.js";

export const ACCEPTED_MOST = 50;

/** An accepted answer is a text, or {text, weight}. */
export const textOf = (entry) => (typeof entry === "string" ? entry : (entry.text ?? ""));

// An entry with a weight keeps it.
const written = (entry, text) => (typeof entry === "string" ? text : { ...entry, text });

/**
 * Rows in `list`, each a copy of `template` with slots "text" and "remove"; `add` is the button for another one. `bind(row, index)` says
 * where a row stands in the question, `label(index)` its words as {text, remove}; `save(entries, key)` stores what was written, by the name
 * of the field that it was written in. Returns {update(entries), focus(index)}.
 */
export function acceptedRows({ list, add, template, name, bind, label, save }) {
  let entries = [];
  const focus = (index) => slot(list.children[index], "text").focus();

  function make(index) {
    const row = fromTemplate(template);
    const input = slot(row, "text");
    bind(row, index);
    onTyped(input, (text) => save(entries.map((entry, at) => (at === index ? written(entry, text) : entry)), `${name}.${index}`));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      if (index + 1 < entries.length) focus(index + 1);
      else if (input.value.trim()) addRow();
    });
    slot(row, "remove").addEventListener("click", () => {
      save(entries.filter((_, at) => at !== index));
      focus(Math.min(index, entries.length - 1));
    });
    return row;
  }

  function draw(row, entry, index) {
    const { text, remove } = label(index);
    put(slot(row, "text"), textOf(entry));
    slot(row, "text").setAttribute("aria-label", text);
    slot(row, "remove").disabled = entries.length <= 1;
    slot(row, "remove").setAttribute("aria-label", remove);
  }

  function addRow() {
    if (entries.length >= ACCEPTED_MOST) return;
    save([...entries, ""]);
    focus(entries.length - 1);
  }

  add.addEventListener("click", addRow);
  return {
    focus,
    update(next) {
      entries = next;
      syncRows(list, entries, make, draw);
      add.hidden = entries.length >= ACCEPTED_MOST;
    },
  };
}
