// The stage: shows the view of the room's phase and keeps it inside the box. Host page and projector share it.

import { formatNumber, readWords } from "../lib/dom.js";
import { finishedView } from "./finished.js";
import { fitInto } from "./fit.js";
import { kindOf } from "./kinds/registry.js";
import { lobbyView } from "./lobby.js";
import { openView } from "./open.js";
import { slot, spacedPin } from "./parts.js";
import { createPlayer } from "./player.js";
import { readView } from "./read.js";
import { revealView } from "./reveal.js";
import { standingsView } from "./standings.js";

const VIEWS = {
  LOBBY: lobbyView,
  READ: readView,
  OPEN: openView,
  REVEAL: revealView,
  STANDINGS: standingsView,
  FINISHED: finishedView,
};

/** A view is `{element, update(state), resized?(), leave?()}`; a new one is made for each phase of each round. */
export function createStage(root, { pin, clock }) {
  const ctx = { pin, clock, say: readWords("stage-words") };
  const body = slot(root, "body");
  const play = createPlayer(slot(root, "player"), ctx.say);
  let shown = null;
  slot(root, "pin").textContent = spacedPin(pin);

  function render(state) {
    if (!state.isKnown) return;
    const name = `${state.phase}/${state.round}`;
    if (shown?.name !== name) {
      shown?.view.leave?.();
      shown = { name, view: viewFor(state)(ctx) };
      body.replaceChildren(shown.view.element);
      root.dataset.phase = state.phase;
    }
    drawFrame(root, state, ctx.say);
    play(state);
    shown.view.update(state);
    fitInto(body, shown.view.element);
  }

  new ResizeObserver(() => {
    if (!shown) return;
    shown.view.resized?.();
    fitInto(body, shown.view.element);
  }).observe(root);

  return { render };
}

function viewFor(state) {
  return (state.phase === "OPEN" && kindOf(state.question)?.view) || VIEWS[state.phase];
}

function drawFrame(root, state, say) {
  const place = { round: formatNumber(state.round), rounds: formatNumber(state.rounds) };
  const isPlaying = state.phase !== "LOBBY" && state.phase !== "FINISHED";
  slot(root, "place").textContent = isPlaying ? say("place", place) : "";
  slot(root, "title").textContent = state.title;
  slot(root, "locked").hidden = !state.locked;
  root.classList.toggle("is-locked", state.locked);
}
