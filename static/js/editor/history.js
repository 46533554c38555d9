// What was before, and what was taken back. Pure: every function returns another history.
// An entry is {quiz, selected, key}: the whole quiz, which question was looked at, and what was being changed.

const STEPS_MOST = 300;
/** Typing goes into one step until there is a pause of this length. */
const PAUSE_MS = 1200;

export const startHistory = (quiz, selected) => ({ past: [], present: { quiz, selected, key: null, at: 0 }, future: [] });

/** After a change at `at`. Changes of one `key` that follow each other closely are one step; null is always its own. */
export function record(history, { quiz, selected, key = null, at }) {
  const { past, present } = history;
  const goesOn = key !== null && key === present.key && at - present.at < PAUSE_MS;
  return {
    past: goesOn ? past : [...past, present].slice(-STEPS_MOST),
    present: { quiz, selected, key, at },
    future: [],
  };
}

/** Another question is looked at: no step, but where a step leads back to. What is typed from here on is a new step. */
export const look = (history, selected) =>
  (selected === history.present.selected ? history : { ...history, present: { ...history.present, selected, key: null } });

export const canUndo = ({ past }) => past.length > 0;
export const canRedo = ({ future }) => future.length > 0;

export function undo({ past, present, future }) {
  if (!past.length) return { past, present, future };
  // Back to where the change was made, not to where one looked before.
  const before = { ...past.at(-1), selected: stillThere(past.at(-1).quiz, present.selected, past.at(-1).selected), key: null };
  return { past: past.slice(0, -1), present: before, future: [{ ...present, key: null }, ...future] };
}

export function redo({ past, present, future }) {
  if (!future.length) return { past, present, future };
  return { past: [...past, present], present: { ...future[0], key: null }, future: future.slice(1) };
}

const stillThere = (quiz, selected, otherwise) =>
  (quiz.questions.some((question) => question.id === selected) ? selected : otherwise);
