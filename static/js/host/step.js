// The one next thing a host can do, as data: the command to send and the word on the button. Pure.

import { kindOf } from "../screen/kinds/registry.js";

/** `{method, label}`; method null when nothing is left to send (the room is over). */
export function nextStep(state) {
  switch (state.phase) {
    case "LOBBY":
      return { method: "room.start", label: "start" };
    case "READ":
      return { method: "room.next", label: "open" };
    case "OPEN":
      if (isSlide(state)) return onward(state);
      return { method: "round.close", label: "close" };
    case "REVEAL":
      return wantsStandings(state) ? { method: "room.standings", label: "standings" } : onward(state);
    case "STANDINGS":
      return onward(state);
    default:
      return { method: null, label: "results" };
  }
}

/** After the last round the podium comes at once, so that the standings do not give it away. */
function wantsStandings(state) {
  return canShowStandings(state) && kindOf(state.question)?.isGraded !== false && !isLastRound(state);
}

function onward(state) {
  return { method: "room.next", label: isLastRound(state) ? "finish" : "next" };
}

/** Something to read, which nobody answers. */
export function isSlide({ question }) {
  return kindOf(question)?.takesAnswers === false;
}

export function isLastRound(state) {
  return state.round >= state.rounds;
}

export function canShowStandings(state) {
  return state.phase === "REVEAL" && state.settings?.scoring !== "survey";
}
