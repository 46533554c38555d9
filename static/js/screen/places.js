// Bars for what has one right place each: how many of the class had it there. For order, match and others alike.

import { setText } from "../lib/dom.js";
import { drawBar } from "./dist.js";
import { make, slot } from "./parts.js";

/** `rows` are {mark?, text, html?, count}; `answered` is how many there were. */
export function placeList(rows, answered) {
  const people = Math.max(answered ?? 0, 1, ...rows.map(({ count }) => count));
  const list = make("dist");
  list.classList.add("dist-places");
  list.classList.toggle("is-plain", !rows.some(({ mark }) => mark));
  list.dataset.columns = rows.length > 6 ? 2 : 1;
  list.append(...rows.map(({ mark, text, html, count }) => {
    const row = drawBar({ text, html, count, share: count / people, right: false });
    if (mark) slot(row, "mark").textContent = mark;
    else slot(row, "mark").remove();
    return row;
  }));
  return list;
}

/** Things to look at, {text, html?}, without letters. */
export function itemList(items, columns) {
  const list = make("items");
  list.dataset.columns = columns;
  list.append(...items.map((item) => {
    const line = make("item");
    // An element of its own: what is formatted may be of several parts, and they are one text.
    const text = document.createElement("span");
    setText(text, item);
    line.append(text);
    return line;
  }));
  return list;
}
