// Questions that are carried from one quiz to another as text: our quiz JSON, which an import reads too. Pure.

/** The text that goes into the clipboard. */
export const written = (title, questions) => JSON.stringify({ title: title.trim() || "Quizhall", questions });

/** The questions in a text that somebody pastes; none when it is no quiz of ours. `isKnown(kind)` names our kinds. */
export function questionsIn(text, isKnown) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return [];
  }
  const questions = Array.isArray(read?.questions) ? read.questions : [];
  return questions.filter((one) => typeof one?.prompt === "string" && isKnown(one.kind));
}

/** The same questions under ids of their own. */
export const renewed = (questions, makeId) => questions.map((question) => ({ ...question, id: makeId() }));
