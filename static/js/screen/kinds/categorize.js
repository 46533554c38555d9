// Categories and what belongs in them: all items at first, and afterwards each in its place with how many put it there.

import { formatNumber, setText } from "../../lib/dom.js";
import { make, slot } from "../parts.js";
import { itemList } from "../places.js";
import { register } from "./registry.js";

function boxes(categories) {
  const list = make("boxes");
  list.dataset.columns = Math.min(categories.length, 4);
  const all = categories.map((category) => {
    const box = make("box");
    setText(slot(box, "name"), category);
    list.append(box);
    return { index: category.index, items: slot(box, "items") };
  });
  return { list, all };
}

function open({ items, categories }, say) {
  const view = make("categorize");
  slot(view, "categories").append(boxes(categories).list);
  slot(view, "all").append(itemList(items, items.length > 8 ? 4 : items.length > 2 ? 3 : 2));
  return { elements: [view], hint: say("categorize_hint") };
}

function reveal({ question, distribution, key }) {
  const { list, all } = boxes(question.categories);
  for (const { index, items } of all) {
    const own = question.items.filter((item) => key?.categories[item.index] === index);
    items.append(...own.map((item) => {
      const row = make("boxed");
      setText(slot(row, "text"), item);
      slot(row, "count").textContent = formatNumber(distribution?.counts[item.index] ?? 0);
      return row;
    }));
  }
  return [list];
}

register("categorize", { open, reveal });
