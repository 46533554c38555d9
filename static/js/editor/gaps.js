// The gaps of a prompt and what is accepted in each, kept in step. Pure: takes and gives {prompt, blanks}.

import { gapsOf, splitAtGaps } from "../lib/gaps.js";

export const BLANKS_MOST = 20;

/** A blank for each gap there is or was: those that somebody has only just typed into the prompt are empty. */
export function rowsOf({ prompt = "", blanks = [] }) {
  const known = gapsOf(prompt).filter((n) => n >= 1 && n <= BLANKS_MOST);
  const count = Math.max(blanks.length, ...known, 0);
  return Array.from({ length: count }, (_, index) => (blanks[index]?.accepted?.length ? blanks[index] : { accepted: [""] }));
}

/** The prompt with nameOf(number) for each gap. */
export const written = (prompt, nameOf) =>
  splitAtGaps(prompt).map((part, index) => (index % 2 ? nameOf(Number(part)) : part)).join("");
const gap = (n) => `{{${n}}}`;

/** The same with gaps counted as they are read, where each is there once; else as it was. */
function inOrder({ prompt, blanks }) {
  const gaps = gapsOf(prompt);
  const isWhole = gaps.length === blanks.length && blanks.every((_, index) => gaps.includes(index + 1));
  if (!isWhole) return { prompt, blanks };
  return { prompt: written(prompt, (n) => gap(gaps.indexOf(n) + 1)), blanks: gaps.map((n) => blanks[n - 1]) };
}

/**
 * A gap in place of what is selected, from `start` to `end`, which it then accepts: first one that was lost from the prompt, else a new one.
 * Also gives the new gap's `index` and the `caret` behind it; null when there are too many.
 */
export function insertGap(question, start, end) {
  const { prompt = "" } = question;
  const rows = rowsOf(question);
  const there = gapsOf(prompt);
  const lost = rows.findIndex((_, index) => !there.includes(index + 1));
  const at = lost < 0 ? rows.length : lost;
  if (at >= BLANKS_MOST) return null;
  const from = outside(prompt, start);
  const to = Math.max(from, outside(prompt, end));
  const hasGap = gapsOf(prompt.slice(from, to)).length > 0;
  const text = hasGap ? "" : prompt.slice(from, to).trim();
  // What is selected beside the words, a blank behind them, stays.
  const first = text ? prompt.indexOf(text, from) : to;
  const behind = prompt.slice(first + text.length);
  const blanks = rows.slice();
  blanks[at] = text ? { accepted: [text, ...(rows[at]?.accepted ?? []).filter((entry) => entry && entry !== text)] } : (rows[at] ?? { accepted: [""] });
  const done = inOrder({ prompt: prompt.slice(0, first) + gap(at + 1) + behind, blanks });
  const index = done.blanks.indexOf(blanks[at]);
  return { ...done, index, caret: done.prompt.indexOf(gap(index + 1)) + gap(index + 1).length };
}

/** Without a gap: its first accepted text is back in the prompt, later gaps count one less. */
export function removeGap(question, index) {
  const rows = rowsOf(question);
  const n = index + 1;
  const [first = ""] = rows[index].accepted;
  const text = typeof first === "string" ? first : (first.text ?? "");
  const prompt = written(question.prompt ?? "", (number) => (number === n ? text : gap(number > n ? number - 1 : number)));
  return { prompt, blanks: rows.filter((_, at) => at !== index) };
}

/** A place in the prompt that is inside a gap becomes the one behind it. */
function outside(prompt, place) {
  let begin = 0;
  for (const [index, part] of splitAtGaps(prompt).entries()) {
    const length = index % 2 ? part.length + 4 : part.length;
    if (index % 2 && place > begin && place < begin + length) return begin + length;
    begin += length;
  }
  return place;
}
