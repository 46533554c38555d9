// A round's key as a teacher reads it aloud. Pure.

import { letterAt } from "../lib/dom.js";
import { keyTexts } from "../room/answer_text.js";

/** "B: Canberra"; "" where nothing is right, null while the choices that it names are not known yet. */
export function keyText(key, question, format) {
  if (!key) return "";
  if (!key.choices) {
    const { right, also } = keyTexts(key, format);
    return [right, also].filter(Boolean).join(" · ");
  }
  if (!question?.choices) return null;
  const right = new Set(key.accepted ?? key.choices);
  return question.choices
    .map(({ index, text }, place) => (right.has(index) ? `${letterAt(place)}: ${text}` : null))
    .filter(Boolean)
    .join(" · ");
}
