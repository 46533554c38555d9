// The kinds of questions as the editor knows them. A new kind is one module beside this one, one line in ALL and its
// template in templates/partials/editor/kinds.
//
// A kind: {name, icon, hasTime, hasPoints,
//   blank(from, say)    its own fields for a new question (from is null), or made out of those of another kind's
//   checks(question)    what is missing or could be better, as in ../checks.js
//   sample(question)    {choices?, key, distribution}: what the preview shows of it
//   form({edit, say})   {element, update(question)}: the part of the form that only this kind has}

import { multi, poll, single, trueFalse } from "./choices.js";
import { info } from "./info.js";
import { number } from "./number.js";
import { text } from "./text.js";

const ALL = [single, multi, trueFalse, text, number, poll, info];

export const KINDS = new Map(ALL.map((kind) => [kind.name, kind]));

/** A quiz of a newer service may have kinds that this page does not know: they are kept, not edited. */
const UNKNOWN = { name: "unknown", hasTime: true, hasPoints: true, blank: () => ({}), checks: () => [], sample: () => ({}), form: null };

export const kindOf = (question) => KINDS.get(question.kind) ?? UNKNOWN;

/** What every question has, whatever its kind. */
const COMMON = ["id", "prompt", "time_limit_s", "points", "explanation", "notes", "media"];

/** A new, empty question. */
export const newQuestion = (kind, id, say) => ({
  id, kind, prompt: "", ...KINDS.get(kind).blank(null, say), time_limit_s: 20, points: 1000, explanation: "", notes: "", media: null,
});

/** The same question as another kind, with all that both have. */
export function asKind(question, kind, say) {
  const kept = Object.fromEntries(COMMON.map((name) => [name, question[name]]).filter(([, value]) => value !== undefined));
  return { ...kept, kind, ...KINDS.get(kind).blank(question, say) };
}
