// The end: a podium, the one place on the stage that celebrates.

import { podiumSteps } from "./movement.js";
import { formatNumber } from "../lib/dom.js";
import { make, slot } from "./parts.js";

const PIECES = 36;

export function finishedView(ctx) {
  const element = make("finished");
  let drawn = null;

  return {
    element,
    update(state) {
      if (drawn === state.podium && drawn) return;
      drawn = state.podium;
      const steps = state.settings?.scoring === "survey" ? [] : podiumSteps(state.podium);
      const podium = slot(element, "podium");
      podium.dataset.steps = steps.length;
      podium.replaceChildren(...steps.map((step) => drawStep(step, ctx.say)));
      podium.hidden = steps.length === 0;
      slot(element, "empty").hidden = steps.length > 0;
      if (steps.length) scatter(slot(element, "confetti"));
    },
  };
}

function drawStep(step, say) {
  const item = make("step");
  item.dataset.rank = step.rank;
  slot(item, "rank").textContent = step.rank;
  const people = step.people.slice(0, 4).map((person) => {
    const line = make("winner");
    slot(line, "name").textContent = person.nickname;
    line.dataset.long = String([...person.nickname].length > 13);
    slot(line, "score").textContent = say("points", { n: formatNumber(person.score) });
    return line;
  });
  if (step.people.length > 4) {
    const rest = document.createElement("p");
    rest.className = "winner-rest";
    rest.textContent = say("beyond", { n: step.people.length - 4 });
    people.push(rest);
  }
  slot(item, "people").replaceChildren(...people);
  return item;
}

/** Paper in the answer colours; where each piece falls is left to chance, the rest to the style sheet. */
function scatter(place) {
  const pieces = Array.from({ length: PIECES }, (_, number) => {
    const piece = document.createElement("i");
    piece.dataset.shape = number % 6;
    piece.style.setProperty("--x", `${Math.round(Math.random() * 100)}%`);
    piece.style.setProperty("--wait", `${(Math.random() * 2.4).toFixed(2)}s`);
    piece.style.setProperty("--turn", `${Math.round(Math.random() * 720 - 360)}deg`);
    piece.style.setProperty("--drift", (Math.random() * 16 - 8).toFixed(1));
    return piece;
  });
  place.replaceChildren(...pieces);
}
