// How a check tells what it found, and how texts are compared. Pure.

/** The quiz cannot be played like this. `part` is the field's name in the page. */
export const must = (part, code, values = {}) => ({ level: "must", part, code, values });
/** It can, but it would be better otherwise. */
export const should = (part, code, values = {}) => ({ level: "should", part, code, values });

export const lengthOf = (text) => [...(text ?? "")].length;
/** As people compare: blanks and capitals do not count. */
export const fold = (text) => (text ?? "").trim().replace(/\s+/g, " ").toLowerCase();

const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;
/** How many words people read; also in languages that put no blanks between them. */
export function wordsIn(text) {
  const trimmed = (text ?? "").trim();
  if (!segmenter) return trimmed ? trimmed.split(/\s+/).length : 0;
  return [...segmenter.segment(trimmed)].filter(({ isWordLike }) => isWordLike).length;
}
