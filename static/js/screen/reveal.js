// The reveal: how the class answered, what was right, and why.

import { rich, setText } from "../lib/dom.js";
import { besidePicture, kindOf, UNKNOWN } from "./kinds/registry.js";
import { make, slot } from "./parts.js";
import { drawPrompt } from "./prompt.js";

export function revealView(ctx) {
  const element = make("reveal");
  let drawn = null;

  return {
    element,
    update(state) {
      if (drawn === state.distribution && drawn) return;
      drawn = state.distribution;
      drawPrompt(element, besidePicture(state.question), state.key);
      slot(element, "middle").replaceChildren(...(kindOf(state.question) ?? UNKNOWN).reveal(state, ctx.say));
      const why = state.explanation ?? "";
      setText(slot(element, "why"), rich(why, state.explanation_html));
      slot(element, "explanation").hidden = why === "";
      slot(element, "explanation").dataset.long = String(why.length > 220);
      setText(slot(element, "transcript"), state.transcript);
      slot(element, "heard").hidden = !state.transcript;
    },
  };
}
