// Items in the right order; people get them mixed.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { fold, must } from "../findings.js";
import { createRows } from "../rows.js";
import { register } from "./registry.js";

const ITEMS_LEAST = 2;
const ITEMS_MOST = 12;

const itemsOf = (question) => question.items ?? [];

register("order", {
  blank: (from) => ({ items: takenTexts(from) }),
  checks(question) {
    const items = itemsOf(question);
    const found = items.flatMap((item, index) => (item.trim() ? [] : [must(`items.${index}`, "order_empty", { n: index + 1 })]));
    if (items.length < ITEMS_LEAST) found.push(must("items", "order_few"));
    const isOneText = items.length > 1 && new Set(items.map(fold)).size === 1;
    if (isOneText && !found.length) found.push(must("items", "order_same"));
    return found;
  },
  texts: itemsOf,
  sample(question) {
    const items = itemsOf(question).map((text, index) => ({ index, text }));
    const counts = items.map((_, index) => [22, 17, 14, 19, 12, 15][index % 6]);
    // Nobody gets them in the right order.
    return {
      question: { items: [...items.slice(1), ...items.slice(0, 1)] },
      key: { order: items.map(({ index }) => index) },
      distribution: { counts, other: 0 },
    };
  },
  form(context) {
    const element = fromTemplate("form-order");
    const word = readWords("words-order");
    const update = createRows(element, {
      ...context, word, part: "items", template: "form-order-row", blank: () => "", least: ITEMS_LEAST, most: ITEMS_MOST,
    });
    return { element, update: (question) => update(itemsOf(question)) };
  },
});

/** The texts of another kind's choices or items, else two empty lines to write in. */
function takenTexts(from) {
  const texts = (from?.choices ?? from?.items ?? []).map((entry) => (typeof entry === "string" ? entry : (entry.text ?? "")).slice(0, 200));
  return texts.length >= ITEMS_LEAST ? texts.slice(0, ITEMS_MOST) : ["", ""];
}
