// A slide: words to read, nothing to answer.

import { make } from "./parts.js";
import { drawPrompt } from "./prompt.js";

export function infoView() {
  const element = make("info");
  return {
    element,
    update(state) {
      drawPrompt(element, state.question);
    },
  };
}
