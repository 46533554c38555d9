// Bars for what has one right place each: how many of the class had it there. For order, match and others alike.

import { drawBar } from "./dist.js";
import { make, slot } from "./parts.js";

/** `rows` are {mark?, text, count}; `answered` is how many there were. */
export function placeList(rows, answered) {
  const people = Math.max(answered ?? 0, 1, ...rows.map(({ count }) => count));
  const list = make("dist");
  list.classList.add("dist-places");
  list.classList.toggle("is-plain", !rows.some(({ mark }) => mark));
  list.dataset.columns = rows.length > 6 ? 2 : 1;
  list.append(...rows.map(({ mark, text, count }) => {
    const row = drawBar({ text, count, share: count / people, right: false });
    if (mark) slot(row, "mark").textContent = mark;
    else slot(row, "mark").remove();
    return row;
  }));
  return list;
}

/** Things to look at, without letters. */
export function itemList(texts, columns) {
  const list = make("items");
  list.dataset.columns = columns;
  list.append(...texts.map((text) => {
    const item = make("item");
    item.textContent = text;
    return item;
  }));
  return list;
}
