// The projector's page without a room: draws what the editor around it sends.

import { find } from "../lib/dom.js";
import { createStage } from "../screen/stage.js";

// What sizes on the projector are told for.
const PROJECTOR_PX = 1080;

const root = find("[data-stage]");
const stage = createStage(root, { pin: find("#main").dataset.pin, clock: { now: () => 0 } });

/** The size that a text would have on a projector of 1080 lines; null where there is none. */
function sizeOf(selector) {
  const sizes = [...root.querySelectorAll(selector)].map((element) => parseFloat(getComputedStyle(element).fontSize));
  return sizes.length ? Math.round((Math.min(...sizes) / innerHeight) * PROJECTOR_PX) : null;
}

addEventListener("message", (event) => {
  if (event.source !== parent || event.origin !== location.origin) return;
  if (event.data.isAsked) return tellReady();
  // Extensions of the browser talk on this way too.
  if (!event.data.state) return;
  find("#wait").hidden = true;
  stage.render(event.data.state);
  parent.postMessage({ measured: { prompt: sizeOf(".prompt, .info-text"), choice: sizeOf(".open-middle [dir]") } }, location.origin);
});

function tellReady() {
  parent.postMessage({ isReady: true }, location.origin);
}

// It is there to be looked at: the keyboard goes past it.
document.body.inert = true;
tellReady();
