// After the round: calm, what it brought, the right answer, and why.

import { fill, find, formatNumber, fromTemplate, ordinal, rich } from "../../lib/dom.js";
import { besidePicture, kindOf } from "../kinds/registry.js";
import { fillPrompt } from "../prompt.js";
import { answerOf, gradedOf } from "../reduce.js";

const COUNT_UP_MS = 700;

export function revealView(state, { word, announce, outbox }) {
  const element = fillPrompt(fromTemplate("view-reveal"), besidePicture(state.question), undefined, state.key);
  let shown;

  function update(next) {
    drawKey(element, next, word);
    const verdict = verdictOf(next, outbox.entry(next.round));
    if (verdict === shown) return;
    shown = element.dataset.verdict = verdict;
    fill(element, { verdict: word(`verdict_${verdict}`), ...gains(next, element, word) });
    if (verdict !== "wait") announce(find(".verdict", element).innerText);
  }
  return { element, update };
}

function verdictOf(state, entry) {
  const graded = gradedOf(state);
  if (!kindOf(state.question).isGraded) return "poll";
  if (!graded) return "wait";
  if (graded.correct) return "right";
  if (graded.credit > 0) return "partly";
  if (answerOf(state)) return "wrong";
  return entry?.reason === "round_closed" ? "late" : "none";
}

function gains(state, element, word) {
  const graded = gradedOf(state);
  if (!graded || state.settings.scoring === "survey" || !kindOf(state.question).isGraded) return {};
  const { points, score, rank, streak, behind } = graded;
  const text = (n) => word("points", { n: `+${formatNumber(n)}` });
  if (points) countUp(find(".gained", element), points, text);
  const distance = behind === 1 ? "behind_one" : "behind";
  return {
    points: points ? text(points) : "",
    rank: rank && word(score && behind ? distance : "you_are", { place: ordinal(word, rank), n: formatNumber(behind) }),
    streak: streak > 1 ? word("streak", { n: streak }) : "",
  };
}

function countUp(element, target, text) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const startedAt = performance.now();
  const step = (now) => {
    const left = Math.max(0, 1 - (now - startedAt) / COUNT_UP_MS);
    element.textContent = text(Math.round(target * (1 - left ** 3)));
    if (left) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function drawKey(element, state, word) {
  const { elements = [], rows = {} } = kindOf(state.question).after(state, answerOf(state)?.answer, word);
  find(".after", element).replaceChildren(...elements);
  const all = { ...rows, heard: state.transcript, why: rich(state.explanation, state.explanation_html) };
  fill(element, all);
  for (const name in all) find(`[data-row=${name}]`, element).hidden = !all[name];
}
