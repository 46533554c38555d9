// What a quiz lacks before it can be played ("must"), and what a teacher may want to better ("should"). Pure: tells
// codes, the page has the words. The service decides in the end (game/quiz.py); this says it while somebody writes.

import { fold, lengthOf, must, should, wordsIn } from "./findings.js";
import { kindOf } from "./kinds/registry.js";

// look.md: 32 px on the projector for at most so many characters; beyond, the last row cannot read it.
const PROJECTOR_MOST = 250;
// Question and answers on one screen of a small phone, without scrolling.
const PHONE_MOST = 420;
// Pupils of ten to fourteen read 150 to 200 words a minute; then they have to choose.
const WORDS_PER_S = 2.5;
const DECIDE_S = 3;
// Of a few words nobody is short of time: their author knows why it is quick.
const WORDS_LEAST = 20;
const LIMITS = { points: [0, 10_000], time_limit_s: [1, 3600] };

/**
 * [{level, id, number, part, code, values}] in the order of the quiz; `id` is null for the quiz itself. `untitled` is the
 * title of a quiz that was given none.
 */
export function checksOf(quiz, { untitled } = {}) {
  const found = [];
  if (!quiz.title.trim()) found.push(must("title", "no_title"));
  else if (quiz.title.trim() === untitled) found.push(should("title", "still_untitled"));
  if (!quiz.questions.length) found.push(must("questions", "no_questions"));
  const all = found.map((one) => ({ ...one, id: null, number: null }));
  const first = new Map();
  quiz.questions.forEach((question, index) => {
    const own = [...checksOfQuestion(question), ...twinOf(question, index, first)];
    all.push(...own.map((one) => ({ ...one, id: question.id, number: index + 1 })));
  });
  return all;
}

const known = new WeakMap();

/** Of one question alone; worked out once for each version of it. */
export function checksOfQuestion(question) {
  if (!known.has(question)) known.set(question, [...common(question), ...kindOf(question).checks(question)]);
  return known.get(question);
}

function common(question) {
  const found = [];
  const { prompt = "", media } = question;
  if (!prompt.trim()) found.push(must("prompt", "no_prompt"));
  if (lengthOf(prompt) > PROJECTOR_MOST) found.push(should("prompt", "long_for_projector", { n: lengthOf(prompt), most: PROJECTOR_MOST }));
  const read = lengthOf(prompt) + kindOf(question).texts(question).reduce((sum, text) => sum + lengthOf(text), 0);
  if (read > PHONE_MOST) found.push(should("prompt", "long_for_phone"));
  if (media?.image && !media.alt?.trim()) found.push(should("alt", "no_alt"));
  if (media?.audio && !media.transcript?.trim()) found.push(should("transcript", "no_transcript"));
  found.push(...timeOf(question));
  for (const [part, [low, high]] of Object.entries(LIMITS)) {
    const value = question[part];
    if (value != null && !(value >= low && value <= high)) found.push(must(part, `range_${part}`, { low, high }));
  }
  return found;
}

/** Time that is over before it is all read. */
function timeOf(question) {
  const limit = question.time_limit_s;
  if (limit == null || !kindOf(question).takesAnswers) return [];
  const words = [question.prompt, ...kindOf(question).texts(question)].reduce((sum, text) => sum + wordsIn(text), 0);
  const needed = Math.ceil(words / WORDS_PER_S) + DECIDE_S;
  return needed > limit && words >= WORDS_LEAST ? [should("time_limit_s", "short_time", { n: limit, most: needed })] : [];
}

/** A question that stands there twice. */
function twinOf(question, index, first) {
  const text = JSON.stringify([fold(question.prompt), kindOf(question).texts(question).map(fold)]);
  if (!fold(question.prompt)) return [];
  if (first.has(text)) return [should("prompt", "same_question", { n: first.get(text) })];
  first.set(text, index + 1);
  return [];
}
