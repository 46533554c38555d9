// A slide: words to read, nothing to answer.

import { make } from "../parts.js";
import { drawPrompt } from "../prompt.js";
import { register } from "./registry.js";

function view() {
  const element = make("info");
  return { element, update: (state) => drawPrompt(element, state.question) };
}

register("info", { view, isGraded: false, takesAnswers: false });
