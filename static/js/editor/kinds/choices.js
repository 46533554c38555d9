// The kinds answered by choosing: single, multi, true_false and poll.

import { letterAt } from "../../lib/dom.js";
import { fold, lengthOf, must, should } from "../findings.js";
import { choicesForm } from "./choices_form.js";
import { register } from "./registry.js";

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
    if (choice.correct && choice.weight != null && choice.weight <= 0) {
      found.push(must(`choices.${index}`, "weight_of_right", { letter: letterAt(index) }));
    }
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
    question: { choices: choices.map((choice, index) => ({ index, text: choice.text ?? "" })) },
    answer: { choices: right.length ? right : [0] },
    key: graded ? { choices: question.kind === "single" ? right.slice(0, 1) : right, accepted: right, ...feedbackOf(choices) } : null,
    distribution: { counts, other: 0 },
  };
}

function feedbackOf(choices) {
  const told = choices.flatMap(({ feedback }, index) => (feedback ? [[index, feedback]] : []));
  return told.length ? { feedback: Object.fromEntries(told) } : {};
}

/** The choices of a question that was another kind, as this one may have them. */
function taken(from, { graded }) {
  const choices = from?.choices?.length >= CHOICES_LEAST ? from.choices : EMPTY;
  return choices.map(({ text = "", correct = false, feedback }) => ({
    text, ...(graded && { correct }), ...(feedback && { feedback }),
  }));
}

/** `form` is what its form has beside the usual. */
const choiceKind = (isGraded, form = {}) => ({
  isGraded,
  blank: (from) => ({ choices: taken(from, { graded: isGraded }) }),
  checks: (question) => checks(question, { graded: isGraded }),
  texts: (question) => (question.choices ?? []).map((choice) => choice.text),
  sample: (question) => sample(question, { graded: isGraded }),
  form: (context) => choicesForm(context, { graded: isGraded, most: CHOICES_MOST, least: CHOICES_LEAST, ...form }),
});

register("single", choiceKind(true));
register("multi", choiceKind(true));
register("poll", choiceKind(false));
register("true_false", {
  ...choiceKind(true, { isFixed: true }),
  blank: (_, say) => ({ choices: [{ text: say("true"), correct: true }, { text: say("false"), correct: false }] }),
  checks(question) {
    const right = (question.choices ?? []).filter((choice) => choice.correct);
    return question.choices?.length === 2 && right.length === 1 ? [] : [must("choices", "no_right")];
  },
});
