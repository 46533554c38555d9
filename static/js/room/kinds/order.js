// Items to be put in order: dragged, or moved by buttons and keys. As they came is an answer too.

import { fill, find, formatNumber, fromTemplate } from "../../lib/dom.js";
import { bindReorder } from "../../lib/reorder.js";
import { afterList } from "../after.js";
import { register } from "./registry.js";

function number(list) {
  [...list.children].forEach((item, place) => fill(item, { place: formatNumber(place + 1) }));
}

function input({ items }, onPick, prompt, { word, announce }) {
  const element = fromTemplate("order");
  const list = find("ol", element);
  const textOf = (item) => find("[data-text=item]", item).textContent;
  list.setAttribute("aria-label", prompt);
  list.append(...items.map((entry) => {
    const item = fill(fromTemplate("order-item"), { item: entry });
    item.dataset.index = entry.index;
    return item;
  }));
  for (const item of list.children) {
    for (const button of item.querySelectorAll("button")) button.ariaLabel = word(`order_${button.dataset.way}`, { item: textOf(item) });
  }
  bindReorder(list, (item, to) => {
    number(list);
    announce(word("order_moved", { item: textOf(item), n: to + 1, m: items.length }));
    onPick();
  });
  number(list);

  return {
    element,
    hint: "order_hint",
    needsSend: true,
    value: () => ({ order: [...list.children].map((item) => Number(item.dataset.index)) }),
    show(answer, locked) {
      if (answer && locked) list.append(...answer.order.map((index) => find(`[data-index="${index}"]`, list)));
      number(list);
      element.classList.toggle("is-locked", locked);
    },
  };
}

/** The right order, and where each of them was put. Equal texts may stand for each other. */
function after({ question, key }, mine, word) {
  const entryOf = (index) => question.items.find((item) => item.index === index);
  const rows = (key?.order ?? []).map((index, place) => ({
    mark: formatNumber(place + 1),
    text: entryOf(index),
    isRight: mine && entryOf(mine.order[place]).text === entryOf(index).text,
    yours: mine && formatNumber(mine.order.indexOf(index) + 1),
  }));
  return { elements: [afterList(rows, word)] };
}

register("order", { input, after });
