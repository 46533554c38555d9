// The question's own words at the size their length allows.

import { questionStep } from "./sizes.js";

export function drawPrompt(element, prompt) {
  element.textContent = prompt ?? "";
  element.dataset.step = questionStep(prompt);
}
