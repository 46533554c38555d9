// The kind answered by typing: what is accepted, and how exactly it must be typed.

import { textOf } from "../accepted.js";
import { fold, must, should } from "../findings.js";
import { register } from "./registry.js";
import { textForm } from "./text_form.js";

const TEXT_MOST = 200;

register("text", {
  blank: (from) => ({ accepted: rightTexts(from), match: "ignore_case" }),
  checks(question) {
    const accepted = (question.accepted ?? []).map(textOf);
    if (!accepted.some((entry) => entry.trim())) return [must("accepted", "no_accepted")];
    return accepted.flatMap((entry, index) => {
      if (!entry.trim()) return [must(`accepted.${index}`, "empty_accepted")];
      const isTwin = accepted.findIndex((other) => fold(other) === fold(entry)) < index;
      if (isTwin) return question.match !== "exact" ? [should(`accepted.${index}`, "same_accepted")] : [];
      return isWithin(entry, accepted) ? [should(`accepted.${index}`, "within_accepted", { text: entry.trim() })] : [];
    });
  },
  sample(question) {
    const accepted = (question.accepted ?? []).map(textOf).filter((entry) => entry.trim());
    return {
      key: accepted.length ? { text: accepted[0], ...(accepted.length > 1 && { accepted }) } : { text: "" },
      distribution: { values: accepted.slice(0, 1).map((value) => ({ value, count: 19, correct: true })), other: 9 },
    };
  },
  form: textForm,
});

/** Whole words of a longer one: "Paris" in "Paris, France", not "art" in "party". */
function isWithin(entry, accepted) {
  const bare = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  return bare(entry).trim() !== "" && accepted.some((other) => bare(other).length > bare(entry).length && bare(other).includes(bare(entry)));
}

/** What was right in a question of another kind, else one empty line to write in. */
function rightTexts(from) {
  const right = (from?.choices ?? []).filter((choice) => choice.correct && choice.text?.trim()).map((choice) => choice.text.slice(0, TEXT_MOST));
  return right.length ? right : [""];
}
