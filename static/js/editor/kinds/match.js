// Pairs that belong together, and rights that belong to nothing.

import { fromTemplate, readWords } from "../../lib/dom.js";
import { slot } from "../../screen/parts.js";
import { must } from "../findings.js";
import { createRows } from "../rows.js";
import { register } from "./registry.js";

const PAIRS_LEAST = 2;
const PAIRS_MOST = 12;
const DISTRACTORS_MOST = 12;
const blankPair = () => ({ left: "", right: "" });

const pairsOf = (question) => question.pairs ?? [];
const extrasOf = (question) => question.distractors ?? [];

function checks(question) {
  const pairs = pairsOf(question);
  const found = [];
  if (pairs.length < PAIRS_LEAST) found.push(must("pairs", "match_few"));
  pairs.forEach(({ left = "", right = "" }, index) => {
    const part = `pairs.${index}`;
    const twin = pairs.findIndex((other) => left.trim() && other.left?.trim() === left.trim());
    if (!left.trim() || !right.trim()) found.push(must(part, "match_half", { n: index + 1 }));
    else if (twin < index) found.push(must(part, "match_twin", { n: index + 1, other: twin + 1 }));
  });
  extrasOf(question).forEach((text, index) => {
    if (!text.trim()) found.push(must(`distractors.${index}`, "match_empty"));
  });
  const rights = new Set([...pairs.map(({ right }) => right?.trim()), ...extrasOf(question).map((text) => text.trim())]);
  if (!found.length && rights.size < 2) found.push(must("pairs", "match_one_right"));
  return found;
}

/** The rights as people see them: each text once, in no order of the lefts. */
function sample(question) {
  const pairs = pairsOf(question);
  const texts = [...new Set([...pairs.map(({ right }) => right), ...extrasOf(question)])].sort();
  const key = { pairs: Object.fromEntries(pairs.map(({ right }, index) => [index, texts.indexOf(right)])) };
  return {
    question: { lefts: pairs.map(({ left }, index) => ({ index, text: left })), rights: texts.map((text, index) => ({ index, text })) },
    key,
    distribution: { counts: pairs.map((_, index) => [24, 19, 21, 15, 17, 12][index % 6]), other: 0 },
  };
}

function form(context) {
  const element = fromTemplate("form-match");
  const rows = (name, part, more) => createRows(slot(element, name), {
    ...context, word: readWords(`words-match-${name}`), part, template: `form-match-${name}-row`, ...more,
  });
  const drawPairs = rows("pairs", "pairs", { blank: blankPair, least: PAIRS_LEAST, most: PAIRS_MOST });
  const drawExtras = rows("extras", "distractors", { blank: () => "", least: 0, most: DISTRACTORS_MOST });
  return {
    element,
    update(question) {
      drawPairs(pairsOf(question));
      drawExtras(extrasOf(question));
    },
  };
}

register("match", {
  blank: (from) => ({ pairs: from?.pairs ?? [blankPair(), blankPair()], distractors: from?.distractors ?? [] }),
  checks,
  texts: (question) => [...pairsOf(question).flatMap(({ left, right }) => [left, right]), ...extrasOf(question)].map((text) => text ?? ""),
  sample,
  form,
});
