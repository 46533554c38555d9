// Categories, and items that belong in one of them each.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { must } from "../findings.js";
import { createRows } from "../rows.js";
import { register } from "./registry.js";

const CATEGORIES = { least: 2, most: 8 };
const ITEMS = { least: 2, most: 24 };

const categoriesOf = (question) => question.categories ?? [];
const itemsOf = (question) => question.items ?? [];
const isTwin = (texts, text, index) => text && texts.findIndex((other) => other.trim() === text) < index;

function checksOf(name, texts, least) {
  const found = texts.length < least ? [must(name, `categorize_few_${name}`)] : [];
  texts.forEach((text, index) => {
    const part = `${name}.${index}`;
    if (!text.trim()) found.push(must(part, "categorize_empty"));
    else if (isTwin(texts, text.trim(), index)) found.push(must(part, "categorize_twin", { text: text.trim() }));
  });
  return found;
}

function checks(question) {
  const items = itemsOf(question);
  const homeless = items.flatMap(({ category }, index) =>
    (categoriesOf(question)[category] === undefined ? [must(`items.${index}`, "categorize_homeless", { n: index + 1 })] : []));
  return [
    ...checksOf("categories", categoriesOf(question), CATEGORIES.least),
    ...checksOf("items", items.map(({ text }) => text ?? ""), ITEMS.least),
    ...homeless,
  ];
}

function sample(question) {
  const items = itemsOf(question);
  return {
    question: {
      items: items.map(({ text }, index) => ({ index, text })),
      categories: categoriesOf(question).map((text, index) => ({ index, text })),
    },
    key: { categories: Object.fromEntries(items.map(({ category }, index) => [index, category])) },
    distribution: { counts: items.map((_, index) => [23, 26, 17, 20, 12, 24][index % 6]), other: 0 },
  };
}

function drawOptions(select, categories, word) {
  const texts = categories.map((text, index) => text.trim() || word("unnamed", { n: index + 1 }));
  if (texts.join("\n") === [...select.options].slice(1).map((option) => option.text).join("\n")) return;
  select.replaceChildren(select.options[0], ...texts.map((text, index) => new Option(text, index)));
}

function form(context) {
  const element = fromTemplate("form-categorize");
  const words = readWords("words-categorize-items");
  let question = {};
  /** An item stays in its category wherever that goes, and has none when that is removed. */
  function saveCategories(categories, key, follow) {
    const items = itemsOf(question).map((item) => ({ ...item, category: follow(item.category) }));
    context.edit({ categories, items }, key);
  }
  const rows = (name, more) => createRows(slot(element, name), {
    ...context, word: readWords(`words-categorize-${name}`), part: name, template: `form-categorize-${name}-row`, ...more,
  });
  const drawCategories = rows("categories", { ...CATEGORIES, blank: () => "", save: saveCategories });
  const drawItems = rows("items", {
    ...ITEMS,
    blank: () => ({ text: "", category: itemsOf(question).at(-1)?.category ?? 0 }),
    draw: (row) => drawOptions(row.querySelector("select"), categoriesOf(question), words),
  });
  return {
    element,
    update(next) {
      question = next;
      drawCategories(categoriesOf(question));
      drawItems(itemsOf(question));
    },
  };
}

register("categorize", {
  blank: (from) => ({
    categories: from?.categories ?? ["", ""],
    items: from?.categories ? from.items : [{ text: "", category: 0 }, { text: "", category: 1 }],
  }),
  checks,
  texts: (question) => [...itemsOf(question).map(({ text }) => text ?? ""), ...categoriesOf(question)],
  sample,
  form,
});
