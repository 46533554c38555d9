// The quiz that is being written, with its history and the question that is open. Tells whoever draws.

import { canRedo, canUndo, look, record, redo, startHistory, undo } from "./history.js";
import { reduce } from "./quiz.js";

/** onChange(quiz, isNew): `isNew` when the quiz is another, and not only what is looked at. */
export function createStore(quiz, { onChange, now = Date.now }) {
  let history = startHistory(quiz, quiz.questions[0]?.id ?? null);

  const current = () => history.present;

  function settle(next) {
    if (next === history) return false;
    const isNew = next.present.quiz !== history.present.quiz;
    history = next;
    onChange(current().quiz, isNew);
    return true;
  }

  return {
    get quiz() {
      return current().quiz;
    },
    get selected() {
      return current().selected;
    },
    get canUndo() {
      return canUndo(history);
    },
    get canRedo() {
      return canRedo(history);
    },
    select: (id) => settle(look(history, id)),
    /** A change as quiz.js takes it; `select` opens another question with it, changes of one `key` are one step. */
    apply(change, { key = null, select = current().selected } = {}) {
      const next = reduce(current().quiz, change);
      return next !== current().quiz && settle(record(history, { quiz: next, selected: select, key, at: now() }));
    },
    /** Another version of the whole quiz, as one step. */
    take(quiz) {
      const isThere = quiz.questions.some(({ id }) => id === current().selected);
      settle(record(history, { quiz, selected: isThere ? current().selected : (quiz.questions[0]?.id ?? null), at: now() }));
    },
    /** For a version that was chosen against `other`: undo leads to that one. */
    keepAgainst(other) {
      const { quiz, selected } = current();
      const past = { ...history.present, quiz: other, key: null };
      history = { past: [...history.past, past], present: { quiz, selected, key: null, at: 0 }, future: [] };
      onChange(quiz, false);
    },
    undo: () => settle(undo(history)),
    redo: () => settle(redo(history)),
  };
}
