// The kinds of questions as the editor knows them; docs/kinds.md has the interface.

import { createRegistry } from "../../lib/registry.js";

/** What is true of a kind that says nothing else, and of those of a newer service, which are kept but not edited. */
const DEFAULTS = {
  isGraded: true, takesAnswers: true,
  inWords: (prompt) => prompt, blank: () => ({}), checks: () => [], texts: () => [], sample: () => ({}), form: null,
};
const registry = createRegistry(DEFAULTS);

export const { register, kinds: KINDS } = registry;
export const kindOf = (question) => registry.kindOf(question) ?? DEFAULTS;

/** Whether it is shown as its author formats it; as Kind.formats in Python. */
export const isFormatted = (question) => question.markup === "markdown" && !kindOf(question).hasPlainPrompt;

/** What every question has, whatever its kind. */
const COMMON = ["id", "prompt", "time_limit_s", "points", "explanation", "notes", "media", "markup"];

/** A new, empty question. */
export const newQuestion = (kind, id, say) => ({
  id, kind, prompt: "", ...KINDS.get(kind).blank(null, say), time_limit_s: 20, points: 1000, explanation: "", notes: "", media: null,
});

/** The same question as another kind, with all that both have. */
export function asKind(question, kind, say) {
  const kept = Object.fromEntries(COMMON.map((name) => [name, question[name]]).filter(([, value]) => value !== undefined));
  return { ...kept, kind, ...KINDS.get(kind).blank(question, say) };
}
