// The student's page without a room: draws what the editor around it sends.

import { fill, find, readWords } from "../lib/dom.js";
import { createKindFiles } from "../room/kind_files.js";
import { kindOf } from "../room/kinds/registry.js";
import { shapeOfName } from "../room/names.js";
import { drawSound } from "../room/prompt.js";
import { openView } from "../room/views/open.js";
import { revealView } from "../room/views/reveal.js";

const main = find("#main");
const bar = find("#bar");
const word = readWords();
// Time stands still, nothing is sent, nothing is said.
const outbox = { entry: () => undefined, hasWaiting: () => false, submit() {}, flush() {} };
let state;
let view;
const context = { word, outbox, clock: { now: () => 0 }, announce() {}, state: () => state };

// As on a phone in a room: brought when the first question of a kind is shown.
const kindFiles = createKindFiles([], () => draw());

function draw() {
  const kind = kindOf(state.question);
  if (!kind) {
    kindFiles.need(state.question.kind);
    return;
  }
  const { nickname } = state.you.participant;
  bar.hidden = false;
  fill(bar, { nickname, place: word("place", { n: state.round, m: state.rounds }), score: "0" });
  find(".tile", bar).dataset.shape = shapeOfName(nickname);
  drawSound(state);
  view?.leave?.();
  const make = state.phase === "REVEAL" ? revealView : (kind.view ?? openView);
  view = make(state, { ...context, nickname });
  main.replaceChildren(view.element);
  view.update?.(state);
  const { scrollHeight, clientHeight } = document.documentElement;
  parent.postMessage({ measured: { scrolls: scrollHeight > clientHeight + 4 } }, location.origin);
}

addEventListener("message", (event) => {
  if (event.source !== parent || event.origin !== location.origin) return;
  if (event.data.isAsked) return tellReady();
  // Extensions of the browser talk on this way too.
  if (!event.data.state) return;
  state = event.data.state;
  draw();
});

function tellReady() {
  parent.postMessage({ isReady: true }, location.origin);
}

// It is there to be looked at: the keyboard goes past it.
document.body.inert = true;
tellReady();
