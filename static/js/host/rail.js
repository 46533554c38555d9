// The quiet rail beside the stage: what happens next, how many answered, whether we are connected.

import { formatNumber } from "../lib/dom.js";
import { expectedOf } from "../screen/open.js";
import { slot } from "../screen/parts.js";
import { canShowStandings, isSlide, nextStep } from "./step.js";

const byId = (id) => document.getElementById(id);

export function createRail({ word }) {
  return {
    render(state, { isOnline }) {
      byId("main").dataset.phase = state.phase;
      drawStep(state, isOnline, word);
      drawAnswers(state, word);
      byId("phase").textContent = phaseWords(state, word);
      // Nobody rehearses before the eyes of those who have come.
      const rehearse = byId("rehearse");
      if (rehearse) rehearse.hidden = state.phase !== "LOBBY" || state.participants > 0;
      byId("joined").textContent = formatNumber(state.participants);
      if (state.connected !== null) byId("connected").textContent = presenceText(state.connected, state.participants, word);
      byId("lock").checked = state.locked;
      byId("lock").disabled = !isOnline;
      byId("lock").closest("label").hidden = state.phase === "FINISHED";
      byId("end").hidden = state.phase === "FINISHED";
      byId("end").disabled = !isOnline;
    },
    health(status) {
      const health = status === "asleep" ? "waiting" : status;
      const badge = byId("health");
      badge.dataset.health = health;
      badge.textContent = word(`health_${health}`);
    },
    busy(isBusy) {
      byId("step").setAttribute("aria-busy", String(isBusy));
    },
  };
}

/** "29 connected · 3 gone". Nobody stays slow: who cannot keep up is told to come back, and is gone until then. */
export function presenceText(connected, all, word) {
  const gone = all - connected;
  const here = word("connected", { n: formatNumber(connected) });
  return gone > 0 ? `${here} · ${word("gone", { n: formatNumber(gone) })}` : here;
}

function drawStep(state, isOnline, word) {
  const step = nextStep(state);
  const isOver = step.method === null;
  const button = byId("step");
  button.hidden = isOver;
  button.disabled = !isOnline;
  byId("results").hidden = !isOver;
  if (!isOver) slot(button, "label").textContent = word(step.label);
  const standings = byId("standings");
  standings.hidden = !canShowStandings(state) || step.method === "room.standings";
  standings.disabled = !isOnline;
  const hint = hintOf(state, word);
  byId("hint").textContent = hint;
  byId("hint").hidden = hint === "";
}

function hintOf(state, word) {
  if (state.phase === "LOBBY") return state.participants ? "" : word("hint_LOBBY");
  const goesOn = state.settings.auto_advance && (state.phase === "REVEAL" || state.phase === "STANDINGS");
  return goesOn ? word("hint_AUTO") : "";
}

function drawAnswers(state, word) {
  const box = byId("answers");
  box.hidden = state.phase === "LOBBY" || state.phase === "FINISHED";
  // Keeps its place between rounds: nothing moves under the hand when a question opens.
  box.classList.toggle("is-quiet", !["OPEN", "REVEAL"].includes(state.phase) || isSlide(state));
  const expected = expectedOf(state);
  slot(box, "answered").textContent = formatNumber(state.answered);
  slot(box, "of").textContent = word("of", { n: formatNumber(expected) });
  slot(box, "fill").style.setProperty("--share", expected ? (state.answered / expected).toFixed(4) : "0");
}

function phaseWords(state, word) {
  const isShowing = state.phase === "OPEN" && isSlide(state);
  return word(`phase_${isShowing ? "INFO" : state.phase}`, {
    round: formatNumber(state.round),
    rounds: formatNumber(state.rounds),
  });
}
