// How two versions of a quiz differ. Pure.

import { isSame } from "./quiz.js";

const QUIZ_PARTS = ["title", "description", "language", "tags"];
const NOT_PARTS = ["id"];

/**
 * [{what: "about"|"changed"|"only_mine"|"only_theirs"|"order", question?, mine?, theirs?, parts}]; `mine` and `theirs` are the
 * places of the question, counted from 1; `parts` are [{part, mine, theirs}].
 */
export function differences(mine, theirs) {
  const found = [];
  const about = QUIZ_PARTS.filter((part) => !isSame(mine[part], theirs[part]));
  if (about.length) found.push({ what: "about", parts: about.map((part) => pair(part, mine, theirs)) });
  const others = new Map(theirs.questions.map((question, index) => [question.id, { question, index }]));
  mine.questions.forEach((question, index) => {
    const other = others.get(question.id);
    others.delete(question.id);
    if (!other) found.push({ what: "only_mine", question, mine: index + 1, parts: [] });
    else if (!isSame(question, other.question)) {
      found.push({ what: "changed", question, mine: index + 1, theirs: other.index + 1, parts: partsOf(question, other.question) });
    }
  });
  for (const { question, index } of others.values()) found.push({ what: "only_theirs", question, theirs: index + 1, parts: [] });
  if (isReordered(mine, theirs)) found.push({ what: "order", parts: [] });
  return found;
}

function partsOf(mine, theirs) {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter((name) => !NOT_PARTS.includes(name));
  return names.filter((name) => !isSame(mine[name], theirs[name])).map((part) => pair(part, mine, theirs));
}

const pair = (part, mine, theirs) => ({ part, mine: mine[part], theirs: theirs[part] });

/** Whether the questions that both have stand in another order. */
function isReordered(mine, theirs) {
  const ids = (quiz, other) => quiz.questions.map(({ id }) => id).filter((id) => other.questions.some((one) => one.id === id));
  return !isSame(ids(mine, theirs), ids(theirs, mine));
}
