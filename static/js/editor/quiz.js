// What can be done to a quiz that is being written: pure reduce(quiz, change) → quiz. What a change leaves alone stays
// the same object, so that whoever draws sees at once what is new.

/** Of which there may be no more (game/quiz.py). */
export const QUESTIONS_MOST = 500;

const CHANGES = {
  /** {fields} of the quiz itself. */
  about: (quiz, { fields }) => ({ ...quiz, ...fields }),
  /** {id, fields}: fields of one question; undefined takes one away. */
  edit: (quiz, { id, fields }) => withQuestions(quiz, (all) => all.map((one) => (one.id === id ? edited(one, fields) : one))),
  /** {id, fields}: what one question shows and plays; undefined takes one away. */
  media: (quiz, { id, fields }) =>
    withQuestions(quiz, (all) => all.map((one) => (one.id === id ? { ...one, media: shown(one.media, fields) } : one))),
  /** {id, question}: another one in its place. */
  replace: (quiz, { id, question }) => withQuestions(quiz, (all) => all.map((one) => (one.id === id ? question : one))),
  /** {question, after?: id}: at the end when nothing is said. */
  add: (quiz, { question, after }) => withQuestions(quiz, (all) => inserted(all, question, after)),
  /** {questions, after?: id}: several at once, as far as there is room. */
  insert: (quiz, { questions, after }) => withQuestions(quiz, (all) => {
    const place = all.findIndex((one) => one.id === after);
    const at = place < 0 ? all.length : place + 1;
    return [...all.slice(0, at), ...questions.slice(0, QUESTIONS_MOST - all.length), ...all.slice(at)];
  }),
  /** {id, newId}: a copy behind the original. */
  duplicate: (quiz, { id, newId }) =>
    withQuestions(quiz, (all) => inserted(all, { ...structuredClone(all.find((one) => one.id === id)), id: newId }, id)),
  remove: (quiz, { id }) => withQuestions(quiz, (all) => all.filter((one) => one.id !== id)),
  /** {id, to}: the place counted from 0 that it has afterwards. */
  move: (quiz, { id, to }) => withQuestions(quiz, (all) => moved(all, indexOf(quiz, id), to)),
};

/** The quiz after a change; the same object when nothing has changed. */
export function reduce(quiz, change) {
  const next = CHANGES[change.type](quiz, change);
  return isSame(quiz, next) ? quiz : next;
}

export const indexOf = (quiz, id) => quiz.questions.findIndex((one) => one.id === id);

/** A list with the entry at `from` standing at `to`; the same list when it stands there or would leave it. */
export function moved(list, from, to) {
  if (from === to || from < 0 || from >= list.length || to < 0 || to >= list.length) return list;
  const others = list.filter((_, index) => index !== from);
  return [...others.slice(0, to), list[from], ...others.slice(to)];
}

/** Whether two quizzes say the same, in whatever order their fields stand. */
export function isSame(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.isArray(one) === Array.isArray(other) && [...names].every((name) => isSame(one[name], other[name]));
}

function withQuestions(quiz, change) {
  const questions = change(quiz.questions);
  return questions === quiz.questions ? quiz : { ...quiz, questions };
}

function edited(question, fields) {
  const next = { ...question, ...fields };
  for (const name of Object.keys(next)) if (next[name] === undefined) delete next[name];
  return next;
}

/** An image has its alt text and a sound its transcript, be it empty; without either there is nothing. */
function shown(media, fields) {
  const { image, audio, alt = "", transcript = "" } = { ...media, ...fields };
  return image || audio ? { ...(image && { image, alt }), ...(audio && { audio, transcript }) } : null;
}

function inserted(all, question, after) {
  if (all.length >= QUESTIONS_MOST) return all;
  const place = all.findIndex((one) => one.id === after);
  const at = place < 0 ? all.length : place + 1;
  return [...all.slice(0, at), question, ...all.slice(at)];
}
