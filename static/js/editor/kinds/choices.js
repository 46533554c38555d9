// The kinds answered by choosing: single, multi, true_false and poll.

import { letterAt } from "../../lib/dom.js";
import { fold, lengthOf, must, should } from "../findings.js";
import { choicesForm } from "./choices_form.js";

export const CHOICES_MOST = 12;
const CHOICES_LEAST = 2;
const LONG_TEXT = 90;
const EMPTY = [{ text: "" }, { text: "" }];

const isBlank = (choice) => !choice.text?.trim();

function checks(question, { graded }) {
  const choices = question.choices ?? [];
  const found = [];
  if (choices.length < CHOICES_LEAST) found.push(must("choices", "few_choices"));
  choices.forEach((choice, index) => {
    if (isBlank(choice)) found.push(must(`choices.${index}`, "empty_choice", { letter: letterAt(index) }));
    else if (lengthOf(choice.text) > LONG_TEXT) found.push(should(`choices.${index}`, "long_choice", { letter: letterAt(index) }));
    const twin = choices.findIndex((other) => !isBlank(other) && fold(other.text) === fold(choice.text));
    if (twin >= 0 && twin < index) found.push(should(`choices.${index}`, "same_choice", { one: letterAt(twin), other: letterAt(index) }));
  });
  if (graded && !choices.some((choice) => choice.correct)) found.push(must("choices", "no_right"));
  return found;
}

/** Choices as the wire has them, and an imagined class of thirty, most of whom are right. */
function sample(question, { graded }) {
  const choices = question.choices ?? [];
  const right = choices.flatMap((choice, index) => (graded && choice.correct ? [index] : []));
  const counts = choices.map((_, index) => (right.includes(index) ? 14 - index : [7, 5, 3, 6, 2, 4][index % 6]));
  return {
    choices: choices.map((choice, index) => ({ index, text: choice.text ?? "" })),
    key: graded ? { choices: question.kind === "single" ? right.slice(0, 1) : right, accepted: right } : null,
    distribution: { counts, other: 0 },
  };
}

/** The choices of a question that was another kind, as this one may have them. */
function taken(from, { graded }) {
  const choices = from?.choices?.length >= CHOICES_LEAST ? from.choices : EMPTY;
  return choices.map(({ text = "", correct = false, feedback }) => ({
    text, ...(graded && { correct }), ...(feedback && { feedback }),
  }));
}

function choiceKind(name, { graded = true, ...form } = {}) {
  return {
    name,
    hasTime: true,
    hasPoints: graded,
    blank: (from) => ({ choices: taken(from, { graded }) }),
    checks: (question) => checks(question, { graded }),
    sample: (question) => sample(question, { graded }),
    form: (context) => choicesForm(context, { graded, most: CHOICES_MOST, least: CHOICES_LEAST, ...form }),
  };
}

export const single = choiceKind("single");
export const multi = choiceKind("multi");
export const poll = choiceKind("poll", { graded: false });

export const trueFalse = {
  ...choiceKind("true_false", { isFixed: true }),
  blank: (_, say) => ({ choices: [{ text: say("true"), correct: true }, { text: say("false"), correct: false }] }),
  checks(question) {
    const right = (question.choices ?? []).filter((choice) => choice.correct);
    return question.choices?.length === 2 && right.length === 1 ? [] : [must("choices", "no_right")];
  },
};
