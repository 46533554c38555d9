// What a room would look like at this question: the state that the phone's and the projector's views draw. Pure.

import { kindOf } from "./kinds/registry.js";

/** `moment` is "asking" or "after" the round; `say` has the page's words; `size` is of the picture, once known. */
export function previewState(quiz, index, moment, say, size) {
  const question = quiz.questions[index];
  const kind = kindOf(question);
  const { question: shown, key = null, distribution = null, cloud = null, answer = key } = kind.sample(question, say);
  const isAfter = moment === "after" && kind.takesAnswers;
  const limit = kind.takesAnswers ? (question.time_limit_s ?? null) : null;
  const round = index + 1;
  const points = kind.isGraded ? question.points : 0;
  return {
    isKnown: true, isPreview: true, phase: isAfter ? "REVEAL" : "OPEN", title: quiz.title, settings: { scoring: "accuracy" }, locked: false,
    round, rounds: quiz.questions.length, participants: 30, connected: 30, answered: isAfter ? 28 : 12, names: [],
    question: { id: question.id, kind: question.kind, prompt: question.prompt, time_limit_s: limit, points, media: question.media && { ...question.media, ...size }, ...shown },
    openedAt: 0, closesAt: limit && limit * 1000,
    key, distribution, cloud, explanation: question.explanation ?? "", transcript: question.media?.transcript ?? "",
    you: {
      participant: { id: "preview", nickname: say("nickname") }, score: points, rank: 1, streak: 0,
      answer: isAfter ? { round, answer, received_at: 0 } : null,
      graded: isAfter ? { round, correct: true, credit: 1, points, score: points, rank: 1, streak: 1 } : null,
    },
  };
}
