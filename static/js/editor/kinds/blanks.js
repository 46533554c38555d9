// The kind answered by filling the gaps of its prompt.

import { gapsOf } from "../../lib/gaps.js";
import { textOf } from "../accepted.js";
import { must } from "../findings.js";
import { BLANKS_MOST, rowsOf, written } from "../gaps.js";
import { blanksForm } from "./blanks_form.js";
import { register } from "./registry.js";

const textsOf = ({ accepted = [] }) => accepted.map(textOf).filter((text) => text.trim());

function checks(question) {
  const rows = rowsOf(question);
  const gaps = gapsOf(question.prompt);
  if (!rows.length && !gaps.length) return [must("prompt", "no_gap")];
  const found = [];
  for (const n of new Set(gaps)) {
    if (n < 1 || n > BLANKS_MOST) found.push(must("prompt", "gap_number", { n, most: BLANKS_MOST }));
    else if (gaps.filter((other) => other === n).length > 1) found.push(must("prompt", "gap_twice", { n }));
  }
  rows.forEach((row, index) => {
    const part = `blanks.${index}`;
    const n = index + 1;
    if (!gaps.includes(n)) found.push(must(part, "gap_gone", { n }));
    if (!textsOf(row).length) found.push(must(part, "gap_empty", { n }));
    else if (textsOf(row).length < row.accepted.length) found.push(must(part, "gap_entry_empty", { n }));
  });
  return found;
}

function sample(question) {
  const texts = rowsOf(question).map(textsOf);
  const blanks = texts.map(([first = ""]) => first);
  return {
    question: { blanks: blanks.map((_, index) => ({ index })) },
    key: { blanks, accepted: texts },
    distribution: { counts: blanks.map((_, index) => [24, 17, 21, 12, 19][index % 5]), other: 0 },
  };
}

register("blanks", {
  // The prompt is a form itself.
  hasPlainPrompt: true,
  inWords: (prompt) => written(prompt, () => "___"),
  blank: (from) => ({ blanks: [], match: "ignore_case", ...(from?.markup && { markup: "plain" }) }),
  checks,
  sample,
  form: blanksForm,
});
