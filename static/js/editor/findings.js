// How a check tells what it found, and how texts are compared. Pure.

/** The quiz cannot be played like this. `part` is the field's name in the page. */
export const must = (part, code, values = {}) => ({ level: "must", part, code, values });
/** It can, but it would be better otherwise. */
export const should = (part, code, values = {}) => ({ level: "should", part, code, values });

export const lengthOf = (text) => [...(text ?? "")].length;
/** As people compare: blanks and capitals do not count. */
export const fold = (text) => (text ?? "").trim().replace(/\s+/g, " ").toLowerCase();
