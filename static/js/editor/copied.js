// Questions that are carried from one quiz to another as text: our quiz JSON, which an import reads too. Pure.

// Each with what is said of it.
const FILES = { image: "alt", audio: "transcript" };

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

/** {questions, left}: without the pictures and sounds for which `isHere(name)` says no, and how many those were. */
export async function withWhatIsHere(questions, isHere) {
  const named = new Set(questions.flatMap(({ media }) => Object.keys(FILES).map((file) => media?.[file]).filter(Boolean)));
  const gone = new Set();
  await Promise.all([...named].map(async (name) => (await isHere(name)) || gone.add(name)));
  const kept = questions.map((question) => (question.media ? { ...question, media: without(question.media, gone) } : question));
  return { questions: kept, left: gone.size };
}

function without(media, gone) {
  const kept = { ...media };
  for (const [file, about] of Object.entries(FILES)) {
    if (!gone.has(kept[file])) continue;
    delete kept[file];
    delete kept[about];
  }
  return kept.image || kept.audio ? kept : null;
}
