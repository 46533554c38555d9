// A slide: words to read, nothing to answer.

import { make, slot } from "./parts.js";
import { questionStep } from "./sizes.js";

export function infoView() {
  const element = make("info");
  return {
    element,
    update(state) {
      const text = slot(element, "prompt");
      text.textContent = state.question?.prompt ?? "";
      text.dataset.step = questionStep(state.question?.prompt);
    },
  };
}
