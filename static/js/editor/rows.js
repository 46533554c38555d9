// A list of entries in the form, a row each: written, added, removed, and reordered by hand or with Alt and the arrow keys.

import { bindDrag } from "./drag.js";
import { fromTemplate } from "../lib/dom.js";
import { slot } from "../screen/parts.js";
import { onTyped, put, syncRows } from "./fields.js";
import { moved } from "./quiz.js";

/**
 * `element` has slots "rows" and "add"; a row is a copy of `template`, with [data-field] inputs and selects, "remove", "error", and an
 * .ed-handle where it can be dragged. A field without a name is the entry itself, a text.
 *
 * `part` is the question's field with the list; `blank` makes a new entry; `word` knows a label for each field (or "entry"), "remove",
 * "removed" and "moved", each with {n}. `draw(row, entry, index)` comes before the fields are filled. `save(entries, key, follow)` is called
 * instead of an edit of `part`: follow(index) says where an entry has gone, undefined when it is removed. Returns update(entries).
 */
export function createRows(element, { edit, announce, word, part, template, blank, least, most, draw = () => {}, save }) {
  const list = slot(element, "rows");
  const add = slot(element, "add");
  let entries = [];

  const store = save ?? ((next, key = null) => edit({ [part]: next }, key));
  const stays = (index) => index;
  const fieldsOf = (row) => [...row.querySelectorAll("[data-field]")];
  const valueOf = (entry, field) => (field ? (entry[field] ?? "") : entry);
  const focusRow = (index) => fieldsOf(list.children[index])[0].focus();

  function make(index) {
    const row = fromTemplate(template);
    const error = slot(row, "error");
    error.dataset.error = `${part}.${index}`;
    error.id = `error-${part}-${index}`;
    for (const input of fieldsOf(row)) bindField(row, input, index);
    slot(row, "remove").addEventListener("click", () => removeRow(index));
    return row;
  }

  function bindField(row, input, index) {
    const { field } = input.dataset;
    input.dataset.part = `${part}.${index}`;
    input.setAttribute("aria-describedby", `error-${part}-${index}`);
    const change = (value, key = null) =>
      store(entries.map((entry, at) => (at !== index ? entry : field ? { ...entry, [field]: value } : value)), key, stays);
    if (input.localName === "select") input.addEventListener("change", () => change(Number(input.value)));
    else onTyped(input, (text) => change(text.replace(/\s*\n\s*/g, " "), `${part}.${index}.${field}`));
    input.addEventListener("keydown", (event) => onKey(event, row, input, index));
  }

  function onKey(event, row, input, index) {
    if (event.isComposing) return;
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      const next = fieldsOf(row)[fieldsOf(row).indexOf(input) + 1];
      if (next) next.focus();
      else if (index + 1 < entries.length) focusRow(index + 1);
      else addRow();
    } else if (way && event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      moveRow(index, index + way);
      list.children[index + way]?.querySelector(`[data-field="${input.dataset.field}"]`).focus();
    }
  }

  function addRow() {
    if (entries.length >= most) return;
    store([...entries, blank()], null, stays);
    focusRow(entries.length - 1);
  }

  function removeRow(index) {
    if (entries.length <= least) return;
    store(entries.filter((_, at) => at !== index), null, (at) => (at === index ? undefined : at - (at > index)));
    announce(word("removed", { n: index + 1 }));
    if (entries.length) focusRow(Math.min(index, entries.length - 1));
    else add.focus();
  }

  function moveRow(from, to) {
    if (to < 0 || to >= entries.length) return;
    const places = moved(entries.map((_, at) => at), from, to);
    store(places.map((at) => entries[at]), null, (at) => places.indexOf(at));
    announce(word("moved", { n: to + 1 }));
  }

  function drawRow(row, entry, index) {
    const n = index + 1;
    draw(row, entry, index);
    for (const input of fieldsOf(row)) {
      put(input, String(valueOf(entry, input.dataset.field)));
      input.setAttribute("aria-label", word(input.dataset.field || "entry", { n }));
    }
    slot(row, "remove").disabled = entries.length <= least;
    slot(row, "remove").setAttribute("aria-label", word("remove", { n }));
  }

  add.addEventListener("click", addRow);
  bindDrag(list, { handle: ".ed-handle", onDrop: moveRow });
  return function update(next) {
    entries = next;
    syncRows(list, entries, make, drawRow);
    add.hidden = entries.length >= most;
  };
}
